import { mkdir, mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  readModel,
  readNewestCheckpoint,
  writeCheckpoint,
  writeModelFiles,
  writeWeights,
} from "./checkpoint.ts";
import { configOf } from "./config.ts";
import { initialWeights } from "./initial-weights.ts";
import { Tokenizer } from "./tokenizer.ts";
import { tokenizerFile } from "./tokenizer-file.ts";

const file = tokenizerFile([" larger"]);
const { special } = new Tokenizer(file);
const size = { hidden: 16, layers: 1, heads: 2, intermediate: 24, context: 32, ropeTheta: 10_000 };
const config = configOf(size, 320, special);
const weights = initialWeights(config, 1);
const stateAt = (step: number) => ({
  step,
  row: step * 8,
  tokens: step * 256,
  elapsedSeconds: step,
  seed: 1,
});

async function trainingFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "checkpoint-"));
  await writeModelFiles(folder, config, JSON.stringify(file));
  return folder;
}

describe("a model folder", () => {
  it("gives back the model that was written", async () => {
    const folder = await trainingFolder();
    await writeWeights(folder, weights, "F32");
    const model = await readModel(folder);
    expect(model.config).toEqual(config);
    expect(model.weights).toEqual(weights);
    expect(model.tokenizer.size).toBe(265);
  });

  it("is refused with the name of the weight that does not fit its configuration", async () => {
    const folder = await trainingFolder();
    await writeWeights(folder, initialWeights({ ...config, intermediate_size: 32 }, 1), "BF16");
    await expect(readModel(folder)).rejects.toThrow(/gate_proj.weight is 32x16, expected 24x16/);
  });

  it("is refused with the setting that nano does not implement", async () => {
    const folder = await trainingFolder();
    await writeFile(join(folder, "config.json"), JSON.stringify({ ...config, attention_bias: true }));
    await expect(readModel(folder)).rejects.toThrow(/config.json is not a nano model: attention_bias/);
  });
});

describe("checkpoints", () => {
  it("come back whole, the newest first, and old ones go", async () => {
    const folder = await trainingFolder();
    for (const step of [0, 10, 20]) {
      const moments = new Map(step === 0 ? [] : [["m.model.norm.weight", weights.get("model.norm.weight")!]]);
      await writeCheckpoint(folder, { weights, moments, state: stateAt(step) }, 2);
    }
    expect(await readdir(join(folder, "checkpoints"))).toEqual(["step-00000010", "step-00000020"]);
    const newest = await readNewestCheckpoint(folder);
    expect(newest?.state).toEqual(stateAt(20));
    expect(newest?.weights).toEqual(weights);
    expect([...(newest?.moments.keys() ?? [])]).toEqual(["m.model.norm.weight"]);
    expect((await readModel(folder)).weights).toEqual(weights);
  });

  it("that were cut short while being written are not taken for whole", async () => {
    const folder = await trainingFolder();
    await writeCheckpoint(folder, { weights, moments: new Map(), state: stateAt(5) }, 2);
    await mkdir(join(folder, "checkpoints", "step-00000009.partial"));
    expect((await readNewestCheckpoint(folder))?.state.step).toBe(5);
  });

  it("are undefined in a folder that has none", async () => {
    expect(await readNewestCheckpoint(await trainingFolder())).toBeUndefined();
  });
});
