import type { ReactNode } from "react";
import { Badge, VerdictBadge } from "../../components/badge.tsx";
import { classNames } from "../../components/class-names.ts";
import { Cell } from "../../components/table.tsx";
import { shownCount } from "../../thought/format.ts";
import { formatMoment } from "../format.ts";
import { OneLine } from "../one-line.tsx";
import { scoreColor } from "../thought/score-color.ts";
import type { ListedThought } from "./use-thoughts.ts";

/** One thought in the list: what was asked and answered, how, and at what cost. */
export function ThoughtLine({
  thought,
  place,
  current,
  picked,
  onPick,
  onChoose,
  onOpen,
}: {
  thought: ListedThought;
  /** In the list, from 0. */
  place: number;
  /** Under the cursor. */
  current: boolean;
  /** Its run is picked to be compared. */
  picked: boolean;
  onPick: () => void;
  onChoose: () => void;
  onOpen: () => void;
}): ReactNode {
  const { run, asked, answer, gold, correct, strategy, model, reward, tokens, steps, createdAt } = thought;
  return (
    <tr
      aria-rowindex={place + 2}
      aria-current={current}
      onClick={onChoose}
      onDoubleClick={onOpen}
      className={classNames(
        "h-14 cursor-default hover:bg-hover",
        current && "bg-accent-soft shadow-[inset_3px_0_var(--accent)] hover:bg-accent-soft",
      )}
    >
      <Cell className="pl-6 align-middle!">
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Pick run ${run}`}
          checked={picked}
          onChange={onPick}
          className="size-4 align-middle accent-(--accent)"
        />
      </Cell>
      <Cell className="align-middle!">
        <VerdictBadge correct={correct} />
      </Cell>
      <Cell className="align-middle!">
        <OneLine text={asked || "no question"} most={300} className="block truncate" />
        <span className="block truncate text-fine text-muted">
          <OneLine text={answer ?? "no answer"} most={120} className="font-medium" />
          {gold !== null && correct === false && (
            <>
              {" "}
              · reference <OneLine text={gold} most={80} />
            </>
          )}
        </span>
      </Cell>
      <Cell className="align-middle!">
        <span className="block truncate">
          <Badge>{strategy ?? "none"}</Badge>
        </span>
        <span className="mt-0.5 block truncate text-fine text-muted" title={model ?? undefined}>
          {model}
        </span>
      </Cell>
      <Cell className="align-middle!">
        {reward !== null && (
          <span className="flex items-center gap-2">
            <span className="w-8 font-mono text-fine text-muted tabular-nums">{reward.toFixed(2)}</span>
            <span aria-hidden="true" className="h-1.5 w-10 overflow-hidden rounded-full bg-sunken">
              <span
                className="block h-full rounded-full"
                style={{ width: `${100 * reward}%`, background: scoreColor(reward) }}
              />
            </span>
          </span>
        )}
      </Cell>
      <Cell className="text-end align-middle! tabular-nums">{shownCount(tokens)}</Cell>
      <Cell className="text-end align-middle! text-muted tabular-nums">{shownCount(steps)}</Cell>
      <Cell className="pr-6 text-end align-middle! text-fine whitespace-nowrap text-muted tabular-nums">
        {formatMoment(createdAt)}
      </Cell>
    </tr>
  );
}
