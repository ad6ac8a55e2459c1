/**
 * Takes one optimiser step of each objective (likelihood, preference, policy, reward) with the jax engine and the same step with
 * PyTorch, and compares losses and weights. Needs Python with torch, numpy, safetensors and transformers in SOJOURN_PYTHON.
 *
 *     npx tsx scripts/verify-training-steps.ts [FOLDER]
 */
import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { writeWeights } from "../src/nano/checkpoint.ts";
import { configOf } from "../src/nano/config.ts";
import { initialWeights } from "../src/nano/initial-weights.ts";
import { headShapes } from "../src/nano/reward-head.ts";
import type { FloatTensor } from "../src/nano/safetensors.ts";
import { type ExampleTokens, exampleRows } from "../src/nano/training/example-rows.ts";
import { Trainee } from "../src/nano/training/jax/trainee.ts";
import { type Objective, objectiveColumns } from "../src/nano/training/objective.ts";
import { optimiserSchema } from "../src/nano/training/recipe.ts";
import { Random } from "../src/thought/random.ts";

const python = process.env["SOJOURN_PYTHON"] || "python3";
const folder = resolve(process.argv[2] ?? "training-steps");
const size = { hidden: 64, layers: 2, heads: 2, intermediate: 96, context: 48, ropeTheta: 10_000 };
const config = configOf(size, 128, { end: 4, pad: 0 });
const random = new Random("training-steps");
const between = (low: number, high: number): number => low + (high - low) * random.next();
const rate = 1e-3;
const optimiser = optimiserSchema.parse({ learningRate: rate, weightDecay: 0.1 });
const objectives: Objective[] = [
  { kind: "likelihood" },
  { kind: "preference", beta: 0.2 },
  { kind: "policy", clip: 0.2, klWeight: 0.04 },
  { kind: "reward" },
];
/** What the columns hold: log-probabilities about that of one token in 128, advantages, weights, labels. */
const drawn: Readonly<Record<string, () => number>> = {
  reference: () => between(-5.2, -4.5),
  before: () => between(-5.2, -4.5),
  advantage: () => between(-2, 2),
  weight: () => between(0.01, 0.05),
  label: () => random.next(),
};

function examplesFor({ kind }: Objective): ExampleTokens[] {
  return [40, 31, 48, 22, 37, 18, 29, 45].map((length) => ({
    ids: Array.from({ length }, () => random.integer(5, 127)),
    learnt: Array.from({ length }, (_, index): 0 | 1 => (index > 8 ? 1 : 0)),
    columns: objectiveColumns[kind].map((name) =>
      Array.from({ length }, () => Math.fround(drawn[name]?.() ?? 0)),
    ),
  }));
}

for (const objective of objectives) {
  const examples = examplesFor(objective);
  const weights = initialWeights(config, 7);
  const zeros = (shape: number[]): FloatTensor => ({
    shape,
    data: Float32Array.from({ length: shape.reduce((all, axis) => all * axis, 1) }, () => between(-0.1, 0.1)),
  });
  const head = new Map(headShapes(size.hidden).map(([name, shape]) => [name, zeros(shape)]));
  const state = { step: 0, row: 0, tokens: 0, elapsedSeconds: 0, seed: 1 };
  const reward = objective.kind === "reward" ? { head } : {};
  const options = { objective, optimiser, logicalShards: 2, threads: 2 };
  const trainee = new Trainee(config, { weights, ...reward, moments: new Map(), state }, options);
  const shards = [examples.slice(0, 4), examples.slice(4)].map((part) => exampleRows(part, size.context));
  const done = await trainee.step(shards, rate, 1);
  const after = trainee.weights;
  await trainee.close();
  const place = join(folder, objective.kind);
  for (const [name, tensors] of [
    ["before", new Map([...weights, ...(reward.head ?? [])])],
    ["after", after],
  ] as const) {
    await mkdir(join(place, name), { recursive: true });
    await writeWeights(join(place, name), tensors, "F32");
  }
  await writeFile(join(place, "config.json"), JSON.stringify(config));
  await writeFile(
    join(place, "case.json"),
    JSON.stringify({ objective, optimiser, rate, examples, loss: done?.loss }),
  );
}
const script = fileURLToPath(new URL("verify-training-steps.py", import.meta.url));
const { status } = spawnSync(python, [script, folder], { stdio: "inherit" });
process.exitCode = status ?? 1;
