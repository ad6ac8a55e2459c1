import { type ChildProcess, fork } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { example } from "../../problems/gym/gym.ts";
import { FailureError } from "../../thought/errors.ts";
import type { Recipe } from "./recipe.ts";
import { type Shard, type ShardOrder, shardSchema } from "./shard.ts";

/** The index of a data folder: `index.json`, written last, so that a folder that has one is whole. */
export const dataIndexSchema = z.object({
  context: z.number().int(),
  train: z.array(shardSchema),
  validation: z.array(shardSchema),
});

/** A parsed `index.json`, see {@link dataIndexSchema}. */
export type DataIndex = z.infer<typeof dataIndexSchema>;

/** Options of {@link writeShards}. */
export interface WriteShardsOptions {
  /** Worker processes; default one a core. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  /** Told how many of all shards are written. */
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * Makes sure that a recipe's shards are on disk in `folder`, made in worker processes. A folder that has its index is
 * whole and stays as it is. The shards do not depend on the number of workers.
 */
export async function writeShards(
  recipe: Recipe,
  folder: string,
  options: WriteShardsOptions = {},
): Promise<DataIndex> {
  const finished = await readDataIndex(folder);
  if (finished !== undefined) return finished;
  const orders = shardOrders(recipe);
  await mkdir(folder, { recursive: true });
  const shards = await inWorkers(
    orders.map((order) => ({ folder, tokenizer: recipe.tokenizer, order })),
    options,
  );
  const index: DataIndex = {
    context: recipe.model.context,
    train: shards.filter((_, at) => orders[at]?.split === "train"),
    validation: shards.filter((_, at) => orders[at]?.split === "validation"),
  };
  await writeFile(join(folder, "index.json"), `${JSON.stringify(index, null, 2)}\n`);
  return index;
}

/** Reads the index of a data folder; undefined when there is no whole one. */
export async function readDataIndex(folder: string): Promise<DataIndex | undefined> {
  try {
    return dataIndexSchema.parse(JSON.parse(await readFile(join(folder, "index.json"), "utf8")));
  } catch {
    return undefined;
  }
}

/** The shards a recipe asks for: those for training, easiest first, then one for validation at full difficulty. */
export function shardOrders(recipe: Recipe): ShardOrder[] {
  const { data, model, seed } = recipe;
  const { context } = model;
  const common = { context, seed, families: data.families, styles: data.styles };
  const rowsInAll = Math.ceil(Math.min(data.tokens, data.distinctTokens ?? data.tokens) / context);
  const shardRows = Math.max(1, Math.floor(data.shardTokens / context));
  const shards = Math.ceil(rowsInAll / shardRows);
  const orders: ShardOrder[] = [];
  for (let ordinal = 0; ordinal < shards; ordinal++) {
    const rows = Math.min(shardRows, rowsInAll - ordinal * shardRows);
    const risen = Math.min(1, ordinal / shards / Math.max(data.curriculum.over, 1e-9));
    const difficulty = data.curriculum.from + (data.curriculum.to - data.curriculum.from) * risen;
    orders.push({ ...common, split: "train", ordinal, rows, difficulty });
  }
  const rows = Math.ceil(data.validationTokens / context);
  return [...orders, { ...common, split: "validation", ordinal: 0, rows, difficulty: data.curriculum.to }];
}

/** A name for a recipe's data by what decides it: the recipe, the tokenizer, and what the gym writes at present. */
export async function dataKey(recipe: Recipe): Promise<string> {
  const probe = Object.keys(recipe.data.families).flatMap((family) =>
    [0, 1, 2, 3].map((index) => example({ family, split: "train", seed: 0, index, style: "trace" })),
  );
  const tokenizer = await readFile(recipe.tokenizer, "utf8");
  return createHash("sha256")
    .update(JSON.stringify([shardOrders(recipe), probe, tokenizer]))
    .digest("hex")
    .slice(0, 16);
}

// Beside this file in the source as in the built package, with the same extension.
const workerFile = fileURLToPath(import.meta.url).replace(/[^/\\]*(\.\w+)$/, "shard.worker$1");

/** What a worker process is asked for. */
interface ShardRequest {
  readonly folder: string;
  readonly tokenizer: string;
  readonly order: ShardOrder;
}

const replySchema = z.union([z.object({ shard: shardSchema }), z.object({ failed: z.string() })]);

/** Runs the requests in worker processes, each worker taking the next when it is free; results in the order of requests. */
async function inWorkers(requests: readonly ShardRequest[], options: WriteShardsOptions): Promise<Shard[]> {
  const shards: Shard[] = [];
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    const worker = fork(workerFile, {
      execArgv: workerFile.endsWith(".ts") ? ["--import", import.meta.resolve("tsx")] : [],
    });
    const stop = () => void worker.kill();
    options.signal?.addEventListener("abort", stop);
    try {
      for (let at = next++; at < requests.length; at = next++) {
        options.signal?.throwIfAborted();
        shards[at] = await ask(worker, requests[at] as ShardRequest);
        options.onProgress?.(++done, requests.length);
      }
    } finally {
      options.signal?.removeEventListener("abort", stop);
      worker.kill();
    }
  };
  const workers = Math.min(options.workers ?? availableParallelism(), requests.length);
  await Promise.all(Array.from({ length: workers }, work));
  return shards;
}

function ask(worker: ChildProcess, request: ShardRequest): Promise<Shard> {
  return new Promise((resolve, reject) => {
    worker.removeAllListeners();
    worker.once("error", reject);
    worker.once("exit", () => reject(new FailureError("a data worker stopped before its shard was written")));
    worker.once("message", (message) => {
      const reply = replySchema.parse(message);
      if ("shard" in reply) resolve(reply.shard);
      else reject(new FailureError(`writing training data failed: ${reply.failed}`));
    });
    worker.send(request);
  });
}
