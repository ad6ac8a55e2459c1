import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { readModel } from "../checkpoint.ts";
import type { Engine, TrainingJob } from "./engine.ts";
import { parseRecipe } from "./recipe.ts";
import { trainNano } from "./train.ts";

const recipe = parseRecipe({
  name: "small",
  tokenizer: fileURLToPath(new URL("../../../recipes/tokenizer.json", import.meta.url)),
  model: { hidden: 16, layers: 1, heads: 2, intermediate: 24, context: 128 },
  data: { families: { addition: 1 }, tokens: 4096, validationTokens: 1024 },
  optimiser: { batchTokens: 1024 },
});
const cache = await mkdtemp(join(tmpdir(), "train-data-"));
let out = "";
const jobs: TrainingJob[] = [];
const engine: Engine = {
  name: "scripted",
  async train(job) {
    jobs.push(job);
    return { kind: "finished", step: 4, steps: 4, reason: "steps" };
  },
};

beforeEach(async () => {
  out = join(await mkdtemp(join(tmpdir(), "train-")), "out");
  jobs.length = 0;
});

describe("trainNano", () => {
  it("gives the engine a loadable model of step 0 and the data, and tells how far the data is", async () => {
    const told: string[] = [];
    const outcome = await trainNano({
      recipe,
      engine,
      out,
      cache,
      onProgress: ({ kind }) => told.push(kind),
    });
    expect(outcome.step).toBe(4);
    const { config, tokenizer } = await readModel(out);
    expect(config.vocab_size % 64).toBe(0);
    expect(config.vocab_size).toBeGreaterThanOrEqual(tokenizer.size);
    expect(await readdir(join(out, "checkpoints"))).toEqual(["step-00000000"]);
    expect(await readdir(jobs[0]?.data ?? "")).toContain("index.json");
    expect(new Set(told)).toEqual(new Set(["data"]));
  });

  it("goes on with the same data when it is told to resume, and refuses when it is not", async () => {
    await trainNano({ recipe, engine, out, cache });
    await expect(trainNano({ recipe, engine, out, cache })).rejects.toThrow(
      /holds a training already: resume it/,
    );
    await trainNano({ recipe, engine, out, cache, resume: true });
    expect(jobs[1]?.data).toBe(jobs[0]?.data);
  });

  it("refuses to resume by another recipe", async () => {
    await trainNano({ recipe, engine, out, cache });
    const other = parseRecipe({ ...recipe, seed: 2 });
    await expect(trainNano({ recipe: other, engine, out, cache, resume: true })).rejects.toThrow(
      /by another recipe/,
    );
  });

  it("refuses to resume when its data is gone and cannot be made again", async () => {
    await trainNano({ recipe, engine, out, cache });
    await writeFile(join(out, "data.json"), JSON.stringify({ key: "written-by-an-older-gym" }));
    await expect(trainNano({ recipe, engine, out, cache, resume: true })).rejects.toThrow(
      /the gym has changed/,
    );
  });
});
