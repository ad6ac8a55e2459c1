import type { ReactNode } from "react";
import { latestScore, type Score } from "sojourn/thought";
import { classNames } from "../../components/class-names.ts";
import { StepText } from "../../components/step-text.tsx";
import { scoreColor } from "./score-color.ts";
import type { ThoughtRow } from "./thought-rows.ts";

/** One step: its number and place, its score as a figure and a colour, marks, and its text. */
export function StepRow({
  row,
  place,
  quiet,
  children,
}: {
  row: ThoughtRow & { kind: "step" };
  /** Depth and index in the tree, such as `3,2`. */
  place: string | undefined;
  /** Set back: it is not on the way to the answer. */
  quiet: boolean;
  /** What a view adds at the end of the row. */
  children?: ReactNode;
}): ReactNode {
  const score = latestScore(row.node);
  const { pruned, cut } = row.node;
  return (
    <div className="flex max-w-[68rem] max-md:flex-wrap">
      <div className="flex w-24 shrink-0 items-start max-md:w-10 justify-end gap-2 py-1 pr-2 text-fine leading-[1.625rem] text-muted tabular-nums select-none">
        <span title={`Step ${row.number}, node ${row.node.id}: depth and index ${place}`}>
          <span className="font-medium">{row.number}</span>
          <span className="ml-1.5 font-mono text-[0.6875rem] max-md:hidden">({place})</span>
        </span>
      </div>
      <ScoreGutter score={score} all={row.node.scores} />
      <div className="flex w-6 shrink-0 justify-center py-1.5 text-caution select-none">
        {row.reflects && (
          <span role="img" aria-label="Reflection" title="Turns back on what was thought before">
            <ReflectionMark />
          </span>
        )}
      </div>
      <div
        data-words
        className={classNames(
          "min-w-0 flex-1 py-1 pr-4 text-reading max-md:basis-[calc(100%-9rem)]",
          quiet ? "text-muted" : "text-ink",
        )}
      >
        <StepText text={row.node.text} />
        {(pruned ?? cut) !== undefined && <span className="sr-only">given up: {pruned ?? cut}</span>}
      </div>
      {children}
    </div>
  );
}

/** The newest score as a figure beside a bar of its colour; an empty bar where there is none. */
function ScoreGutter({ score, all }: { score: Score | undefined; all: readonly Score[] }): ReactNode {
  const title = all
    .map(
      ({ value, by, reason }) => `${value.toFixed(2)} by ${by}${reason === undefined ? "" : `: ${reason}`}`,
    )
    .join("\n");
  return (
    <div className="flex w-14 shrink-0 gap-2 select-none" title={title === "" ? "No score" : title}>
      <span className="w-9 py-1 text-end font-mono text-[0.75rem] leading-[1.625rem] text-muted tabular-nums">
        {score === undefined ? "" : score.value.toFixed(2)}
      </span>
      <span
        className="my-px w-1 rounded-full"
        style={{ background: score === undefined ? "var(--line)" : scoreColor(score.value) }}
      />
    </div>
  );
}

function ReflectionMark(): ReactNode {
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M3 8a5 5 0 1 1 1.6 3.7M3 4.5V8h3.5" />
    </svg>
  );
}
