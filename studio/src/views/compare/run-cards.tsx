import type { ReactNode } from "react";
import type { CompareReply } from "sojourn/schemas/compare-schema.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { shownCost } from "../../thought/format.ts";
import { formatNumber, formatPercent } from "../format.ts";

/** Each run: its accuracy with the interval drawn, and what a thought of it costs. */
export function RunCards({
  sets,
  against,
  onAgainst,
}: {
  sets: CompareReply["sets"];
  /** Which of them stands beside the base. */
  against: number;
  onAgainst: (place: number) => void;
}): ReactNode {
  return (
    <ul className="flex flex-col gap-2">
      {sets.map(({ name, what, accuracy, outputTokens, inputTokens, costUsd }, place) => (
        <li key={name} className="rounded-panel border border-line bg-panel px-4 py-2.5 shadow-low">
          <div className="flex items-baseline justify-between gap-3">
            <span className="min-w-0 truncate font-mono text-fine" title={name}>
              {name}
            </span>
            {place === 0 ? (
              <Badge tone="accent">base</Badge>
            ) : sets.length === 2 ? (
              <Badge>other</Badge>
            ) : (
              <Button
                size="small"
                look={place === against ? "plain" : "quiet"}
                aria-pressed={place === against}
                onClick={() => onAgainst(place)}
              >
                beside the base
              </Button>
            )}
          </div>
          <div className="truncate text-fine text-muted">
            <bdi>{what}</bdi>
          </div>
          <div className="mt-2 flex items-center gap-3">
            <span className="w-16 text-lg font-semibold tabular-nums">{formatPercent(accuracy.share)}</span>
            <Interval {...accuracy} />
            <span className="w-28 text-end text-fine text-muted tabular-nums">
              {formatPercent(accuracy.low)} to {formatPercent(accuracy.high)}
            </span>
          </div>
          <div className="mt-1 flex gap-4 text-fine text-muted tabular-nums">
            <span>
              {accuracy.right} of {accuracy.trials} right
            </span>
            <span title={`${formatNumber(inputTokens)} input tokens`}>
              {formatNumber(outputTokens)} tokens each
            </span>
            <span>{shownCost(costUsd)} each</span>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** A share on a line from 0 to 1 with its 95% interval. */
function Interval({ share, low, high }: { share: number; low: number; high: number }): ReactNode {
  return (
    <span aria-hidden="true" className="relative h-2 flex-1 rounded-full bg-sunken">
      <span
        className="absolute inset-y-0 rounded-full bg-accent/35"
        style={{ left: `${100 * low}%`, right: `${100 * (1 - high)}%` }}
      />
      <span
        className="absolute -inset-y-0.5 w-1 -translate-x-1/2 rounded-full bg-accent"
        style={{ left: `${100 * share}%` }}
      />
    </span>
  );
}
