import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  everyStep,
  isDone,
  killTraining,
  recipeOf,
  scratch,
  tinyModel,
  trainedBytes,
  wholeTraining,
} from "../../test/support/tiny-training.ts";
import { trainPreferences } from "./dpo.ts";

const folder = await scratch();
const from = await tinyModel();
const pairs = Array.from({ length: 8 }, (_, index) => ({
  question: `What is ${index} + 1?`,
  chosen: { thought: [`${index} + 1 = ${index + 1}`], answer: `${index + 1}` },
  rejected: { thought: [`${index} + 1 = 99`], answer: "99" },
}));
await writeFile(join(folder, "pairs.jsonl"), pairs.map((pair) => JSON.stringify(pair)).join("\n"));

const recipeWith = (more: object = {}) =>
  recipeOf(
    "dpo",
    {
      ...{
        name: "pairs",
        from,
        data: "pairs.jsonl",
        epochs: 6,
        batchPairs: 4,
        training: everyStep,
      },
      optimiser: { learningRate: 3e-3, warmUpSteps: 1 },
      ...more,
    },
    folder,
  );

describe("trainPreferences", { timeout: 120_000 }, () => {
  const whole = wholeTraining(join(folder, "whole"), (job) =>
    trainPreferences({ recipe: recipeWith(), ...job }),
  );

  test("begins at the loss of a coin, and raises the margin of chosen over rejected", async () => {
    const { heard, outcome } = await whole;
    expect(isDone(outcome)).toBe(true);
    expect(heard.losses()[0]).toBeCloseTo(Math.log(2), 4);
    expect(heard.losses().at(-1)).toBeLessThan(0.5);
    expect(heard.measured("margin")[0]).toBeCloseTo(0, 4);
    expect(heard.measured("margin").at(-1)).toBeGreaterThan(0.5);
    expect(heard.measured("accuracy").at(-1)).toBe(1);
  });

  test("gives the same weights to the bit when it is killed and resumed, with another number of threads", async () => {
    const out = join(folder, "killed");
    const job = { recipe: recipeWith(), out, threads: 1 };
    expect(await killTraining({ file: "dpo.ts", name: "trainPreferences", job }, 3)).toBe("SIGKILL");
    expect(isDone(await trainPreferences({ ...job, threads: 2, resume: true }))).toBe(true);
    expect(await trainedBytes(out)).toBe((await whole).bytes);
  });

  test("refuses to go on by another recipe, and a folder that holds a training already", async () => {
    const { out } = await whole;
    await expect(trainPreferences({ recipe: recipeWith(), out })).rejects.toThrow(/holds a training already/);
    const job = { recipe: recipeWith({ beta: 0.5 }), out, resume: true };
    await expect(trainPreferences(job)).rejects.toThrow(/another recipe or other data/);
  });

  test("says what is wrong with a line of its data", async () => {
    await writeFile(
      join(folder, "bad.jsonl"),
      `${JSON.stringify(pairs[0])}\n{"question": "?", "chosen": {}}\n`,
    );
    const job = { recipe: recipeWith({ data: "bad.jsonl" }), out: join(folder, "bad") };
    await expect(trainPreferences(job)).rejects.toThrow(/bad.jsonl, line 2 is wrong at chosen.thought/);
  });
});
