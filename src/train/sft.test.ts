import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  everyStep,
  isDone,
  killTraining,
  listening,
  recipeOf,
  scratch,
  tinyModel,
  trainedBytes,
  wholeTraining,
} from "../../test/support/tiny-training.ts";
import { trainStages } from "./sft.ts";

const folder = await scratch();
const from = await tinyModel();
const thoughts = Array.from({ length: 24 }, (_, index) => ({
  question: `What is ${index % 7} + 1?`,
  thought: [`${index % 7} + 1 = ${(index % 7) + 1}`],
  answer: `${(index % 7) + 1}`,
}));
const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join("\n");
await writeFile(join(folder, "first.jsonl"), lines(thoughts));
await writeFile(join(folder, "second.jsonl"), lines(thoughts.slice(0, 12)));
await writeFile(
  join(folder, "long.jsonl"),
  lines([{ question: "?", thought: Array(99).fill("1 + 1 = 2"), answer: "2" }]),
);

const recipeWith = (more: object = {}) =>
  recipeOf(
    "sft",
    {
      ...{ name: "sums", from, training: everyStep },
      optimiser: { learningRate: 4e-2, warmUpSteps: 1, batchTokens: 256 },
      stages: [
        { data: "first.jsonl", epochs: 3 },
        { data: "second.jsonl", tokens: 300, optimiser: { learningRate: 1e-2 } },
      ],
      ...more,
    },
    folder,
  );

describe("trainStages", { timeout: 120_000 }, () => {
  const whole = wholeTraining(join(folder, "whole"), (job) => trainStages({ recipe: recipeWith(), ...job }));

  test("learns stage after stage, and shows the last stage's model", async () => {
    const { heard, outcome, out, bytes } = await whole;
    expect(isDone(outcome)).toBe(true);
    expect(heard.notes()).toEqual(["stage 1 of 2: 24 thoughts", "stage 2 of 2: 12 thoughts"]);
    expect(heard.losses().at(-1)).toBeLessThan((heard.losses()[0] ?? 0) * 0.8);
    expect(await trainedBytes(join(out, "stage-2"))).toBe(bytes);
    expect(await trainedBytes(join(out, "stage-1"))).not.toBe(bytes);
  });

  test("gives the same weights to the bit when it is killed and resumed, with another number of threads", async () => {
    const out = join(folder, "killed");
    const job = { recipe: recipeWith(), out, threads: 1 };
    expect(await killTraining({ file: "sft.ts", name: "trainStages", job }, 4)).toBe("SIGKILL");
    expect(isDone(await trainStages({ ...job, threads: 2, resume: true }))).toBe(true);
    expect(await trainedBytes(out)).toBe((await whole).bytes);
  });

  test("does not repeat what is finished", async () => {
    const { out, bytes } = await whole;
    const heard = listening();
    await trainStages({ recipe: recipeWith(), out, resume: true, threads: 1, ...heard });
    expect(heard.losses()).toEqual([]);
    expect(await trainedBytes(out)).toBe(bytes);
  });

  test("refuses to go on with other data, or where there is a training already", async () => {
    const { out } = await whole;
    await expect(trainStages({ recipe: recipeWith(), out })).rejects.toThrow(/holds a training already/);
    const recipe = recipeWith({ stages: [{ data: "second.jsonl" }] });
    await expect(trainStages({ recipe, out, resume: true })).rejects.toThrow(/another recipe or other data/);
  });

  test("says so where no thought fits into the context", async () => {
    const recipe = recipeWith({ stages: [{ data: "long.jsonl" }] });
    await expect(trainStages({ recipe, out: join(folder, "long") })).rejects.toThrow(
      /no thought fits into 64 tokens/,
    );
  });
});
