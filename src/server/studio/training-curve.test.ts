import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { keepProgress, PROGRESS_FILE } from "../../nano/training/progress-file.ts";
import { readStanding, readTraining } from "./training-curve.ts";
import { trainingReplySchema } from "./training-schema.ts";

const MINUTE = 60_000;

/** A training of so many steps that tells its loss at these. */
function train(folder: string, steps: number, told: readonly number[]) {
  let now = 0;
  const tell = keepProgress(folder, undefined, () => ++now);
  for (const step of told)
    tell({
      ...{ kind: "step", step, steps, loss: 1 / step, measures: { margin: step }, tokens: step * 10 },
      ...{
        tokensPerSecond: 5,
        learningRate: 1e-3,
        gradientNorm: 1,
        elapsedSeconds: step,
        remainingSeconds: 1,
      },
    });
  return tell;
}

describe("a training", () => {
  it("has the curves of its last way to where it is, also where it was killed and resumed", async () => {
    const folder = temporaryFolder();
    train(folder, 50, [10, 20, 30]);
    const path = join(folder, PROGRESS_FILE);
    writeFileSync(path, '{"kind":"step","step":40,"st\n', { flag: "a" });
    const tell = train(folder, 50, [20, 30]);
    for (const step of [0, 30]) tell({ kind: "validation", step, loss: 0.5 });
    const read = await readTraining(path, MINUTE);
    expect(trainingReplySchema.parse({ training: "t", ...read })).toEqual({ training: "t", ...read });
    expect(read).toMatchObject({
      state: "running",
      step: 30,
      steps: 50,
      loss: 1 / 30,
      pace: { tokens: 300 },
    });
    expect(read.curves.map(({ name }) => name)).toEqual(["loss", "validation loss", "margin"]);
    expect(read.curves[0]?.points).toEqual([10, 20, 30].map((step) => ({ step, value: 1 / step })));
    expect(read.curves[1]?.points).toEqual([0, 30].map((step) => ({ step, value: 0.5 })));
    expect(await readStanding(path, MINUTE)).toEqual(
      (({ pace: _, curves: __, ...standing }) => standing)(read),
    );
  });

  it("is running, silent, stopped or finished by what it said last, and when", async () => {
    const folder = temporaryFolder();
    const tell = train(folder, 20, [10]);
    const state = async (now: number) => (await readStanding(join(folder, PROGRESS_FILE), now)).state;
    expect(await state(MINUTE)).toBe("running");
    expect(await state(3 * MINUTE)).toBe("silent");
    tell({ kind: "finished", step: 10, steps: 20, reason: "time" });
    expect(await state(3 * MINUTE)).toBe("stopped");
    train(folder, 20, [20])({ kind: "finished", step: 20, steps: 20, reason: "steps" });
    expect(await state(9 * MINUTE)).toBe("finished");
  });

  it("of very many steps has a curve that can be drawn, from the first to the last", async () => {
    const folder = temporaryFolder();
    const line = (step: number) =>
      `{"kind":"step","step":${step},"steps":9999,"loss":${step % 2},"tokens":1,"tokensPerSecond":1,"learningRate":1,"gradientNorm":1,"elapsedSeconds":1,"remainingSeconds":1,"at":1}\n`;
    writeFileSync(
      join(folder, PROGRESS_FILE),
      Array.from({ length: 9999 }, (_, step) => line(step + 1)).join(""),
    );
    const [loss] = (await readTraining(join(folder, PROGRESS_FILE), 1)).curves;
    expect(loss?.points.length).toBeLessThanOrEqual(500);
    expect(loss?.points.at(-1)?.step).toBe(9999);
    expect(loss?.points[0]?.value).toBeCloseTo(0.5, 1);
  });
});
