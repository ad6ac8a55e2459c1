import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  checkpointFolders,
  type Model,
  readModel,
  type Weights,
  writeCheckpoint,
  writeModelFiles,
  writeWeights,
} from "../nano/checkpoint.ts";
import { configOf } from "../nano/config.ts";
import { initialWeights } from "../nano/initial-weights.ts";
import { Tokenizer } from "../nano/tokenizer.ts";
import { InputError } from "../thought/errors.ts";
import type { MethodRecipe } from "./recipe.ts";

/** The model that a training begins with. */
export interface Beginning extends Model {
  readonly tokenizerText: string;
}

/** Reads the model in a recipe's `from`, or makes a fresh one of its size. Throws {@link InputError}. */
export async function readBeginning(
  recipe: Pick<MethodRecipe, "from" | "model" | "tokenizer" | "seed">,
): Promise<Beginning> {
  const { from, model, tokenizer: path = "", seed } = recipe;
  if (from !== undefined || model === undefined) return readFolder(from ?? "");
  const tokenizer = await Tokenizer.read(path);
  const config = configOf(model, Math.ceil(tokenizer.size / 64) * 64, tokenizer.special);
  return {
    ...{ config, tokenizer, weights: initialWeights(config, seed) },
    tokenizerText: await readFile(path, "utf8"),
  };
}

async function readFolder(folder: string): Promise<Beginning> {
  return {
    ...(await readModel(folder)),
    tokenizerText: await readFile(join(folder, "tokenizer.json"), "utf8"),
  };
}

/** What a training folder is prepared with. */
export interface Preparation {
  readonly out: string;
  readonly resume: boolean;
  /** All that decides the weights beside the model to begin with: the recipe, and hashes of its data. */
  readonly identity: unknown;
  readonly seed: number;
  readonly keepCheckpoints: number;
  /** Read where the training begins anew. */
  beginning(): Promise<Beginning>;
  /** Weights of a process reward head to begin with. */
  head?(model: Model): Weights;
}

/**
 * Makes a training folder with the model's files and a checkpoint of step 0, or finds the one to go on with. The model that it
 * began with stays in `beginning/`, so that nothing outside the folder is needed to resume. Throws {@link InputError} for a
 * folder that holds another training, or one that may not be resumed.
 */
export async function prepareTraining(preparation: Preparation): Promise<Beginning> {
  const { out, resume, identity, seed, keepCheckpoints } = preparation;
  const kept = join(out, "beginning");
  const identityPath = join(out, "training.json");
  const identityText = `${JSON.stringify(identity, null, 2)}\n`;
  if ((await checkpointFolders(out)).length > 0) {
    if (!resume) throw new InputError(`${out} holds a training already: resume it, or choose another folder`);
    if ((await readFile(identityPath, "utf8").catch(() => "")) === identityText) return readFolder(kept);
    throw new InputError(
      `${out} was trained by another recipe or other data (see its training.json): choose another folder`,
    );
  }
  const beginning = await preparation.beginning();
  const { config, weights, tokenizerText } = beginning;
  await mkdir(out, { recursive: true });
  for (const folder of [kept, out]) await writeModelFiles(folder, config, tokenizerText);
  await writeWeights(kept, weights, "F32");
  await writeFile(identityPath, identityText);
  const head = preparation.head?.(beginning);
  const state = { step: 0, row: 0, tokens: 0, elapsedSeconds: 0, seed };
  await writeCheckpoint(out, { weights, ...(head && { head }), moments: new Map(), state }, keepCheckpoints);
  return beginning;
}

/** A recipe as it is kept with a training: without paths, since files may be moved, and with hashes of its data. */
export function identityOf(recipe: MethodRecipe, hashes: readonly string[]): unknown {
  const { from: _from, tokenizer: _tokenizer, trl: _trl, openai: _openai, ...rest } = recipe;
  const text = JSON.stringify(rest, (key, value: unknown) =>
    key === "data" || key === "heldOut" ? undefined : value,
  );
  return { ...(JSON.parse(text) as object), sha256: hashes };
}
