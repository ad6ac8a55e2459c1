import { join } from "node:path";
import { z } from "zod";
import type { TrainingEvent } from "../../nano/training/engine.ts";
import { parseMethodRecipe } from "../../train/recipe.ts";
import { trainMethod } from "../../train/train-method.ts";
import type { Json, Stage, StagePlace } from "../stages/stage.ts";

/** A training as a stage. */
export interface TrainStageOptions {
  name: string;
  after: readonly string[];
  /** The method's recipe, of what the stages before it made. */
  recipe(input: StagePlace["input"]): object;
  /** What decides the recipe beside those stages. */
  settings: Json;
  /** Only for methods that learn by likelihood alone. Default: jax. */
  engine?: "jax" | "torch" | undefined;
}

/** Where a training stage leaves its model. */
export function modelFolder(folder: string): string {
  return join(folder, "model");
}

/** Trains nano by a method's recipe, and goes on where it was stopped. Its result holds the losses on the way. */
export function trainStage({ name, after, recipe, settings, engine }: TrainStageOptions): Stage {
  return {
    name,
    after,
    settings,
    async run({ folder, input, signal, progress }) {
      const curve: { step: number; loss: number; measures?: Record<string, number> }[] = [];
      const last = { tokens: 0, seconds: 0 };
      const onProgress = (event: TrainingEvent) => {
        if (event.kind !== "step") return;
        const { step, steps, loss, measures, tokensPerSecond, remainingSeconds } = event;
        curve.push({ step, loss, ...(measures && { measures }) });
        Object.assign(last, { tokens: event.tokens, seconds: event.elapsedSeconds });
        const left = `${Math.ceil(remainingSeconds / 60)} min left`;
        progress(
          `step ${step} of ${steps}, loss ${loss.toFixed(3)}, ${Math.round(tokensPerSecond)} tokens/s, ${left}`,
        );
      };
      const outcome = await trainMethod({
        ...{ recipe: parseMethodRecipe(recipe(input), folder), out: modelFolder(folder), resume: true },
        ...{ signal, onProgress },
        engine:
          engine === "torch" ? (await import("../../nano/training/torch/engine.ts")).torchEngine : undefined,
      });
      signal.throwIfAborted();
      return z.record(z.string(), z.json()).parse({ steps: outcome.steps, ...last, curve: thinned(curve) });
    },
  };
}

/** At most so many points of a curve are kept for the report's plot. */
const POINTS = 100;

function thinned<Point>(points: readonly Point[]): Point[] {
  const every = Math.ceil(points.length / POINTS);
  return points.filter((_, index) => index % every === 0 || index === points.length - 1);
}
