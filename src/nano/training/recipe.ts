import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { InputError, messageOf } from "../../thought/errors.ts";

const count = z.number().int().positive();
const share = z.number().min(0).max(1);
const weight = z.number().nonnegative();

/** The size of a model, with defaults. */
export const modelSizeSchema = z
  .strictObject({
    hidden: count.default(160),
    layers: count.default(6),
    heads: count.default(5),
    intermediate: count.default(448),
    context: count.default(512),
    ropeTheta: z.number().positive().default(10_000),
  })
  .refine(({ hidden, heads }) => hidden % (2 * heads) === 0, "hidden must be a multiple of twice the heads");

/** How weights are changed: AdamW with a warm-up and a cosine, with defaults. */
export const optimiserSchema = z.strictObject({
  /** Peak of the schedule. */
  learningRate: z.number().positive().default(2e-3),
  /** Steps of linear warm-up, after which a cosine falls to `finalFraction` of the peak. */
  warmUpSteps: count.default(200),
  finalFraction: share.default(0.05),
  betas: z.tuple([share, share]).default([0.9, 0.98]),
  epsilon: z.number().positive().default(1e-8),
  /** Of matrices, embeddings included; norms do not decay. */
  weightDecay: z.number().nonnegative().default(0.1),
  /** Largest norm of the gradient over all weights. */
  clip: z.number().positive().default(1),
  batchTokens: count.default(16_384),
});

/** How a batch is shared out and how often a training reports and saves, with defaults. */
export const trainingSchema = z.strictObject({
  /** Parts of a batch whose gradients are summed in this order, however many workers there are. */
  logicalShards: count.default(2),
  checkpointMinutes: z.number().positive().default(10),
  keepCheckpoints: count.default(2),
  reportSteps: count.default(10),
  validationSteps: count.default(500),
  validationRows: count.default(256),
});

/** A recipe for training nano from scratch: everything that decides the weights, with defaults. */
export const recipeSchema = z.strictObject({
  /** Shown in reports. */
  name: z.string().min(1),
  /** Decides initial weights and data. */
  seed: z.number().int().default(1),
  /** Path of the `tokenizer.json`, relative to the recipe. */
  tokenizer: z.string(),
  model: modelSizeSchema.prefault({}),
  data: z.strictObject({
    /** Relative frequency of each gym family, in examples. */
    families: z.record(z.string(), weight),
    /** Relative frequency of each style of thought, and of each role's examples. */
    styles: z
      .strictObject({
        trace: weight.default(0.6),
        shortcut: weight.default(0.34),
        direct: weight.default(0.06),
        judge: weight.default(0),
        critic: weight.default(0),
        router: weight.default(0),
      })
      .prefault({}),
    /** Tokens trained on in all, padding included; a whole number of batches is used. */
    tokens: count,
    /** Tokens kept on disk for training; beyond these, training goes round again. Default: all of `tokens`. */
    distinctTokens: count.optional(),
    /** Tokens for the validation loss, of contents that are never trained on. */
    validationTokens: count.default(200_000),
    /** Tokens in one file. */
    shardTokens: count.default(1_000_000),
    /** Difficulty rises from `from` to `to` over the first `over` of the shards. */
    curriculum: z
      .strictObject({ from: share.default(0.2), to: share.default(1), over: share.default(0.3) })
      .prefault({}),
  }),
  optimiser: optimiserSchema.prefault({}),
  training: trainingSchema.prefault({}),
});

/** A recipe with all defaults filled in, see {@link recipeSchema}. */
export type Recipe = z.infer<typeof recipeSchema>;

/** Checks a recipe and fills in the defaults of what it leaves out. Throws {@link InputError}. */
export function parseRecipe(value: unknown): Recipe {
  const parsed = recipeSchema.safeParse(value);
  if (parsed.success) return checkedSizes(parsed.data);
  throw wrongRecipe(parsed.error);
}

/** What is wrong first with a recipe, as one line. */
export function wrongRecipe({ issues: [first] }: z.ZodError): InputError {
  return new InputError(`the recipe is wrong at ${first?.path.join(".") || "its top"}: ${first?.message}`);
}

function checkedSizes(recipe: Recipe): Recipe {
  const rows = recipe.optimiser.batchTokens / recipe.model.context;
  if (!Number.isInteger(rows / recipe.training.logicalShards)) {
    throw new InputError(
      "optimiser.batchTokens must be a multiple of model.context times training.logicalShards: change one of them",
    );
  }
  return recipe;
}

/** Reads a recipe in YAML; its tokenizer's path comes back absolute. Throws {@link InputError}. */
export async function readRecipe(path: string): Promise<Recipe> {
  const recipe = parseRecipe(await readYaml(path));
  return { ...recipe, tokenizer: resolve(dirname(path), recipe.tokenizer) };
}

/** Reads a recipe's file as it stands. Throws {@link InputError}. */
export async function readYaml(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new InputError(`cannot read the recipe ${path}: ${messageOf(error)}`, error);
  }
  try {
    return parse(text);
  } catch (error) {
    throw new InputError(`${path} is not YAML: ${messageOf(error)}`, error);
  }
}
