import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../thought/errors.ts";
import { type NanoConfig, nanoConfigSchema, tensorShapes } from "./config.ts";
import { chatTemplate, markers } from "./format.ts";
import {
  type FloatTensor,
  floatsOf,
  readSafetensors,
  storedFloats,
  writeSafetensors,
} from "./safetensors.ts";
import { Tokenizer } from "./tokenizer.ts";

/** Named weights, in the order of {@link tensorShapes}. */
export type Weights = ReadonlyMap<string, FloatTensor>;

/** A model as it lies in a folder in Hugging Face form. */
export interface Model {
  readonly config: NanoConfig;
  readonly tokenizer: Tokenizer;
  readonly weights: Weights;
  /** Another output layer than the tied embeddings, for forward passes alone: `[outputs, hidden]`, outputs a multiple of 8. */
  readonly output?: Float32Array;
}

/**
 * Reads a model folder (`config.json`, `tokenizer.json`, `model.safetensors`) and checks that each weight is there in
 * its shape. Throws {@link InputError} with the file and what is wrong with it.
 */
export async function readModel(folder: string): Promise<Model> {
  const config = await readConfig(folder);
  const [tokenizer, weights] = await Promise.all([
    Tokenizer.read(join(folder, "tokenizer.json")),
    readWeights(join(folder, "model.safetensors"), config),
  ]);
  if (tokenizer.size > config.vocab_size) {
    throw new InputError(
      `${folder}: the tokenizer has ${tokenizer.size} tokens, the model ${config.vocab_size}`,
    );
  }
  return { config, tokenizer, weights };
}

/** Reads and checks the `config.json` of a model folder. Throws {@link InputError}. */
export async function readConfig(folder: string): Promise<NanoConfig> {
  const path = join(folder, "config.json");
  const parsed = nanoConfigSchema.safeParse(await readJson(path));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new InputError(
    `${path} is not a nano model: ${first?.path.join(".")} ${first?.message.toLowerCase()}`,
  );
}

async function readWeights(path: string, config: NanoConfig): Promise<Weights> {
  const stored = await readSafetensors(path);
  const weights = new Map<string, FloatTensor>();
  for (const [name, shape] of tensorShapes(config)) {
    const tensor = stored.get(name);
    if (tensor?.shape.join() !== shape.join()) {
      throw new InputError(
        `${path}: ${name} is ${tensor?.shape.join("x") ?? "missing"}, expected ${shape.join("x")}`,
      );
    }
    weights.set(name, floatsOf(tensor));
  }
  return weights;
}

/** Writes what a model folder holds beside its weights, so that Hugging Face transformers can load and chat with it. */
export async function writeModelFiles(
  folder: string,
  config: NanoConfig,
  tokenizerText: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { bos_token_id, eos_token_id, pad_token_id } = config;
  const tokenizerConfig = {
    tokenizer_class: "PreTrainedTokenizerFast",
    pad_token: markers.pad,
    eos_token: markers.end,
    clean_up_tokenization_spaces: false,
    model_max_length: config.max_position_embeddings,
    chat_template: chatTemplate,
  };
  await writeJson(join(folder, "config.json"), config);
  await writeFile(join(folder, "tokenizer.json"), tokenizerText);
  await writeJson(join(folder, "tokenizer_config.json"), tokenizerConfig);
  await writeJson(join(folder, "generation_config.json"), { bos_token_id, eos_token_id, pad_token_id });
}

/** Writes the `model.safetensors` of a model folder; `BF16` halves the size and rounds. */
export async function writeWeights(folder: string, weights: Weights, type: "F32" | "BF16"): Promise<void> {
  await writeSafetensors(join(folder, "model.safetensors"), storedAll(weights, type));
}

/** The file of a process reward head, beside `model.safetensors`. */
export const headFile = "reward_head.safetensors";

