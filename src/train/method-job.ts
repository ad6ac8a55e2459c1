import type { Engine, TrainingEvent } from "../nano/training/engine.ts";
import type { MethodRecipe } from "./recipe.ts";

/** A training by a method's recipe with one of nano's engines. */
export interface MethodJob<Recipe extends MethodRecipe = MethodRecipe> {
  readonly recipe: Recipe;
  /** Training folder; afterwards also a model folder in Hugging Face form. */
  readonly out: string;
  /** Trains what is learnt by likelihood alone: `sft` and `expert-iteration`. Default: jax. */
  readonly engine?: Engine | undefined;
  /** Go on from the newest checkpoint in `out` if it has one. Default false: refuse a folder that has one. */
  readonly resume?: boolean | undefined;
  /** Threads that compute gradients and that sample. Default: one for each core. They do not change the weights. */
  readonly threads?: number | undefined;
  /** Stop with a checkpoint after this many seconds. */
  readonly maxSeconds?: number | undefined;
  /** Stop with a checkpoint after this step of a stage; the schedule stays that of the whole training. */
  readonly maxSteps?: number | undefined;
  readonly onProgress?: ((event: TrainingEvent) => void) | undefined;
  /** On abort a checkpoint is kept and the outcome's reason is `stopped`. */
  readonly signal?: AbortSignal | undefined;
}

/** What a {@link MethodJob} says of how long to train and whom to tell, for an engine's job. */
export function limitsOf({ maxSeconds, maxSteps, onProgress, signal }: MethodJob) {
  return {
    ...(maxSeconds !== undefined && { maxSeconds }),
    ...(maxSteps !== undefined && { maxSteps }),
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  };
}
