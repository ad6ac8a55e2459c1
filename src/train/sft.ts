import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { readModel, writeModelFiles } from "../nano/checkpoint.ts";
import type { NanoConfig } from "../nano/config.ts";
import type { Engine, TrainingOutcome } from "../nano/training/engine.ts";
import { parseRecipe, type Recipe } from "../nano/training/recipe.ts";
import { InputError } from "../thought/errors.ts";
import { type Beginning, identityOf, prepareTraining, readBeginning } from "./beginning.ts";
import { readData, type Thought, thoughtSchema } from "./data.ts";
import { limitsOf, type MethodJob } from "./method-job.ts";
import { packThoughts } from "./pack-thoughts.ts";
import type { RecipeOf } from "./recipe.ts";

/**
 * Supervised fine-tuning on data set files, one stage after the other, each beginning with the weights that the one before it
 * ended with. Each stage is a training folder of its own in `out`, a finished one is not repeated, and `out` holds the newest
 * model.
 */
export async function trainStages(job: MethodJob<RecipeOf<"sft">>): Promise<TrainingOutcome> {
  const { recipe, out, onProgress } = job;
  const files = await Promise.all(recipe.stages.map(({ data }) => readData(data, thoughtSchema)));
  refuseForeign(out, job.resume ?? false);
  let outcome: TrainingOutcome | undefined;
  let from: string | undefined;
  for (const [number, stage] of recipe.stages.entries()) {
    const folder = join(out, `stage-${number + 1}`);
    const { lines = [], sha256 = "" } = files[number] ?? {};
    onProgress?.({
      kind: "note",
      text: `stage ${number + 1} of ${recipe.stages.length}: ${lines.length} thoughts`,
    });
    const { optimiser, ...amount } = stage;
    const stageRecipe = { ...recipe, stages: [stage], optimiser: { ...recipe.optimiser, ...optimiser } };
    const begun = from;
    outcome = await imitate({
      ...{ job, folder, thoughts: lines, amount, seed: `${recipe.seed}/${number}` },
      identity: identityOf(stageRecipe, [sha256]),
      optimiser: stageRecipe.optimiser,
      beginning: () => readBeginning(begun === undefined ? recipe : { from: begun, seed: recipe.seed }),
    });
    await showModel(folder, out);
    if (outcome.step < outcome.steps) return outcome;
    from = folder;
  }
  if (outcome === undefined) throw new InputError("the recipe has no stage: name one with its data");
  return outcome;
}

/** A folder with a training that may not be gone on with, or with one of another kind, is refused. */
export function refuseForeign(out: string, resume: boolean): void {
  if (existsSync(join(out, "stage-1")) && !resume)
    throw new InputError(`${out} holds a training already: resume it, or choose another folder`);
  if (existsSync(join(out, "checkpoints")))
    throw new InputError(`${out} holds a training of another kind: choose another folder`);
}

/** One training by likelihood: what to imitate, and from where. */
export interface Imitation {
  readonly job: MethodJob;
  readonly folder: string;
  readonly thoughts: readonly Thought[];
  readonly amount: { readonly epochs?: number | undefined; readonly tokens?: number | undefined };
  readonly seed: string;
  readonly identity: unknown;
  readonly optimiser: Recipe["optimiser"];
  beginning(): Promise<Beginning>;
}

/** Trains a model to imitate thoughts, in a folder of its own. */
export async function imitate(imitation: Imitation): Promise<TrainingOutcome> {
  const { job, folder, thoughts, amount, seed, identity, optimiser } = imitation;
  const { recipe, onProgress } = job;
  const { training } = recipe;
  const { config, tokenizer } = await prepareTraining({
    ...{ out: folder, resume: true, identity, seed: recipe.seed },
    ...{ keepCheckpoints: training.keepCheckpoints, beginning: imitation.beginning },
  });
  const context = config.max_position_embeddings;
  const least = context * training.logicalShards;
  const batchTokens = Math.max(1, Math.round(optimiser.batchTokens / least)) * least;
  const data = join(folder, "data");
  const packed = await packThoughts(data, thoughts, {
    ...{ tokenizer, context, batchRows: batchTokens / context, seed },
    ...{ epochs: amount.epochs ?? 1, tokens: amount.tokens },
  });
  if (packed.skipped > 0) {
    onProgress?.({
      kind: "note",
      text: `${packed.skipped} thoughts are longer than ${context} tokens and left out`,
    });
  }
  const engine = job.engine ?? (await jaxEngine(job.threads));
  const engineRecipe = parseRecipe({
    ...{ name: recipe.name, seed: recipe.seed, tokenizer: "tokenizer.json", model: sizeOf(config) },
    data: { families: {}, tokens: packed.rows * context },
    optimiser: { ...optimiser, batchTokens },
    training,
  });
  // Where the torch engine reads it.
  await writeFile(join(folder, "recipe.json"), `${JSON.stringify(engineRecipe, null, 2)}\n`);
  return engine.train({ ...limitsOf(job), folder, data, recipe: engineRecipe });
}

async function jaxEngine(threads = availableParallelism()): Promise<Engine> {
  return (await import("../nano/training/jax/engine.ts")).jaxEngineWith({ threads });
}

function sizeOf(config: NanoConfig): Recipe["model"] {
  return {
    ...{ hidden: config.hidden_size, layers: config.num_hidden_layers, heads: config.num_attention_heads },
    ...{ intermediate: config.intermediate_size, context: config.max_position_embeddings },
    ropeTheta: config.rope_theta,
  };
}

/** Makes the model in one folder also that of another. */
export async function showModel(from: string, to: string): Promise<void> {
  const { config } = await readModel(from);
  await mkdir(to, { recursive: true });
  await writeModelFiles(to, config, await readFile(join(from, "tokenizer.json"), "utf8"));
  await cp(join(from, "model.safetensors"), join(to, "model.safetensors.partial"));
  await rename(join(to, "model.safetensors.partial"), join(to, "model.safetensors"));
}
