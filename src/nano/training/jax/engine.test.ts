import { spawn, spawnSync } from "node:child_process";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { readNewestCheckpoint, type Weights } from "../../checkpoint.ts";
import type { TrainingEvent, TrainingJob } from "../engine.ts";
import { torchEngine } from "../torch/engine.ts";
import { copyRecipe, prepareCopyTraining } from "./copy-training.ts";
import { jaxEngineWith } from "./engine.ts";

const recipe = { ...copyRecipe, training: { ...copyRecipe.training, checkpointMinutes: 1e-9 } };
const root = await mkdtemp(join(tmpdir(), "jax-"));
const untrained = await prepareCopyTraining(join(root, "untrained"), recipe);

const fresh = async (name: string): Promise<TrainingJob> => {
  const folder = join(root, name);
  await cp(untrained.folder, folder, { recursive: true });
  return { ...untrained, folder };
};
const trained = async (job: TrainingJob, threads = 1) => {
  const events: TrainingEvent[] = [];
  const outcome = await jaxEngineWith({ threads }).train({
    ...job,
    onProgress: (event) => events.push(event),
  });
  const checkpoint = await readNewestCheckpoint(job.folder);
  return {
    events,
    outcome,
    weights: checkpoint?.weights,
    state: checkpoint?.state,
    moments: checkpoint?.moments,
  };
};
const largestDifference = (one: Weights | undefined, other: Weights | undefined): number => {
  let largest = one?.size && one.size === other?.size ? 0 : Number.NaN;
  for (const [name, { data }] of one ?? []) {
    data.forEach((value, index) => {
      largest = Math.max(largest, Math.abs(value - (other?.get(name)?.data[index] ?? Number.NaN)));
    });
  }
  return largest;
};

describe("jaxEngine", { timeout: 300_000 }, () => {
  const whole = fresh("whole").then((job) => trained(job));

  it("learns to copy, and tells its progress", async () => {
    const { events, outcome, state } = await whole;
    expect(outcome).toEqual({ kind: "finished", step: 30, steps: 30, reason: "steps" });
    expect(state).toMatchObject({ step: 30, row: 240, tokens: 30 * 192, seed: 3 });
    const losses = events.flatMap((event) => (event.kind === "step" ? [event.loss] : []));
    expect(losses).toHaveLength(30);
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) * 0.5);
    const validation = events.flatMap((event) => (event.kind === "validation" ? [event.loss] : []));
    expect(validation).toHaveLength(3);
    expect(validation[2]).toBeLessThan(validation[0] ?? 0);
  });

  it("gives the same weights to the bit with two threads as with one", async () => {
    const two = await trained(await fresh("two"), 2);
    expect(two.weights).toEqual((await whole).weights);
    expect(two.moments).toEqual((await whole).moments);
  });

  it("gives the same weights to the bit when it is stopped and resumed", async () => {
    const job = await fresh("stopped");
    const stop = new AbortController();
    const onProgress = (event: TrainingEvent) => {
      if (event.kind === "step" && event.step === 7) stop.abort();
    };
    const outcome = await jaxEngineWith({ threads: 1 }).train({ ...job, signal: stop.signal, onProgress });
    expect(outcome).toMatchObject({ step: 7, reason: "stopped" });
    expect((await trained(job)).weights).toEqual((await whole).weights);
  });

  it("gives the same weights to the bit when it is killed and resumed", async () => {
    const job = await fresh("killed");
    const engine = new URL("./engine.ts", import.meta.url).href;
    const program = `import { jaxEngineWith } from ${JSON.stringify(engine)};
      const onProgress = ({ kind, step }) => kind === "checkpoint" && console.log(step);
      await jaxEngineWith({ threads: 1 }).train({ ...${JSON.stringify(job)}, onProgress });`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program]);
    const ended = new Promise((resolve) => child.once("exit", (_, signal) => resolve(signal)));
    child.stdout.on("data", (text: Buffer) => {
      // Somewhere within a step or the writing of the checkpoint after it.
      if (/^5$/m.test(String(text))) setTimeout(() => child.kill("SIGKILL"), 20);
    });
    expect(await ended).toBe("SIGKILL");
    expect((await trained(job)).weights).toEqual((await whole).weights);
    const left = await readdir(join(job.folder, "checkpoints"));
    expect(left.filter((name) => name.endsWith("00030"))).toHaveLength(1);
  });

  it("says what to do when the folder holds no checkpoint or the data is gone", async () => {
    const job = await fresh("empty");
    await expect(trained({ ...job, data: join(root, "nowhere") })).rejects.toThrow(
      /holds no training data: start/,
    );
    await rm(join(job.folder, "checkpoints"), { recursive: true });
    await expect(trained(job)).rejects.toThrow(/holds no checkpoint to train from/);
  });
});

const python = process.env.SOJOURN_PYTHON || "python3";
const hasTorch = spawnSync(python, ["-c", "import torch, numpy, safetensors"]).status === 0;

describe.skipIf(!hasTorch)(
  "jaxEngine beside torchEngine (needs torch in SOJOURN_PYTHON)",
  { timeout: 300_000 },
  () => {
    it("agrees on the losses of twenty steps and on every weight after them", async () => {
      vi.stubEnv("SOJOURN_TORCH_COMPILE", "off");
      const job = { ...(await fresh("jax")), maxSteps: 20 };
      const ours = await trained(job);
      const losses: number[] = [];
      const torchJob = await fresh("torch");
      const onProgress = (event: TrainingEvent) => void (event.kind === "step" && losses.push(event.loss));
      await torchEngine.train({ ...torchJob, maxSteps: 20, onProgress });
      const theirs = await readNewestCheckpoint(torchJob.folder);
      const ourLosses = ours.events.flatMap((event) => (event.kind === "step" ? [event.loss] : []));
      expect(losses).toHaveLength(20);
      // The same loss at every step: the same rows in the same order.
      for (const [step, loss] of losses.entries()) expect(ourLosses[step]).toBeCloseTo(loss, 3);
      expect(theirs?.state).toMatchObject({ step: 20, row: 160 });
      expect(largestDifference(ours.weights, theirs?.weights)).toBeLessThan(1e-3);
    });
  },
);
