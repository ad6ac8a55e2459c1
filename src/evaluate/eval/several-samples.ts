import { bestAtK } from "../best-at-k.ts";
import { clusteredProportion } from "../clustered-proportion.ts";
import { majorityAtK } from "../majority-at-k.ts";
import { passAtK } from "../pass-at-k.ts";
import type { Proportion } from "../proportion.ts";
import type { EvaluationRecord } from "./fold-evaluation.ts";
import { groupBy } from "./group-by.ts";

/** What k answers to a problem come to, each over all choices of k of those that there are. */
export interface SeveralSamples {
  k: number;
  /** Mean output tokens of k answers. */
  outputTokens: number;
  /** At least one is right: pass@k, unbiased. */
  pass: Proportion;
  /** The answer that most of them give is right: maj@k. */
  majority: Proportion;
  /** The one with the highest reward is right; absent where no answer has a score. */
  best?: Proportion | undefined;
}

/**
 * pass@k, maj@k and best-of-k for k of 1, 2, 4 and so on up to the number of samples. Each is the mean over the problems
 * that have k samples at least, with an interval from how problems differ.
 */
export function severalSamples(records: readonly EvaluationRecord[]): SeveralSamples[] {
  const problems = [...groupBy(records, ({ problem }) => problem).values()];
  const most = Math.max(0, ...problems.map((samples) => samples.length));
  const rewarded = records.some(({ reward }) => reward !== undefined);
  const sizes: number[] = [];
  for (let k = 1; k < most; k *= 2) sizes.push(k);
  return [...sizes, ...(most > 0 ? [most] : [])].map((k) => {
    const enough = problems.filter((samples) => samples.length >= k);
    const over = (value: (samples: readonly EvaluationRecord[]) => number): Proportion =>
      clusteredProportion(
        enough.map((samples) => ({ right: value(samples), trials: 1 })),
        enough.reduce((sum, samples) => sum + samples.length, 0),
      );
    const tokens = enough.map((samples) => mean(samples.map(({ outputTokens }) => outputTokens)));
    return {
      k,
      outputTokens: k * mean(tokens),
      pass: over((samples) => passAtK(samples.length, samples.filter(({ correct }) => correct).length, k)),
      majority: over((samples) => majorityOf(samples, k)),
      best: rewarded ? over((samples) => bestOf(samples, k)) : undefined,
    };
  });
}

function majorityOf(samples: readonly EvaluationRecord[], k: number): number {
  const right = new Map(samples.map(({ answer, correct }) => [answer, correct]));
  const answers = samples.map(({ answer }) => answer);
  return majorityAtK(answers, k, (answer) => right.get(answer) ?? false);
}

/** A sample without a score is chosen last. */
function bestOf(samples: readonly EvaluationRecord[], k: number): number {
  const rewarded = samples.map(({ reward = Number.NEGATIVE_INFINITY, correct }) => ({
    reward,
    value: Number(correct),
  }));
  return bestAtK(rewarded, k);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
