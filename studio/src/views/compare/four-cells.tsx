import type { ReactNode } from "react";
import type { CompareReply } from "sojourn/schemas/compare-schema.ts";
import { classNames } from "../../components/class-names.ts";
import { shownCost } from "../../thought/format.ts";
import { formatDifference, formatPercent } from "../format.ts";
import { CELLS, type Cell } from "./cells.ts";

const tones: Readonly<Record<Cell, string>> = {
  fixed: "bg-right-soft text-(color:--right)",
  broken: "bg-wrong-soft text-wrong",
  bothRight: "bg-sunken text-ink",
  bothWrong: "bg-sunken text-ink",
};

/** A run beside the base: the four cells, of which one may be listed by itself, and what the difference comes to. */
export function FourCells({
  contrast,
  samples,
  paired,
  cell,
  onCell,
}: {
  contrast: CompareReply["contrasts"][number];
  samples: number;
  /** One sample a problem: then the test is McNemar's. */
  paired: boolean;
  cell: Cell | undefined;
  onCell: (cell: Cell | undefined) => void;
}): ReactNode {
  const { cells, accuracy, pValue, outputTokens, costUsd, remark } = contrast;
  const points = (value: number): string => (100 * value).toFixed(1);
  return (
    <section aria-label="Four cells" className="rounded-panel border border-line bg-panel p-4 shadow-low">
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
        {CELLS.map(({ cell: one, label, title }) => (
          <button
            key={one}
            type="button"
            title={title}
            aria-pressed={cell === one}
            onClick={() => onCell(cell === one ? undefined : one)}
            className={classNames(
              "rounded-control px-2.5 py-2 text-left transition-shadow hover:shadow-[inset_0_0_0_1px_var(--line-strong)]",
              tones[one],
              cell === one && "shadow-[inset_0_0_0_2px_var(--accent)]!",
            )}
          >
            <span className="block text-xl font-semibold tabular-nums">{cells[one]}</span>
            <span className="block text-fine font-medium">{label}</span>
            <span className="block text-fine tabular-nums">
              {formatPercent(samples === 0 ? 0 : cells[one] / samples)}
            </span>
          </button>
        ))}
      </div>
      <dl className="mt-3 grid gap-y-1 text-fine">
        <Fact label="Accuracy, points">{formatDifference(accuracy, points)}</Fact>
        <Fact label={paired ? "McNemar’s exact p" : "Permutation p"}>
          {pValue < 0.0001 ? "< 0.0001" : String(Number(pValue.toPrecision(2)))}
        </Fact>
        <Fact label="Output tokens">{formatDifference(outputTokens)}</Fact>
        <Fact label="Dollars">
          {costUsd === null
            ? "no price"
            : isNothing(costUsd)
              ? "$0 in both"
              : formatDifference(costUsd, signedCost)}
        </Fact>
      </dl>
      <p className="mt-2 text-fine text-muted">{remark}</p>
    </section>
  );
}

function isNothing({ difference, low, high }: NonNullable<CompareReply["contrasts"][number]["costUsd"]>) {
  return difference === 0 && (low ?? 0) === 0 && (high ?? 0) === 0;
}

function signedCost(usd: number): string {
  return usd < 0 ? `-${shownCost(-usd)}` : shownCost(usd);
}

function Fact({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <div className="flex justify-between gap-3">
      <dt className="text-muted">{label}</dt>
      <dd className="font-medium tabular-nums">{children}</dd>
    </div>
  );
}
