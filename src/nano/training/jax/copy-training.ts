import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Random } from "../../../thought/random.ts";
import { writeCheckpoint } from "../../checkpoint.ts";
import { configOf, type NanoConfig } from "../../config.ts";
import { initialWeights } from "../../initial-weights.ts";
import { type StoredTensor, writeSafetensors } from "../../safetensors.ts";
import type { TrainingJob } from "../engine.ts";
import type { PackedRows } from "../packing.ts";
import { parseRecipe, type Recipe } from "../recipe.ts";

const vocabulary = 64;
const symbols = 6;
const separator = 1;

/** Lengths of the examples in each four rows; those of the second row leave padding. */
const rowPattern = [[24], [20], [14, 10], [9, 8, 7]];

/** A recipe so small that its trainings take seconds: for tests of engines. Its data is not the gym's. */
export const copyRecipe: Recipe = parseRecipe({
  name: "copy",
  seed: 3,
  tokenizer: "tokenizer.json",
  model: { hidden: 32, layers: 2, heads: 2, intermediate: 48, context: 24 },
  data: { families: { copy: 1 }, tokens: 30 * 192 },
  optimiser: { batchTokens: 192, warmUpSteps: 5, learningRate: 0.01 },
  training: { logicalShards: 2, reportSteps: 1, validationSteps: 10, validationRows: 8 },
});

/** The configuration of {@link copyRecipe}'s model. */
export const copyConfig: NanoConfig = configOf(copyRecipe.model, vocabulary, { end: 4, pad: 0 });

/**
 * Rows in which a model is to copy: symbols, a separator, the same symbols; all is learnt that comes after the separator.
 * The number of rows must be a multiple of four.
 */
export function copyRows(rows: number, seed: number): PackedRows {
  const random = new Random(`copy/${seed}`);
  const { context } = copyRecipe.model;
  const size = rows * context;
  const packed = {
    rows,
    context,
    tokens: new Uint16Array(size),
    segments: new Uint8Array(size),
    mask: new Uint8Array(size),
  };
  for (let row = 0; row < rows; row++) {
    let start = row * context;
    for (const [segment, length] of (rowPattern[row % rowPattern.length] ?? []).entries()) {
      const given = Math.floor(length / 2);
      const word = Array.from({ length: given }, () => 5 + Math.floor(random.next() * symbols));
      const tokens = [...word, separator, ...word].slice(0, length);
      packed.tokens.set(tokens, start);
      packed.segments.fill(segment + 1, start, start + length);
      packed.mask.fill(1, start + given + 1, start + tokens.length);
      start += length;
    }
  }
  return packed;
}

/**
 * Prepares a training folder and a data folder by {@link copyRecipe}: two shards of training rows, which do not end where
 * batches end, and one of validation rows.
 */
export async function prepareCopyTraining(folder: string, recipe = copyRecipe): Promise<TrainingJob> {
  const data = join(folder, "data");
  await mkdir(data, { recursive: true });
  const shards = [
    ["train-0000.safetensors", copyRows(28, 1)],
    ["train-0001.safetensors", copyRows(20, 2)],
    ["validation-0000.safetensors", copyRows(8, 3)],
  ] as const;
  for (const [file, rows] of shards) await writeSafetensors(join(data, file), storedRows(rows));
  const [first, second, held] = shards.map(([file, { rows }]) => ({
    file,
    rows,
    filled: rows * 23,
    skipped: 0,
  }));
  const index = { context: recipe.model.context, train: [first, second], validation: [held] };
  await writeFile(join(data, "index.json"), JSON.stringify(index));
  await writeFile(join(folder, "config.json"), JSON.stringify(copyConfig));
  await writeFile(join(folder, "recipe.json"), JSON.stringify(recipe));
  const weights = initialWeights(copyConfig, recipe.seed);
  const state = { step: 0, row: 0, tokens: 0, elapsedSeconds: 0, seed: recipe.seed };
  await writeCheckpoint(folder, { weights, moments: new Map(), state }, recipe.training.keepCheckpoints);
  return { folder, data, recipe };
}

function storedRows({ rows, context, tokens, segments, mask }: PackedRows): Map<string, StoredTensor> {
  const shape = [rows, context];
  return new Map<string, StoredTensor>([
    ["tokens", { type: "U16", shape, bytes: new Uint8Array(tokens.buffer) }],
    ["segments", { type: "U8", shape, bytes: segments }],
    ["mask", { type: "U8", shape, bytes: mask }],
  ]);
}