/** Where training stands: with the weights and moments of the same step, all that a resumed training needs. */
export const trainerStateSchema = z.object({
  /** Optimiser steps taken. */
  step: z.number().int().nonnegative(),
  /** Rows of the training shards used so far, counted on through every epoch. */
  row: z.number().int().nonnegative(),
  /** Tokens of those rows, padding included. */
  tokens: z.number().int().nonnegative(),
  /** Seconds of training so far, over all resumptions. */
  elapsedSeconds: z.number().nonnegative(),
  /** Seed of the recipe; data order and initial weights follow from it. */
  seed: z.number().int(),
});

/** A parsed `trainer_state.json`, see {@link trainerStateSchema}. */
export type TrainerState = z.infer<typeof trainerStateSchema>;

/** The whole state of a training. */
export interface Checkpoint {
  readonly weights: Weights;
  /** Weights of the process reward head, where the model has one. */
  readonly head?: Weights;
  /** First (`m.NAME`) and second (`v.NAME`) moments of AdamW for each weight; empty before the first step. */
  readonly moments: Weights;
  readonly state: TrainerState;
}

/**
 * Writes `checkpoints/step-NNNNNNNN/` in a training folder: under another name first, then renamed, so that a folder of
 * that name is always whole. Then refreshes the folder's own `model.safetensors` and removes all but the newest `keep`.
 */
export async function writeCheckpoint(folder: string, checkpoint: Checkpoint, keep: number): Promise<void> {
  const final = join(folder, "checkpoints", `step-${String(checkpoint.state.step).padStart(8, "0")}`);
  const partial = `${final}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await writeWeights(partial, checkpoint.weights, "F32");
  if (checkpoint.moments.size > 0) {
    await writeSafetensors(join(partial, "optimizer.safetensors"), storedAll(checkpoint.moments, "F32"));
  }
  if (checkpoint.head) await writeSafetensors(join(partial, headFile), storedAll(checkpoint.head, "F32"));
  await writeJson(join(partial, "trainer_state.json"), checkpoint.state);
  await rm(final, { recursive: true, force: true });
  await rename(partial, final);
  for (const file of ["model.safetensors", ...(checkpoint.head ? [headFile] : [])]) {
    const model = join(folder, file);
    await cp(join(final, file), `${model}.partial`);
    await rename(`${model}.partial`, model);
  }
  for (const old of (await checkpointFolders(folder)).slice(0, -keep)) await rm(old, { recursive: true });
}

/** The newest whole checkpoint of a training folder, or undefined if it has none. */
export async function readNewestCheckpoint(folder: string): Promise<Checkpoint | undefined> {
  const newest = (await checkpointFolders(folder)).at(-1);
  if (newest === undefined) return undefined;
  const config = await readConfig(folder);
  const state = trainerStateSchema.parse(await readJson(join(newest, "trainer_state.json")));
  const weights = await readWeights(join(newest, "model.safetensors"), config);
  const files = await readdir(newest);
  const tensorsOf = async (file: string): Promise<Weights> => {
    const stored = files.includes(file) ? await readSafetensors(join(newest, file)) : new Map();
    return new Map(Array.from(stored, ([name, tensor]) => [name, floatsOf(tensor)]));
  };
  const moments = await tensorsOf("optimizer.safetensors");
  const head = await tensorsOf(headFile);
  return { weights, ...(head.size > 0 && { head }), moments, state };
}

/** The checkpoint folders of a training folder, oldest first. */
export async function checkpointFolders(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, "checkpoints")).catch(() => []);
  return names
    .filter((name) => /^step-\d{8}$/.test(name))
    .sort()
    .map((name) => join(folder, "checkpoints", name));
}

function storedAll(tensors: Weights, type: "F32" | "BF16") {
  return new Map(Array.from(tensors, ([name, tensor]) => [name, storedFloats(tensor, type)]));
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new InputError(`cannot read ${path}: name a folder that holds a trained model`, error);
  }
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}
