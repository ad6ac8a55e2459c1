import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  everyStep,
  isDone,
  killTraining,
  payingArm,
  recipeOf,
  scratch,
  tinyModel,
  trainedBytes,
  wholeTraining,
} from "../../test/support/tiny-training.ts";
import { groupAdvantages } from "./advantages.ts";
import { trainPolicy } from "./grpo.ts";

const folder = await scratch();
const from = await tinyModel();
await writeFile(join(folder, "bandit.jsonl"), '{"question": "Which arm?", "answer": "one of the first"}\n');

const recipeWith = (more: object = {}) =>
  recipeOf(
    "grpo",
    {
      ...{ name: "bandit", from, problems: { data: "bandit.jsonl" }, maxTokens: 1 },
      ...{ rounds: 6, questions: 1, groupSize: 48, updates: 2, klWeight: 0.001 },
      ...{ training: everyStep, optimiser: { learningRate: 5e-2, warmUpSteps: 1 } },
      ...more,
    },
    folder,
  );

describe("trainPolicy", { timeout: 120_000 }, () => {
  const whole = wholeTraining(join(folder, "whole"), (job) =>
    trainPolicy({ recipe: recipeWith(), ...job }, payingArm),
  );

  test("raises the reward on a bandit whose paying arms are known, and keeps what it sampled", async () => {
    const { heard, outcome, out } = await whole;
    expect(isDone(outcome)).toBe(true);
    expect(heard.measured("reward")[0]).toBeLessThan(0.4);
    expect(heard.measured("reward").at(-1)).toBeGreaterThan(0.8);
    expect(heard.measured("kl").at(-1)).toBeGreaterThan(heard.measured("kl")[0] ?? 0);
    expect(await readdir(join(out, "samples"))).toHaveLength(6);
  });

  test("gives the same weights to the bit when it is killed and resumed, with another number of threads", async () => {
    const out = join(folder, "killed");
    const job = { recipe: recipeWith(), out, threads: 1 };
    const call = { file: "grpo.ts", name: "trainPolicy", job, grade: "payingArm" as const };
    expect(await killTraining(call, 2)).toBe("SIGKILL");
    expect(isDone(await trainPolicy({ ...job, threads: 2, resume: true }, payingArm))).toBe(true);
    expect(await trainedBytes(out)).toBe((await whole).bytes);
  });
});

describe("groupAdvantages", () => {
  test("are how far above its group a sample is, in standard deviations", () => {
    expect(groupAdvantages([1, 0, 0, 1])).toEqual([1, -1, -1, 1]);
    const [best = 0, ...others] = groupAdvantages([1, 0, 0, 0, 0]);
    expect(best).toBeCloseTo(2, 12);
    expect(others.every((value) => Math.abs(value + 0.5) < 1e-12)).toBe(true);
  });

  test("are nothing where all samples of the group are alike", () => {
    expect(groupAdvantages([1, 1, 1])).toEqual([0, 0, 0]);
    expect(groupAdvantages([0.3, 0.3])).toEqual([0, 0]);
  });
});
