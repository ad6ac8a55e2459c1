import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { thoughtTokens } from "../nano/thought-tokens.ts";
import type { Tokenizer } from "../nano/tokenizer.ts";
import { type EncodedExample, Packer, reorderRows } from "../nano/training/packing.ts";
import { type Shard, storeRows } from "../nano/training/shard.ts";
import { type DataIndex, readDataIndex } from "../nano/training/write-shards.ts";
import { InputError } from "../thought/errors.ts";
import { Random } from "../thought/random.ts";
import type { Thought } from "./data.ts";

/** How thoughts are packed into rows. */
export interface PackOptions {
  readonly tokenizer: Tokenizer;
  readonly context: number;
  /** Rows of a batch: all rows together are a multiple of it. */
  readonly batchRows: number;
  readonly seed: string;
  /** How often each thought is learnt; in another order, and so in other company, each time. */
  readonly epochs: number;
  /** Stops after this many tokens, padding not counted. Default: after all epochs. */
  readonly tokens?: number | undefined;
}

/** What was packed: rows in all, and thoughts that are longer than the context and left out of each epoch. */
export interface PackedThoughts {
  readonly rows: number;
  readonly skipped: number;
}

/** Thoughts that are packed together. */
const chunk = 4096;

/**
 * Writes a data folder of shards, as the engines read it, from thoughts to imitate. The thought and the answer are learnt, the
 * question is given. A folder that has its index is whole and stays as it is. Throws {@link InputError} where no thought fits.
 */
export async function packThoughts(
  folder: string,
  thoughts: readonly Thought[],
  options: PackOptions,
): Promise<PackedThoughts> {
  const found = await readDataIndex(folder);
  if (found) return packedOf(found);
  const { tokenizer, context, batchRows } = options;
  const fitting = thoughts.map((each) => encode(tokenizer, each)).filter(({ ids }) => ids.length <= context);
  const skipped = thoughts.length - fitting.length;
  if (fitting.length === 0) {
    throw new InputError(
      `no thought fits into ${context} tokens: use shorter thoughts, or a model with more context`,
    );
  }
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const shards: Shard[] = [];
  const write = async (packer: Packer, used: number, random: Random): Promise<void> => {
    const packed = reorderRows(packer.packed, order(packer.packed.rows, used, random));
    const name = `train-${String(shards.length).padStart(4, "0")}.safetensors`;
    shards.push(await storeRows(partial, name, { ...packed, rows: used }, packer.placed, skipped));
  };
  let rows = 0;
  const chunks = [...chunksOf(fitting, options)];
  for (const [number, examples] of chunks.entries()) {
    const packer = new Packer(examples.length + batchRows, context, tokenizer.special.pad);
    for (const each of examples) packer.add(each);
    // The last batch is filled up with rows of padding.
    const filled = packer.started;
    const used =
      number === chunks.length - 1 ? Math.ceil((rows + filled) / batchRows) * batchRows - rows : filled;
    await write(packer, used, new Random(`${options.seed}/rows/${number}`));
    rows += used;
  }
  const index: DataIndex = { context, train: shards, validation: [] };
  await writeFile(join(partial, "index.json"), `${JSON.stringify(index, null, 2)}\n`);
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  return packedOf(index);
}

function packedOf({ train }: DataIndex): PackedThoughts {
  return { rows: train.reduce((sum, { rows }) => sum + rows, 0), skipped: train[0]?.skipped ?? 0 };
}

function encode(tokenizer: Tokenizer, thought: Thought): EncodedExample {
  const { ids, given } = thoughtTokens(tokenizer, thought);
  return { ids, learnt: ids.map((_, index) => (index < given ? 0 : 1)) };
}

/** The examples of all epochs, or as many as have the tokens that are wanted, in chunks that are packed by themselves. */
function* chunksOf(
  examples: readonly EncodedExample[],
  { seed, epochs, tokens = Number.POSITIVE_INFINITY }: PackOptions,
): Generator<EncodedExample[]> {
  let left = tokens;
  const last = Number.isFinite(tokens) ? Number.POSITIVE_INFINITY : epochs;
  for (let epoch = 0; epoch < last && left > 0; epoch++) {
    const shuffled = new Random(`${seed}/${epoch}`).shuffle(examples);
    for (let start = 0; start < shuffled.length && left > 0; start += chunk) {
      const some: EncodedExample[] = [];
      for (const each of shuffled.slice(start, start + chunk)) {
        if (left <= 0) break;
        some.push(each);
        left -= each.ids.length;
      }
      yield some;
    }
  }
}

/** The first `used` of `rows` in a random order, and then the rest. */
function order(rows: number, used: number, random: Random): number[] {
  const numbers = Array.from({ length: rows }, (_, row) => row);
  return [...random.shuffle(numbers.slice(0, used)), ...numbers.slice(used)];
}
