import { type ReactNode, useEffect, useState } from "react";
import { Stat } from "../../components/stat.tsx";
import { shownCost, shownCount, shownTime } from "../../thought/format.ts";
import type { LiveQuestion } from "../../thought/live-question.ts";

/** What the thinking has cost so far: time, tokens, calls and money, counting while it goes on. */
export function LiveFacts({ live }: { live: LiveQuestion }): ReactNode {
  const thinking = live.connection !== "ended" && live.connection !== "refused";
  const now = useNow(thinking);
  const { usage, thought, events } = live;
  const startedAt = events.find(({ type }) => type === "question-started")?.at ?? now;
  const endedAt = thinking ? now : (events.at(-1)?.at ?? now);
  const output = usage.outputTokens + usage.estimatedOutputTokens;
  const estimated =
    usage.estimatedOutputTokens > 0 ? ` (${shownCount(usage.estimatedOutputTokens)} of it estimated)` : "";
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      <Stat label="Time">{shownTime(Math.max(0, endedAt - startedAt))}</Stat>
      <Stat label="Steps">{shownCount(thought.tree.size - 1)}</Stat>
      <Stat label="Tokens out" title={`${output} tokens written${estimated}`}>
        {shownCount(output)}
      </Stat>
      <Stat label="Tokens in">{shownCount(usage.inputTokens)}</Stat>
      <Stat label="Calls">{shownCount(usage.calls)}</Stat>
      <Stat label="Cost" title={usage.costUsd === null ? "No price is known for this model" : undefined}>
        {shownCost(usage.costUsd)}
      </Stat>
    </dl>
  );
}

/** The time now, told a few times a second while it matters. */
function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
