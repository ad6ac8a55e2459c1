import { type Aggregation, aggregateValues } from "./aggregate.ts";
import type { Scored } from "./reward.ts";

/** What a judge says of one step of a thought, or of its answer. */
export interface StepLabel {
  /** The probability that it is right, in [0, 1]. */
  probability: number;
  /** Why, in a few words, from a judge that can say. */
  reason?: string | undefined;
}

/** A bare label is not certain: judges err, and a score of 0 or 1 would silence every other reward of a product. */
const surest = 0.95;
const usual = 0.9;

/**
 * The probability behind the word of a judge that gives none by itself: as sure as it says it is, within 0.5 and 0.95, or
 * 0.9 where it does not say. So `good` is at least 0.5 and `bad` at most that.
 */
export function labelProbability(label: "good" | "bad", sure: number = usual): number {
  const probability = Math.min(surest, Math.max(0.5, sure));
  return label === "good" ? probability : 1 - probability;
}

/**
 * The score of a thought from the labels of its steps, in order, with the reason of the least probable one. A thought
 * without a step holds nothing wrong and scores 1.
 */
export function scoreOfLabels(labels: readonly StepLabel[], aggregation: Aggregation): Omit<Scored, "by"> {
  const [first, ...others] = labels;
  if (first === undefined) return { value: 1, reason: "no step yet" };
  const worst = others.reduce((low, next) => (next.probability < low.probability ? next : low), first);
  const value = aggregateValues(
    labels.map(({ probability }) => probability),
    aggregation,
  );
  const place = `step ${labels.indexOf(worst) + 1} of ${labels.length} is least sure`;
  return { value, reason: worst.reason === undefined ? place : `${place}: ${worst.reason}` };
}
