import { numpy as np } from "@jax-js/jax";
import type { NanoConfig } from "../../config.ts";
import { rewardHeadNames } from "../../reward-head.ts";
import type { Objective } from "../objective.ts";
import {
  hiddenStates,
  type JaxArray,
  type NamedArrays,
  surprises,
  type Targets,
  type TokenRows,
  weightNamed,
} from "./model.ts";

/** A summed loss, and the sums that `objectiveMeasures` names, `[measures]`. */
export type LossAndMeasures = [loss: JaxArray, measures: JaxArray];

/** A loss of rows of tokens. Gives up no reference to its arguments. */
export type Loss = (weights: NamedArrays, given: TokenRows, targets: Targets) => LossAndMeasures;

/** The loss of an objective for models of this configuration. */
export function lossOf(objective: Objective, config: NanoConfig): Loss {
  switch (objective.kind) {
    case "likelihood":
      return (weights, given, targets) => likelihood(surprises(weights, config, given, targets), targets);
    case "preference":
      return (weights, given, targets) =>
        preference(surprises(weights, config, given, targets), targets, objective);
    case "policy":
      return (weights, given, targets) =>
        policy(surprises(weights, config, given, targets), targets, objective);
    case "reward":
      return (weights, given, targets) => reward(hiddenStates(weights, config, given), weights, targets);
  }
}

/** One row of a target, flat, as another reference. */
function flat(targets: Targets, name: string): JaxArray {
  const array = weightNamed(targets, name);
  return array.reshape([array.size]);
}

function likelihood(losses: JaxArray, targets: Targets): LossAndMeasures {
  return [np.sum(losses.mul(flat(targets, "learnt"))), np.zeros([1])];
}

/** `log(1 + e^-x)`, for any size of `x`. */
function softMinus(x: JaxArray): JaxArray {
  const size = np.abs(x.ref);
  return np.maximum(x.neg(), 0).add(np.log(np.exp(size.neg()).add(1)));
}

/**
 * Minus the log-likelihood that the chosen thought of each pair is preferred: of `sigmoid(beta * (chosen - rejected))`, each of
 * them the summed difference of its log-probabilities to the reference model's.
 */
function preference(losses: JaxArray, targets: Targets, { beta }: { beta: number }): LossAndMeasures {
  const gains = losses.neg().sub(flat(targets, "reference")).mul(flat(targets, "learnt"));
  const [tokens = 0] = gains.shape;
  const pairs = weightNamed(targets, "pairs");
  const [, count = 0] = pairs.shape;
  const margins = np
    .matmul(gains.reshape([1, tokens]), pairs)
    .reshape([count])
    .mul(beta);
  const live = flat(targets, "live");
  const accuracy = np.sum(np.where(np.greater(margins.ref, 0), live.ref, 0));
  const margin = np.sum(margins.ref.mul(live.ref));
  return [np.sum(softMinus(margins).mul(live)), np.stack([margin, accuracy])];
}

/**
 * Minus the clipped objective of each token, `min(ratio * A, clip(ratio) * A)` with the ratio of its probability to that when
 * it was sampled, plus the weighted estimate `r - log r - 1` of the distance to the reference model, `r` being the reference's
 * probability through the policy's.
 */
function policy(
  losses: JaxArray,
  targets: Targets,
  { clip, klWeight }: { clip: number; klWeight: number },
): LossAndMeasures {
  const learnt = flat(targets, "learnt");
  const weight = flat(targets, "weight").mul(learnt.ref);
  // A token that is not learnt has a ratio of 1 and no distance, whatever its columns say.
  const logProbability = losses.neg().mul(learnt.ref);
  const advantage = flat(targets, "advantage");
  const ratio = np.exp(logProbability.ref.sub(flat(targets, "before").mul(learnt.ref)));
  const near = np.clip(ratio.ref, 1 - clip, 1 + clip);
  const [free, held] = [ratio.mul(advantage.ref), near.mul(advantage)];
  const clipped = np.sum(np.where(np.less(held.ref, free.ref), weight.ref, 0));
  const gap = flat(targets, "reference").sub(logProbability).mul(learnt);
  const distance = np.exp(gap.ref).sub(gap).sub(1).mul(weight.ref);
  const kl = np.sum(distance);
  const gain = np.sum(np.minimum(free, held).mul(weight));
  return [kl.ref.mul(klWeight).sub(gain), np.stack([kl, clipped])];
}

/** The cross-entropy of each labelled step's label and `sigmoid(hidden * weight + bias)` at the token that ends it. */
function reward(hidden: JaxArray, weights: NamedArrays, targets: Targets): LossAndMeasures {
  const [tokens = 0] = hidden.shape;
  const slope = weightNamed(weights, rewardHeadNames.weight).transpose([1, 0]);
  const scores = np.matmul(hidden, slope).reshape([tokens]).add(weightNamed(weights, rewardHeadNames.bias));
  const label = flat(targets, "label");
  const learnt = flat(targets, "learnt");
  const agree = np.greater(scores.ref.mul(label.ref.sub(0.5)), 0);
  const accuracy = np.sum(np.where(agree, learnt.ref, 0));
  const losses = softMinus(scores.ref).add(scores.mul(np.subtract(1, label)));
  return [np.sum(losses.mul(learnt)), np.stack([accuracy])];
}
