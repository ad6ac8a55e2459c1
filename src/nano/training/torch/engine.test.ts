import { spawnSync } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { readNewestCheckpoint } from "../../checkpoint.ts";
import type { TrainingEvent } from "../engine.ts";
import { parseRecipe } from "../recipe.ts";
import { trainNano } from "../train.ts";
import { torchEngine } from "./engine.ts";

const recipe = parseRecipe({
  name: "small",
  tokenizer: fileURLToPath(new URL("../../../../recipes/tokenizer.json", import.meta.url)),
  model: { hidden: 32, layers: 2, heads: 2, intermediate: 48, context: 128 },
  data: { families: { addition: 1 }, tokens: 24 * 1024, validationTokens: 1024 },
  optimiser: { batchTokens: 1024, warmUpSteps: 4, learningRate: 0.01 },
  training: { reportSteps: 1, validationSteps: 8, validationRows: 8 },
});
const folder = await mkdtemp(join(tmpdir(), "torch-"));
const cache = join(folder, "data");

describe("torchEngine without torch", () => {
  it("says what to install when there is no Python", async () => {
    vi.stubEnv("SOJOURN_PYTHON", join(folder, "no-python"));
    const training = trainNano({ recipe, engine: torchEngine, out: join(folder, "none"), cache });
    await expect(training).rejects.toThrow(/cannot start .*no-python: install Python 3 with torch/);
  });
});

const python = process.env.SOJOURN_PYTHON || "python3";
const hasTorch = spawnSync(python, ["-c", "import torch, numpy, safetensors"]).status === 0;

describe.skipIf(!hasTorch)("torchEngine (needs torch in SOJOURN_PYTHON)", { timeout: 300_000 }, () => {
  const train = async (name: string, maxSteps?: number, resume = false) => {
    const events: TrainingEvent[] = [];
    const out = join(folder, name);
    const limits = maxSteps === undefined ? {} : { maxSteps };
    vi.stubEnv("SOJOURN_TORCH_COMPILE", "off");
    await trainNano({
      recipe,
      engine: torchEngine,
      out,
      cache,
      resume,
      ...limits,
      onProgress: (event) => events.push(event),
    });
    return { events, checkpoint: await readNewestCheckpoint(out) };
  };

  it("learns, and a stopped and resumed training ends with the same weights as an unbroken one", async () => {
    const whole = await train("whole");
    const losses = whole.events.flatMap((event) => (event.kind === "step" ? [event.loss] : []));
    expect(losses).toHaveLength(24);
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) * 0.7);

    const begun = await train("broken", 9);
    expect(begun.checkpoint?.state).toMatchObject({ step: 9, row: 72, tokens: 9 * 1024, seed: 1 });
    const resumed = await train("broken", undefined, true);
    expect(resumed.checkpoint?.weights).toEqual(whole.checkpoint?.weights);
    expect(resumed.checkpoint?.moments).toEqual(whole.checkpoint?.moments);
  });

  it("keeps a checkpoint when it is aborted", async () => {
    const stop = new AbortController();
    const out = join(folder, "aborted");
    const outcome = await trainNano({
      recipe,
      engine: torchEngine,
      out,
      cache,
      signal: stop.signal,
      onProgress: (event) => event.kind === "step" && stop.abort(),
    });
    expect(outcome.reason).toBe("stopped");
    expect((await readNewestCheckpoint(out))?.state.step).toBe(outcome.step);
  });
});
