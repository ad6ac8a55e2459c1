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
import { loadRewardModel } from "../nano/decoder/reward-model.ts";
import { headAccuracy } from "./head-accuracy.ts";
import { trainProcessReward } from "./process-reward.ts";

/** A step is right unless it says 9, wherever it stands; every thought ends right or wrong whatever its steps are. */
const thoughts = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => {
    const steps = [0, 1, 2].map((step) => (((from + index) * 7 + step * 5) % 3 === 0 ? "so 9" : "so 4"));
    const hard = steps.map((step) => (step === "so 9" ? 0 : 1));
    return { question: `case ${from + index}`, steps, hard, correct: index % 2 === 0 };
  });

const folder = await scratch();
const from = await tinyModel();
const lines = (rows: object[]) => rows.map((row) => JSON.stringify(row)).join("\n");
await writeFile(join(folder, "steps.jsonl"), lines(thoughts(0, 24)));
await writeFile(join(folder, "held-out.jsonl"), lines(thoughts(100, 24)));

const recipeWith = (more: object = {}) =>
  recipeOf(
    "process-reward",
    {
      ...{
        name: "steps",
        from,
        data: "steps.jsonl",
        epochs: 10,
        batchThoughts: 12,
      },
      ...{ training: everyStep, optimiser: { learningRate: 2e-2, warmUpSteps: 1 } },
      ...more,
    },
    folder,
  );

describe("trainProcessReward", { timeout: 120_000 }, () => {
  const whole = wholeTraining(join(folder, "whole"), (job) =>
    trainProcessReward({ recipe: recipeWith(), ...job }),
  );

  test("begins at the loss of a coin and learns to tell right steps from wrong ones", async () => {
    const { heard, outcome } = await whole;
    expect(isDone(outcome)).toBe(true);
    expect(heard.losses()[0]).toBeCloseTo(Math.log(2), 5);
    expect(heard.losses().at(-1)).toBeLessThan(0.35);
    expect(heard.measured("accuracy").at(-1)).toBeGreaterThan(0.85);
  });

  test("scores a step by what stands before its end, not by what follows", async () => {
    const model = await loadRewardModel((await whole).out);
    const [first = 0, second = 1] = model.scoreSteps("case 200", ["so 4", "so 9"]);
    expect(first).toBeGreaterThan(0.7);
    expect(second).toBeLessThan(0.25);
    expect(model.scoreSteps("case 200", ["so 4"])[0]).toBeCloseTo(first, 6);
  });

  test("on held-out steps its whole interval lies above the true outcome's and the depth's", async () => {
    const { head, outcome, depth, steps } = await headAccuracy(
      (await whole).out,
      join(folder, "held-out.jsonl"),
      "hard",
    );
    expect(steps).toBe(72);
    expect(head.low).toBeGreaterThan(Math.max(outcome.high, depth.high));
  });

  test("gives the same weights to the bit when it is killed and resumed, with another number of threads", async () => {
    const out = join(folder, "killed");
    const job = { recipe: recipeWith(), out, threads: 1 };
    const call = { file: "process-reward.ts", name: "trainProcessReward", job };
    expect(await killTraining(call, 5)).toBe("SIGKILL");
    expect(isDone(await trainProcessReward({ ...job, threads: 2, resume: true }))).toBe(true);
    expect(await trainedBytes(out)).toBe((await whole).bytes);
  });

  test("refuses labels that are not one a step", async () => {
    await writeFile(join(folder, "bad.jsonl"), lines([{ question: "q", steps: ["a", "b"], soft: [1] }]));
    const job = { recipe: recipeWith({ data: "bad.jsonl" }), out: join(folder, "bad") };
    await expect(trainProcessReward(job)).rejects.toThrow(
      /bad.jsonl, line 1 .*a label is needed for each step/,
    );
  });
});
