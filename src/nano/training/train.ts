import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../../thought/errors.ts";
import { checkpointFolders, writeCheckpoint, writeModelFiles } from "../checkpoint.ts";
import { configOf } from "../config.ts";
import { initialWeights } from "../initial-weights.ts";
import { Tokenizer } from "../tokenizer.ts";
import type { Engine, TrainingEvent, TrainingOutcome } from "./engine.ts";
import type { Recipe } from "./recipe.ts";
import { dataKey, readDataIndex, writeShards } from "./write-shards.ts";

/** Options of {@link trainNano}. */
export interface TrainNanoOptions {
  /** As read by `readRecipe`. */
  readonly recipe: Recipe;
  readonly engine: Engine;
  /** Training folder; afterwards also a model folder in Hugging Face form. */
  readonly out: string;
  /** Go on from the newest checkpoint in `out` if it has one. Default false: refuse a folder that has one. */
  readonly resume?: boolean;
  /** Where shards are kept and found again. Default `.cache/nano-shards`. */
  readonly cache?: string;
  readonly maxSeconds?: number;
  readonly maxSteps?: number;
  readonly onProgress?: (event: TrainingEvent) => void;
  readonly signal?: AbortSignal;
}

/**
 * Trains a nano model by a recipe: writes the shards that are not there yet, prepares the folder (model files, weights of
 * step 0), and lets the engine train from the newest checkpoint. `out` holds a loadable model from the start, refreshed with
 * each checkpoint. Throws {@link InputError} if `out` holds another training or one that `resume` does not allow to go on.
 */
export async function trainNano(options: TrainNanoOptions): Promise<TrainingOutcome> {
  const { recipe, engine, out, signal, onProgress } = options;
  await prepareFolder(out, recipe, options.resume ?? false);
  const data = await dataFolder(out, recipe, options.cache ?? join(".cache", "nano-shards"));
  await writeShards(recipe, data, {
    ...(signal && { signal }),
    onProgress: (done, all) => onProgress?.({ kind: "data", done, all }),
  });
  return engine.train({
    folder: out,
    data,
    recipe,
    ...(options.maxSeconds !== undefined && { maxSeconds: options.maxSeconds }),
    ...(options.maxSteps !== undefined && { maxSteps: options.maxSteps }),
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  });
}

async function prepareFolder(out: string, recipe: Recipe, resume: boolean): Promise<void> {
  const recipePath = join(out, "recipe.json");
  const recipeText = `${JSON.stringify({ ...recipe, tokenizer: "tokenizer.json" }, null, 2)}\n`;
  if ((await checkpointFolders(out)).length > 0) {
    if (!resume) throw new InputError(`${out} holds a training already: resume it, or choose another folder`);
    if ((await readFile(recipePath, "utf8")) === recipeText) return;
    throw new InputError(`${out} was trained by another recipe (see its recipe.json): choose another folder`);
  }
  await mkdir(out, { recursive: true });
  const tokenizer = await Tokenizer.read(recipe.tokenizer);
  const config = configOf(recipe.model, Math.ceil(tokenizer.size / 64) * 64, tokenizer.special);
  await writeModelFiles(out, config, await readFile(recipe.tokenizer, "utf8"));
  await writeFile(recipePath, recipeText);
  const state = { step: 0, row: 0, tokens: 0, elapsedSeconds: 0, seed: recipe.seed };
  const weights = initialWeights(config, recipe.seed);
  await writeCheckpoint(out, { weights, moments: new Map(), state }, recipe.training.keepCheckpoints);
}

const dataSchema = z.object({ key: z.string() });

/** Where the data of a training lies. A resumed one keeps its data, even if the gym would write other problems today. */
async function dataFolder(out: string, recipe: Recipe, cache: string): Promise<string> {
  const path = join(out, "data.json");
  const key = await dataKey(recipe);
  const text = await readFile(path, "utf8").catch(() => undefined);
  const begun = text === undefined ? key : dataSchema.parse(JSON.parse(text)).key;
  if (begun !== key && (await readDataIndex(join(cache, begun))) === undefined) {
    throw new InputError(
      `the data of ${out} is no longer in ${cache} and the gym has changed: train in another folder`,
    );
  }
  await writeFile(path, `${JSON.stringify({ key: begun })}\n`);
  return join(cache, begun);
}
