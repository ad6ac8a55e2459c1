import type { ReactNode } from "react";
import { Badge, VerdictBadge } from "../../components/badge.tsx";
import { classNames } from "../../components/class-names.ts";
import { RichText } from "../../components/rich-text.tsx";
import { StepText } from "../../components/step-text.tsx";
import { OneLine } from "../one-line.tsx";
import type { ThoughtRow } from "./thought-rows.ts";

/** What stands between the steps: returns, steps given up, voices, summaries of a stage and answers. */
export function BetweenRow({
  row,
  place,
  onGo,
}: {
  row: Exclude<ThoughtRow, { kind: "step" }>;
  /** The place of a node as its depth and index. */
  place: (node: string) => string | undefined;
  /** Puts the cursor on a node. */
  onGo: (node: string) => void;
}): ReactNode {
  switch (row.kind) {
    case "return":
      return (
        <Between mark="↩" tone="text-accent-ink">
          <span className="flex min-w-0 items-center gap-3">
            <button
              type="button"
              onClick={() => onGo(row.to.id)}
              className="truncate rounded text-left text-fine text-muted hover:text-accent-ink"
            >
              back to{" "}
              {row.to.parent === undefined ? (
                "the question"
              ) : (
                <>
                  <span className="font-mono text-[0.6875rem]">({place(row.to.id)})</span>{" "}
                  <OneLine text={row.to.text} most={120} />
                </>
              )}
            </button>
            <span aria-hidden="true" className="h-px min-w-8 flex-1 bg-line" />
          </span>
        </Between>
      );
    case "pruned":
    case "cut":
      return (
        <Between mark="✕" tone="text-faint">
          <span data-words className="text-fine text-muted">
            {row.kind === "cut" ? "cut off" : "given up"} at{" "}
            <span className="font-mono text-[0.6875rem]">({place(row.node)})</span>:{" "}
            <OneLine text={row.reason} most={1000} />
          </span>
        </Between>
      );
    case "spoke":
      return (
        <Between mark="❝" tone="text-accent-ink">
          <div className="max-w-[80ch] rounded-panel border border-line bg-panel px-3.5 py-2">
            <Badge tone="accent" className="max-w-full">
              <OneLine text={row.agent} most={60} className="truncate" />
            </Badge>
            <div data-words className="mt-1 text-body">
              <StepText text={row.text} />
            </div>
          </div>
        </Between>
      );
    case "summary":
      return (
        <Between mark="≡" tone="text-accent-ink">
          <div className="max-w-[80ch] rounded-panel bg-accent-soft px-3.5 py-2 text-body text-accent-ink">
            <span className="text-fine font-medium">Summary so far</span>
            <div data-words>
              <RichText text={row.text} />
            </div>
          </div>
        </Between>
      );
    case "answer":
      return (
        <Between mark="=" tone={row.correct === false ? "text-wrong" : "text-(color:--right)"}>
          <div
            className={classNames(
              "inline-flex max-w-full items-baseline gap-3 rounded-panel border px-3.5 py-1.5",
              row.chosen ? "border-line-strong bg-raised shadow-low" : "border-dashed border-line",
            )}
          >
            <span className="shrink-0 text-fine text-muted">{row.chosen ? "Answer" : "Arrives at"}</span>
            <span data-words className="min-w-0 font-medium break-words">
              <StepText text={row.answer} />
            </span>
            {row.correct !== undefined && <VerdictBadge correct={row.correct} />}
          </div>
        </Between>
      );
  }
}

function Between({ mark, tone, children }: { mark: string; tone: string; children: ReactNode }): ReactNode {
  return (
    <div className="flex max-w-[68rem] py-1">
      <div className="w-38 shrink-0" />
      <div aria-hidden="true" className={classNames("w-6 shrink-0 text-center leading-6 select-none", tone)}>
        {mark}
      </div>
      <div className="min-w-0 flex-1 pr-4">{children}</div>
    </div>
  );
}
