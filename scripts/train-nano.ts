import { parseArgs } from "node:util";
import type { TrainingEvent } from "../src/nano/training/engine.ts";
import { readRecipe } from "../src/nano/training/recipe.ts";
import { torchEngine } from "../src/nano/training/torch/engine.ts";
import { trainNano } from "../src/nano/training/train.ts";
import { SojournError } from "../src/thought/errors.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: "string", default: "runs/nano" },
    resume: { type: "boolean", default: false },
    cache: { type: "string", default: ".cache/nano-shards" },
    "max-seconds": { type: "string" },
    "max-steps": { type: "string" },
  },
});

const stop = new AbortController();
process.once("SIGINT", () => stop.abort());
process.once("SIGTERM", () => stop.abort());

try {
  await trainNano({
    recipe: await readRecipe(positionals[0] ?? "recipes/nano.yaml"),
    engine: torchEngine,
    out: values.out,
    resume: values.resume,
    cache: values.cache,
    signal: stop.signal,
    onProgress: (event) => console.log(lineOf(event)),
    ...(values["max-seconds"] !== undefined && { maxSeconds: Number(values["max-seconds"]) }),
    ...(values["max-steps"] !== undefined && { maxSteps: Number(values["max-steps"]) }),
  });
} catch (error) {
  if (!(error instanceof SojournError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}

function lineOf(event: TrainingEvent): string {
  if (event.kind !== "step") return JSON.stringify(event);
  const minutes = (seconds: number) => `${(seconds / 60).toFixed(1)} min`;
  return [
    `step ${event.step}/${event.steps}`,
    `loss ${event.loss.toFixed(4)}`,
    `${(event.tokens / 1e6).toFixed(2)}M tokens`,
    `${event.tokensPerSecond.toFixed(0)}/s`,
    `rate ${event.learningRate.toExponential(2)}`,
    `norm ${event.gradientNorm.toFixed(2)}`,
    minutes(event.elapsedSeconds),
    `left ${minutes(event.remainingSeconds)}`,
  ].join("  ");
}
