import { z } from "zod";

/** What a training minimises, with its settings. */
export const objectiveSchema = z.discriminatedUnion("kind", [
  /** The cross-entropy of the learnt tokens: pretraining and supervised fine-tuning. */
  z.strictObject({ kind: z.literal("likelihood") }),
  /** Direct preference optimisation (Rafailov et al., 2023, arXiv 2305.18290): pairs of a better and a worse thought. */
  z.strictObject({ kind: z.literal("preference"), beta: z.number().positive() }),
  /**
   * Group relative policy optimisation (Shao et al., 2024, arXiv 2402.03300): clipped policy gradient with an advantage for
   * each sample, and `klWeight` times its distance from a reference model, estimated token by token.
   */
  z.strictObject({
    kind: z.literal("policy"),
    clip: z.number().positive(),
    klWeight: z.number().nonnegative(),
  }),
  /** A head on the last hidden state says how likely a step is right, learnt from labels in [0, 1] by cross-entropy. */
  z.strictObject({ kind: z.literal("reward") }),
]);

/** A parsed objective, see {@link objectiveSchema}. */
export type Objective = z.infer<typeof objectiveSchema>;

/**
 * What an objective needs of each token beside whether it is learnt, as columns of a sequence in this order. A policy's are the
 * advantage of its sample, the log-probability when it was sampled, that by the reference model, and its weight: one
 * through how many tokens its sample has.
 */
export const objectiveColumns = {
  likelihood: [],
  preference: ["reference"],
  policy: ["advantage", "before", "reference", "weight"],
  reward: ["label"],
} as const satisfies Record<Objective["kind"], readonly string[]>;

/**
 * What an objective tells beside its loss, each a sum over whatever the loss is a sum over: a pair, a sample, or a step.
 * `margin` is that of DPO's implicit rewards, `accuracy` how often it is positive, or how often a step is told right from wrong.
 */
export const objectiveMeasures = {
  likelihood: [],
  preference: ["margin", "accuracy"],
  policy: ["kl", "clipped"],
  reward: ["accuracy"],
} as const satisfies Record<Objective["kind"], readonly string[]>;
