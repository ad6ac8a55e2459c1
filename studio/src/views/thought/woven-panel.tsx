import { type ReactNode, useMemo } from "react";
import type { WovenReply, WovenThought } from "sojourn/schemas/woven-schema.ts";
import { Select } from "../../components/field.tsx";
import { pairSteps } from "../compare/step-diff.ts";
import { TextDiff } from "../compare/text-diff.tsx";
import { OneLine } from "../one-line.tsx";

type Pair = WovenReply["pairs"][number];

/** A long thought as it was woven, and as it was refined, line by line beside each other. */
export function WovenPanel({
  pairs,
  shown,
  onShow,
}: {
  pairs: readonly Pair[];
  /** The name of the one that is shown; default the first. */
  shown: string | undefined;
  onShow: (name: string) => void;
}): ReactNode {
  const pair = pairs.find((one) => nameOf(one) === shown) ?? pairs[0];
  if (pair === undefined) return null;
  const { draft, refined } = pair;
  return (
    <section aria-label="Draft and refined" className="flex min-h-0 min-w-0 flex-1 flex-col bg-panel">
      {pairs.length > 1 && (
        <div className="border-b border-line px-4 py-2">
          <Select
            aria-label="Which long thought"
            value={nameOf(pair)}
            onChange={(event) => onShow(event.target.value)}
          >
            {pairs.map((one) => (
              <option key={nameOf(one)} value={nameOf(one)}>
                {one.id} of {one.set}
              </option>
            ))}
          </Select>
        </div>
      )}
      <div className="grid grid-cols-2 border-b border-line text-fine text-muted">
        <h2 className="truncate border-r border-line px-4 py-2">
          <span className="font-medium text-ink">Draft</span> · {draft.lines.length} lines
        </h2>
        <h2 className="truncate px-4 py-2">
          <span className="font-medium text-ink">Refined</span> · {refined.lines.length} lines, by{" "}
          <OneLine text={refined.wording} most={80} />
        </h2>
      </div>
      <Lines draft={draft} refined={refined} />
    </section>
  );
}

function nameOf({ set, id }: Pair): string {
  return `${set} ${id}`;
}

const marks = { wrong: "✕", reflection: "?", return: "↺" } as const;
const meanings = { wrong: "a wrong step", reflection: "a reflection", return: "a return" } as const;

function Lines({ draft, refined }: { draft: WovenThought; refined: WovenThought }): ReactNode {
  const pairs = useMemo(() => {
    const texts = ({ lines }: WovenThought): string[] => lines.map(({ text }) => text);
    return pairSteps(texts(draft), texts(refined));
  }, [draft, refined]);
  /** Which line of its own thought each side of a pair is. */
  const places = useMemo(() => {
    let [left, right] = [0, 0];
    return pairs.map((pair) => ({
      left: pair.left === undefined ? -1 : left++,
      right: pair.right === undefined ? -1 : right++,
    }));
  }, [pairs]);
  return (
    <TextDiff
      pairs={pairs}
      mark={(place, side) => {
        const line = (side === "left" ? draft : refined).lines[places[place]?.[side] ?? -1];
        const kind = line?.kind ?? "step";
        if (kind === "step") return <span className="w-6 shrink-0" />;
        return (
          <span
            role="img"
            aria-label={meanings[kind]}
            title={meanings[kind]}
            className="w-6 shrink-0 text-muted"
          >
            {marks[kind]}
          </span>
        );
      }}
    />
  );
}
