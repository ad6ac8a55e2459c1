import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import {
  modelSizeSchema,
  optimiserSchema,
  readYaml,
  trainingSchema,
  wrongRecipe,
} from "../nano/training/recipe.ts";
import { InputError } from "../thought/errors.ts";

const count = z.int().positive();
const file = z.string().min(1);

/** An optimiser's settings, with some defaults of a method's own. */
function optimiserWith(defaults: Partial<z.input<typeof optimiserSchema>>) {
  return z
    .record(z.string(), z.unknown())
    .prefault({})
    .transform((given) => ({ ...defaults, ...given }))
    .pipe(optimiserSchema);
}

/** Settings of the engine `trl`, for models that nano's engines cannot train. */
const trlSettingsSchema = z.strictObject({
  /** How weights are shared out: `fsdp`, DeepSpeed's `zero2` or `zero3`, or `none` for one process. */
  sharding: z.enum(["none", "fsdp", "zero2", "zero3"]).default("none"),
  machines: count.default(1),
  /** Processes over all machines, one for each GPU. Default: one. */
  processes: count.default(1),
  /** Bits of a number while training. */
  precision: z.enum(["no", "fp16", "bf16"]).default("bf16"),
  /** Examples of one process at once, and how often their gradients are added before a step. */
  batch: count.default(1),
  accumulation: count.default(8),
  maxLength: count.default(4096),
  /** Rank of low-rank adapters; without it all weights are trained. */
  loraRank: count.optional(),
  /** Any further setting of TRL's own, by its name there. It wins over what is written here. */
  extra: z.record(z.string(), z.unknown()).prefault({}),
});

/** Settings of the engine `openai`. */
const openaiSettingsSchema = z.strictObject({
  baseUrl: z.url().default("https://api.openai.com/v1"),
  /** The environment variable that holds the key. */
  apiKeyEnv: z.string().default("OPENAI_API_KEY"),
  /** Stands in the name of the new model. */
  suffix: z.string().optional(),
  pollSeconds: z.number().positive().default(20),
  /** Hyperparameters of the API's own, such as `n_epochs`. They win over what the recipe says. */
  hyperparameters: z.record(z.string(), z.unknown()).prefault({}),
});

/** Which problems a policy thinks about: a gym family's, or those of a data set file. */
const problemsSchema = z.union([
  z.strictObject({
    family: z.string(),
    split: z.enum(["train", "validation"]).default("train"),
    /** How many different problems; after them they come again. */
    count: count.default(2000),
    difficulty: z.number().min(0).max(1).default(1),
    seed: z.int().default(1),
  }),
  z.strictObject({
    /** JSONL lines with `question`, `answer`, and `source` and `family` where a gym family grades. */
    data: file,
  }),
]);

const common = {
  /** Shown in reports. */
  name: z.string().min(1),
  /** Decides the order of the data, samples, and fresh weights. */
  seed: z.int().default(1),
  /** The model to begin with: a folder of nano's kind, relative to the recipe; for `trl` and `openai` their model's name. */
  from: z.string().min(1).optional(),
  /** In place of `from`: fresh weights of this size, with this tokenizer. */
  model: modelSizeSchema.optional(),
  tokenizer: file.optional(),
  training: trainingSchema.prefault({}),
  trl: trlSettingsSchema.prefault({}),
  openai: openaiSettingsSchema.prefault({}),
};

const stage = {
  /** JSONL lines with `question`, `thought` (a list of lines) and `answer`. */
  data: file,
  /** How often all examples are learnt. Default 1. */
  epochs: count.optional(),
  /** In place of `epochs`: stops after this many tokens of examples, padding not counted. */
  tokens: count.optional(),
};

const sampling = {
  problems: problemsSchema,
  temperature: z.number().positive().default(1),
  topP: z.number().gt(0).max(1).default(1),
  /** Most tokens of a sample. Default: what the context has room for. */
  maxTokens: count.optional(),
};

