import type { Effort } from "./effort.ts";

/** What `auto` decides from. */
export interface AutoSituation {
  effort: Effort;
  /** True when the caller named a checker: then a right answer is recognised wherever it turns up. */
  hasChecker: boolean;
  /** True when the model reports log-probabilities, with which a tree search scores unfinished thoughts. */
  hasLogprobs: boolean;
}

/** A strategy by name, and why. */
export interface AutoChoice {
  strategy: "direct" | "step-by-step" | "vote" | "best-of-n" | "beam";
  reason: string;
}

/**
 * Picks a strategy for an effort. One thought is enough up to `minimal`. From `low` on several thoughts vote, since
 * at equal cost agreement often beats more elaborate search (arXiv 2406.06461); with a checker they are judged by it
 * instead. `xhigh` searches step by step where the model's log-probabilities can score unfinished thoughts.
 */
export function chooseStrategy({ effort, hasChecker, hasLogprobs }: AutoSituation): AutoChoice {
  if (effort === "none") return { strategy: "direct", reason: "effort none: no thinking" };
  if (effort === "minimal") return { strategy: "step-by-step", reason: "effort minimal: a single thought" };
  if (hasChecker)
    return { strategy: "best-of-n", reason: `effort ${effort}: thoughts judged by the checker` };
  if (effort === "xhigh" && hasLogprobs) {
    return { strategy: "beam", reason: "effort xhigh: a beam over steps, scored by likelihood" };
  }
  return { strategy: "vote", reason: `effort ${effort}: several thoughts vote` };
}
