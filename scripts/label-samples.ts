/**
 * Writes what the trial of the process reward head in docs/log.md was trained and measured on: thoughts about Countdown that nano
 * sampled at temperature 1, each line labelled by the gym's own rule (does it still lead to the target?), and a recipe.
 *
 *     npx tsx scripts/label-samples.ts FOLDER && npx sojourn train FOLDER/recipe.yaml --out FOLDER/model
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { readModel } from "../src/nano/checkpoint.ts";
import { drawAt, gymProblem } from "../src/problems/gym/gym.ts";
import { Policy } from "../src/train/policy.ts";

const folder = resolve(process.argv[2] ?? "labelled-samples");
const weights = fileURLToPath(new URL("../weights/nano", import.meta.url));
const { tokenizer } = await readModel(weights);
const policy = new Policy(weights, tokenizer);
await mkdir(folder, { recursive: true });
for (const [split, count] of [
  ["train", 260],
  ["validation", 130],
] as const) {
  const places = Array.from({ length: count }, (_, index) => ({
    family: "countdown",
    split,
    seed: 77,
    index,
  }));
  const lines = await Promise.all(
    places.map(async (place) => {
      const problem = gymProblem(place);
      const [graded] = await policy.sample(problem, 1, "label", { temperature: 1, topP: 1 });
      const steps = (graded?.sample.reasoning ?? "").split("\n").filter((line) => line.trim() !== "");
      const hard = drawAt(place)
        .drawn.judge(steps)
        .map(({ good }) => Number(good));
      return { question: problem.question.text, steps, hard, correct: graded?.reward === 1 };
    }),
  );
  const text = lines.filter(({ steps }) => steps.length > 0).map((line) => `${JSON.stringify(line)}\n`);
  await writeFile(join(folder, `${split}.jsonl`), text.join(""));
}
await policy.close();
const recipe = {
  ...{ name: "countdown-prm", method: "process-reward", from: weights, data: "train.jsonl" },
  ...{ heldOut: "validation.jsonl", labels: "hard", epochs: 2, batchThoughts: 16 },
  ...{ optimiser: { learningRate: 3e-4, warmUpSteps: 4 }, training: { reportSteps: 4 } },
};
await writeFile(join(folder, "recipe.yaml"), stringify(recipe));
