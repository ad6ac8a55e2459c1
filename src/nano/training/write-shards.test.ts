import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { Tokenizer } from "../tokenizer.ts";
import { parseRecipe } from "./recipe.ts";
import { readShard, writeShard } from "./shard.ts";
import { dataKey, shardOrders, writeShards } from "./write-shards.ts";

const tokenizer = fileURLToPath(new URL("../../../recipes/tokenizer.json", import.meta.url));
const recipe = parseRecipe({
  name: "small",
  tokenizer,
  model: { context: 256 },
  data: {
    families: { decimals: 1, addition: 1 },
    tokens: 40_000,
    shardTokens: 10_240,
    validationTokens: 2_560,
    curriculum: { from: 0, to: 1, over: 0.5 },
  },
});
const folder = await mkdtemp(join(tmpdir(), "shards-"));

describe("shardOrders", () => {
  it("raises the difficulty with the shards and validates at the end of the curriculum", () => {
    const orders = shardOrders(recipe);
    expect(orders.map(({ difficulty }) => difficulty)).toEqual([0, 0.5, 1, 1, 1]);
    expect(orders.map(({ split }) => split).slice(-2)).toEqual(["train", "validation"]);
    expect(orders.slice(0, -1).reduce((sum, { rows }) => sum + rows * 256, 0)).toBeGreaterThanOrEqual(40_000);
  });

  it("goes round again beyond the distinct tokens", () => {
    const fewer = parseRecipe({ ...recipe, data: { ...recipe.data, distinctTokens: 10_240 } });
    expect(shardOrders(fewer)).toHaveLength(2);
  });
});

describe("writeShard", () => {
  it("writes the same file for the same order, and reads it back", async () => {
    const [order] = shardOrders(recipe);
    const read = await Tokenizer.read(tokenizer);
    const shard = await writeShard(folder, read, order!);
    const first = await readFile(join(folder, shard.file));
    await writeShard(folder, read, order!);
    expect(await readFile(join(folder, shard.file))).toEqual(first);
    const packed = await readShard(join(folder, shard.file));
    expect([packed.rows, packed.context]).toEqual([40, 256]);
    expect(shard.filled / (40 * 256)).toBeGreaterThan(0.8);
    const learnt = packed.mask.reduce((sum, value) => sum + value, 0);
    expect(learnt / shard.filled).toBeGreaterThan(0.5);
    expect(packed.tokens[0]).toBe(read.special.user);
  });
});

describe("writeShards", () => {
  it("writes the same data with one worker as with two, and keeps what is whole", {
    timeout: 60_000,
  }, async () => {
    const contents = async (workers: number) => {
      const data = join(folder, `workers-${workers}`);
      const index = await writeShards(recipe, data, { workers });
      return Promise.all([...index.train, ...index.validation].map(({ file }) => readFile(join(data, file))));
    };
    expect(await contents(1)).toEqual(await contents(2));
    const whole = join(folder, "workers-1");
    await rm(join(whole, "train-0000.safetensors"));
    expect((await writeShards(recipe, whole)).train).toHaveLength(4);
  });

  it("names data by what decides it", async () => {
    const other = parseRecipe({ ...recipe, seed: 2 });
    expect(await dataKey(recipe)).toBe(await dataKey(parseRecipe({ ...recipe, optimiser: { clip: 2 } })));
    expect(await dataKey(recipe)).not.toBe(await dataKey(other));
  });
});
