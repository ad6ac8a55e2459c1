import type { Hardness } from "../../thought/role-choices.ts";
import { type Effort, effortSettings, efforts } from "../effort.ts";
import type { PartialSettings } from "../settings.ts";

/** What the ways of thinking are planned from. */
export interface Situation {
  effort: Effort;
  hardness: Hardness;
  /** True when the caller named a checker: then a right answer is recognised wherever it turns up. */
  hasChecker: boolean;
  /** True when the model reports log-probabilities, with which a search scores unfinished thoughts. */
  hasLogprobs: boolean;
  /** The number of thoughts that the caller named; it is kept, so nothing is added to it. */
  samples?: number | undefined;
}

/** One way to think about the question: a strategy, and where it differs from the effort's settings. */
export interface Stage {
  strategy: "direct" | "step-by-step" | "vote" | "best-of-n" | "beam";
  settings: PartialSettings;
  /** In a few words, for the log: `5 thoughts vote`. */
  what: string;
}

/**
 * The ways to think about a question, in order: the first one always, each further one only while the answer stays in
 * doubt. The effort is the cap: its thoughts are the first stage of a question of medium difficulty, an easy one begins
 * with those of the effort below, and what comes later stays within its budget.
 *
 * One thought is enough up to `minimal`, and for an easy question at `low`. From there on thoughts vote, since at equal
 * cost agreement often beats more elaborate search (arXiv 2406.06461); with a checker they are judged by it instead. A
 * hard question gets a search over steps from `xhigh` on, where log-probabilities can score unfinished thoughts.
 */
export function planStages(situation: Situation): Stage[] {
  const { effort, hardness, hasChecker, hasLogprobs, samples } = situation;
  if (effort === "none") return [{ strategy: "direct", settings: {}, what: "no thinking" }];
  if (effort === "minimal") return [single];
  const most = effortSettings[effort].samples;
  const several = (count: number, more = ""): Stage => {
    const thoughts = `${samples ?? count}${more} thoughts`;
    return hasChecker
      ? { strategy: "best-of-n", settings: { samples: count }, what: `${thoughts} judged by the checker` }
      : { strategy: "vote", settings: { samples: count }, what: `${thoughts} vote` };
  };
  const first = firstStage(situation, several);
  if (samples !== undefined) return [first];
  const last = hasChecker && hasLogprobs && hardness !== "easy" ? beam : several(2 * most, " more");
  return [first, several(most, " more"), last];
}

const single: Stage = { strategy: "step-by-step", settings: {}, what: "a single thought" };
const beam: Stage = { strategy: "beam", settings: {}, what: "a beam over steps" };

function firstStage(
  { effort, hardness, hasChecker, hasLogprobs, samples }: Situation,
  several: (count: number) => Stage,
): Stage {
  const searches = effort === "xhigh" || effort === "max";
  if (hardness === "hard" && searches && hasLogprobs && !hasChecker && samples === undefined) return beam;
  if (hardness !== "easy") return several(effortSettings[effort].samples);
  const below = effortSettings[efforts[efforts.indexOf(effort) - 1] ?? effort].samples;
  return below === 1 && samples === undefined ? single : several(below);
}
