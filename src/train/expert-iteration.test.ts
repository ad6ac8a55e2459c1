import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  answeredArm,
  everyStep,
  isDone,
  killTraining,
  recipeOf,
  scratch,
  tinyModel,
  trainedBytes,
  wholeTraining,
} from "../../test/support/tiny-training.ts";
import { trainByExperts } from "./expert-iteration.ts";

const folder = await scratch();
const from = await tinyModel();
await writeFile(join(folder, "bandit.jsonl"), '{"question": "Which arm?", "answer": "one of the first"}\n');

const recipeWith = (more: object = {}) =>
  recipeOf(
    "expert-iteration",
    {
      ...{
        name: "bandit",
        from,
        problems: { data: "bandit.jsonl" },
        maxTokens: 24,
      },
      ...{ rounds: 2, questions: 1, samples: 96, keep: 12, epochs: 10, training: everyStep },
      optimiser: { learningRate: 6e-2, warmUpSteps: 1, batchTokens: 128 },
      ...more,
    },
    folder,
  );

describe("trainByExperts", { timeout: 120_000 }, () => {
  const whole = wholeTraining(join(folder, "whole"), (job) =>
    trainByExperts({ recipe: recipeWith(), ...job }, answeredArm),
  );

  test("keeps what checks out, and gets more of it right in the next round", async () => {
    const { heard, outcome, out } = await whole;
    expect(isDone(outcome)).toBe(true);
    const [first = 0, second = 0] = heard.rights();
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(2 * first);
    const kept = (await readFile(join(out, "stage-1/kept.jsonl"), "utf8")).trim().split("\n");
    expect(kept.length).toBeLessThanOrEqual(12);
    expect(JSON.parse(kept[0] ?? "")).toMatchObject({ question: "Which arm?" });
  });

  test("gives the same weights to the bit when it is killed and resumed, with another number of threads", async () => {
    const out = join(folder, "killed");
    const job = { recipe: recipeWith(), out, threads: 1 };
    const call = { file: "expert-iteration.ts", name: "trainByExperts", job };
    expect(await killTraining({ ...call, grade: "answeredArm" }, 2)).toBe("SIGKILL");
    expect(isDone(await trainByExperts({ ...job, threads: 2, resume: true }, answeredArm))).toBe(true);
    expect(await trainedBytes(out)).toBe((await whole).bytes);
  });

  test("says so where no sample checks out", async () => {
    const job = { recipe: recipeWith({ samples: 2 }), out: join(folder, "none"), threads: 1 };
    await expect(trainByExperts(job, () => 0)).rejects.toThrow(/no sample checks out/);
  });
});
