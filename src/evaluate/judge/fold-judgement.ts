import type { Event } from "../../thought/event.ts";
import type { Fold } from "../../thought/fold.ts";
import { foldUsage } from "../../thought/fold-usage.ts";
import type { Usage } from "../../thought/usage.ts";
import type { ScoredSolution } from "../process-scores.ts";

/** Recorded solutions as a judge's log tells of them. */
export interface Judgement {
  /** Those whose steps all have a score, in the order in which they were finished. */
  judged: (ScoredSolution & { problem: string })[];
  /** Those that lack a score: the judge failed, or the budget ended. */
  unjudged: { problem: string; firstError: number | undefined; reason: string }[];
  usage: Usage;
}

/** A judgement while its log is read. */
export interface JudgementFold extends Judgement {
  /** Steps and scores of solutions that are under way, by question. */
  open: Map<string, { steps: string[]; scores: Map<string, number>; fault: string }>;
}

/** Judged solutions, kept up to date one event at a time. */
export const foldJudgement: Fold<JudgementFold> = {
  start: () => ({ judged: [], unjudged: [], usage: foldUsage.start(), open: new Map() }),
  apply(state, event) {
    state.usage = foldUsage.apply(state.usage, event);
    if (event.question !== undefined) applyToOpen(state, event, event.question);
    return state;
  },
};

function applyToOpen(state: JudgementFold, event: Event, question: string): void {
  const solution = state.open.get(question) ?? { steps: [], scores: new Map<string, number>(), fault: "" };
  state.open.set(question, solution);
  const { steps, scores } = solution;
  switch (event.type) {
    case "step-added":
      steps.push(event.node);
      return;
    case "step-scored":
      scores.set(event.node, event.value);
      return;
    case "task-told":
      if (event.outcome === "failed") solution.fault = event.error ?? "a score could not be had";
      return;
    case "budget-exhausted":
      solution.fault = "the budget ended before all steps were scored";
      return;
    case "warning-raised":
      solution.fault = event.text;
      return;
    case "problem-revealed": {
      const { problem } = event;
      const firstError = event.gold === "0" ? undefined : Number(event.gold) - 1;
      const values = steps.flatMap((step) => scores.get(step) ?? []);
      if (steps.length > 0 && values.length === steps.length)
        state.judged.push({ problem, scores: values, firstError });
      else state.unjudged.push({ problem, firstError, reason: solution.fault || "it was not judged" });
      state.open.delete(question);
      return;
    }
    default:
      return;
  }
}