/** A recipe for one method of training; everything that decides the weights, with defaults. */
export const methodRecipeSchema = z.discriminatedUnion("method", [
  z.strictObject({
    ...common,
    method: z.literal("sft"),
    /** Learnt one after the other; each begins with the weights that the one before it ended with. */
    stages: z
      .array(z.strictObject({ ...stage, optimiser: z.record(z.string(), z.unknown()).prefault({}) }))
      .min(1),
    optimiser: optimiserWith({ learningRate: 1e-3, warmUpSteps: 20, batchTokens: 6144 }),
  }),
  z.strictObject({
    ...common,
    method: z.literal("dpo"),
    /** JSONL lines with `question`, `chosen` and `rejected`, each of them `{thought, answer}`. */
    data: file,
    epochs: count.default(1),
    /** How strongly the policy is held to the reference model, which is the one in `from`. */
    beta: z.number().positive().default(0.1),
    batchPairs: count.default(16),
    optimiser: optimiserWith({ learningRate: 1e-4, warmUpSteps: 10, weightDecay: 0 }),
  }),
  z.strictObject({
    ...common,
    method: z.literal("process-reward"),
    /** JSONL lines with `question`, `steps`, and `soft` or `hard` labels, one a step. */
    data: file,
    labels: z.enum(["soft", "hard"]).default("soft"),
    /** Lines of the same form on which the head is measured when it is trained. */
    heldOut: file.optional(),
    epochs: count.default(1),
    batchThoughts: count.default(32),
    optimiser: optimiserWith({ learningRate: 5e-4, warmUpSteps: 10 }),
  }),
  z.strictObject({
    ...common,
    ...sampling,
    method: z.literal("grpo"),
    /** Rounds of sampling; each has `updates` optimiser steps. */
    rounds: count.default(100),
    questions: count.default(16),
    /** Samples of each question, whose mean reward is the baseline. */
    groupSize: z.int().min(2).default(8),
    updates: count.default(1),
    clip: z.number().positive().default(0.2),
    klWeight: z.number().nonnegative().default(0.04),
    optimiser: optimiserWith({ learningRate: 2e-4, warmUpSteps: 5, weightDecay: 0 }),
  }),
  z.strictObject({
    ...common,
    ...sampling,
    method: z.literal("expert-iteration"),
    /** How often the policy samples, keeps what checks out, and is trained on all that was kept so far. */
    rounds: count.default(3),
    /** Problems of each round. */
    questions: count.default(400),
    samples: count.default(8),
    /** Different right thoughts kept of each problem of a round, the shortest ones. */
    keep: count.default(4),
    epochs: count.default(2),
    optimiser: optimiserWith({ learningRate: 5e-4, warmUpSteps: 20, batchTokens: 6144 }),
  }),
]);

/** A recipe of any method with all defaults filled in, see {@link methodRecipeSchema}. */
export type MethodRecipe = z.infer<typeof methodRecipeSchema>;

/** A recipe of one method. */
export type RecipeOf<Method extends MethodRecipe["method"]> = Extract<MethodRecipe, { method: Method }>;

/** The methods that a recipe may name. */
const methods: readonly MethodRecipe["method"][] = [
  "sft",
  "dpo",
  "process-reward",
  "grpo",
  "expert-iteration",
];

/** True for a recipe that names a method, and so is no recipe for training nano from scratch. */
export function namesMethod(value: unknown): boolean {
  return typeof value === "object" && value !== null && "method" in value;
}

/**
 * Checks a method's recipe and fills in its defaults. `sft` may say `data` and `epochs` at its top in place of one stage.
 * Throws {@link InputError}.
 *
 * @param folder what its files are relative to
 */
export function parseMethodRecipe(value: unknown, folder: string): MethodRecipe {
  const parsed = methodRecipeSchema.safeParse(withStages(value));
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    if (first?.path[0] === "method") {
      throw new InputError(`the recipe names no method that there is: write one of ${methods.join(", ")}`);
    }
    throw wrongRecipe(parsed.error);
  }
  const recipe = parsed.data;
  if (recipe.from === undefined && (recipe.model === undefined || recipe.tokenizer === undefined)) {
    throw new InputError(
      "the recipe says nothing to begin with: set from to a model's folder, or model and tokenizer",
    );
  }
  if (
    recipe.method === "sft" &&
    recipe.stages.some(({ epochs, tokens }) => epochs !== undefined && tokens !== undefined)
  ) {
    throw new InputError("a stage has epochs or tokens, not both: leave one of them out");
  }
  return withPaths(recipe, folder);
}

/** Reads a method's recipe in YAML. Throws {@link InputError}. */
export async function readMethodRecipe(path: string): Promise<MethodRecipe> {
  return parseMethodRecipe(await readYaml(path), dirname(path));
}

const shortForm = z.looseObject({ method: z.literal("sft"), data: z.unknown() });

function withStages(value: unknown): unknown {
  const short = shortForm.safeParse(value);
  if (!short.success || short.data.data === undefined || "stages" in short.data) return value;
  const { data, epochs, tokens, ...rest } = short.data;
  const amount = { ...(epochs !== undefined && { epochs }), ...(tokens !== undefined && { tokens }) };
  return { ...rest, stages: [{ data, ...amount }] };
}

/** The same recipe with absolute paths. `from` is taken as a path where something lies there, else as the name of a model. */
function withPaths(recipe: MethodRecipe, folder: string): MethodRecipe {
  const at = (path: string): string => resolve(folder, path);
  const { from, tokenizer } = recipe;
  const places = {
    ...(from !== undefined && { from: existsSync(at(from)) ? at(from) : from }),
    ...(tokenizer !== undefined && { tokenizer: at(tokenizer) }),
  };
  switch (recipe.method) {
    case "sft":
      return {
        ...{ ...recipe, ...places },
        stages: recipe.stages.map((each) => ({ ...each, data: at(each.data) })),
      };
    case "dpo":
      return { ...recipe, ...places, data: at(recipe.data) };
    case "process-reward": {
      const { heldOut } = recipe;
      return {
        ...{ ...recipe, ...places, data: at(recipe.data) },
        ...(heldOut !== undefined && { heldOut: at(heldOut) }),
      };
    }
    default: {
      const { problems } = recipe;
      return { ...recipe, ...places, problems: "data" in problems ? { data: at(problems.data) } : problems };
    }
  }
}
