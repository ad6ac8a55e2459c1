import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { VerdictBadge } from "../../components/badge.tsx";
import { Stat } from "../../components/stat.tsx";
import { StepText } from "../../components/step-text.tsx";
import { shownCost, shownCount, shownTime } from "../../thought/format.ts";
import { OneLine } from "../one-line.tsx";
import { ScrollRegion } from "../scroll-region.tsx";
import type { ListedThought } from "./use-thoughts.ts";

/** The thought under the cursor at a glance, and the ways into it. */
export function ThoughtPeek({ thought }: { thought: ListedThought }): ReactNode {
  const { run, question, asked, answer, gold, correct, text, tokens, calls, costUsd, wallMs, markers } =
    thought;
  const search = { run, question };
  const found = Object.entries(markers)
    .filter(([, count]) => count > 0)
    .sort((one, other) => other[1] - one[1])
    .slice(0, 6);
  return (
    <ScrollRegion
      label="Thought under the cursor"
      className="hidden w-[24rem] shrink-0 flex-col gap-4 border-l border-line bg-panel p-5 2xl:flex"
    >
      <div className="flex items-start justify-between gap-3">
        <p className="font-medium break-words">
          <OneLine text={asked} most={600} />
        </p>
        <VerdictBadge correct={correct} />
      </div>
      <p className="text-base font-semibold break-words">
        <OneLine text={answer ?? "no answer"} most={300} />
        {gold !== null && correct !== true && (
          <span className="block text-fine font-normal text-muted">
            Reference: <OneLine text={gold} />
          </span>
        )}
      </p>
      <dl className="grid grid-cols-4 gap-3">
        <Stat label="Tokens">{shownCount(tokens)}</Stat>
        <Stat label="Calls">{shownCount(calls)}</Stat>
        <Stat label="Cost">{shownCost(costUsd)}</Stat>
        <Stat label="Time">{shownTime(wallMs)}</Stat>
      </dl>
      <nav aria-label="Into this thought" className="flex gap-4 text-fine font-medium text-accent-ink">
        <Link to="/thought" search={search} className="hover:underline">
          Read
        </Link>
        <Link to="/tree" search={search} className="hover:underline">
          Tree
        </Link>
        <Link to="/annotate" search={search} className="hover:underline">
          Annotate
        </Link>
      </nav>
      {found.length > 0 && (
        <p className="text-fine text-muted tabular-nums">
          {found.map(([marker, count]) => `${marker} ${count}`).join(" · ")}
        </p>
      )}
      <div className="rounded-control bg-sunken px-4 py-3 text-body break-words whitespace-pre-wrap">
        <StepText text={text} />
      </div>
      <p className="font-mono text-[0.6875rem] break-all text-muted">
        {run} / {question}
      </p>
    </ScrollRegion>
  );
}
