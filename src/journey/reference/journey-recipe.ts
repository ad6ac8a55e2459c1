import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { modelSizeSchema, optimiserSchema } from "../../nano/training/recipe.ts";
import { InputError, messageOf } from "../../thought/errors.ts";
import { weaveRequestSchema } from "../weave/weave-request.ts";

const count = z.int().positive();

const optimiser = (defaults: z.input<typeof optimiserSchema>) =>
  z
    .record(z.string(), z.unknown())
    .prefault({})
    .transform((given) => ({ ...defaults, ...given }))
    .pipe(optimiserSchema);

/** The arms that a second stage of training may have. */
export const armKinds = [
  "shortcut-examples",
  "shortcut-tokens",
  "journey-draft",
  "journey-refined",
  "journey-dpo",
  "journey-rl",
  "shortcut-rl",
] as const;
/** One of {@link armKinds}. */
export type ArmKind = (typeof armKinds)[number];

/** The arms that train a model of another arm further. */
export const goesOnFrom = {
  "journey-dpo": "journey-refined",
  "journey-rl": "journey-refined",
  "shortcut-rl": "shortcut-examples",
} as const satisfies Partial<Record<ArmKind, ArmKind>>;

/**
 * The recipe of a whole journey over Countdown: problems, a first policy, trees, thoughts, second stages of training,
 * evaluation. Everything that decides the table at its end, with defaults.
 */
export const journeyRecipeSchema = z.strictObject({
  name: z.string().min(1),
  /** Decides the problems, the trees and the order of data; the arms are trained once for each of `seeds`. */
  seed: z.int().nonnegative().default(1),
  seeds: z.array(z.int().nonnegative()).min(1).default([1, 2, 3]),
  /** Path of the `tokenizer.json`, relative to the recipe. */
  tokenizer: z.string().min(1),
  model: modelSizeSchema,
  problems: z
    .strictObject({
      /** Whose shortcuts, by the gym's own solver, the first policy learns. */
      policy: count.default(10_000),
      /** Over which trees are grown. */
      grow: count.default(2_000),
      /** Share of problems with four numbers among both. */
      fourNumbers: z.number().min(0).max(1).default(0.15),
      /** Problems of the evaluation by what is new in them, three numbers each. */
      test: z
        .strictObject({
          "new set": count.default(350),
          "new target": count.default(350),
          "both new": count.default(150),
        })
        .prefault({}),
      /** With four numbers, new in set and target: one row of the table. */
      testFourNumbers: count.default(200),
    })
    .prefault({}),
  policy: z
    .strictObject({
      /** The folder of a model to begin with, relative to the recipe, in place of fresh weights of the size of `model`. */
      from: z.string().min(1).optional(),
      epochs: count.default(4),
      optimiser: optimiser({ learningRate: 2e-3, warmUpSteps: 100, batchTokens: 9216 }),
    })
    .prefault({}),
  grow: z
    .strictObject({
      width: count.default(4),
      depth: count.default(12),
      keep: count.default(4),
      temperature: z.number().min(0).max(2).default(1),
    })
    .prefault({}),
  weave: z
    .strictObject({
      /** Most children tried at a node of the path, the right one among them. */
      trials: count.default(2),
      /** How likely its wrong turns are taken; or as often as the policy itself went wrong there. */
      chance: weaveRequestSchema.shape.chance,
      /** Which ways to right leaves are told of each tree. */
      shortcuts: weaveRequestSchema.shape.shortcuts,
    })
    .prefault({}),
  arms: z
    .array(z.enum(armKinds))
    .min(1)
    .default([...armKinds])
    .transform((asked) => armKinds.filter((arm) => asked.includes(arm))),
  /** How the second stage is trained, the same in every arm of supervised learning. */
  second: z
    .strictObject({
      epochs: count.default(3),
      optimiser: optimiser({ learningRate: 1e-3, warmUpSteps: 50, batchTokens: 6144 }),
    })
    .prefault({}),
  /** Pairs as in the paper: `samples` a problem, at most `right` right and wrong ones of them, `right` pairs. */
  dpo: z
    .strictObject({
      problems: count.default(600),
      samples: count.default(20),
      pairs: count.default(5),
      temperature: z.number().positive().default(0.7),
      topP: z.number().gt(0).max(1).default(0.95),
      beta: z.number().positive().default(0.1),
      optimiser: optimiser({ learningRate: 1e-4, warmUpSteps: 10, weightDecay: 0 }),
    })
    .prefault({}),
  rl: z
    .strictObject({
      rounds: count.default(60),
      questions: count.default(16),
      groupSize: z.int().min(2).default(8),
      optimiser: optimiser({ learningRate: 2e-4, warmUpSteps: 5, weightDecay: 0 }),
    })
    .prefault({}),
  evaluate: z
    .strictObject({
      /** Sampled thoughts a problem, beside the greedy one. */
      samples: count.default(16),
      temperature: z.number().positive().default(0.7),
      /** Most tokens of one thought. */
      maxTokens: count.default(320),
      /** `validation` while settings are still being chosen; what was never looked at before is `test`. */
      split: z.enum(["validation", "test"]).default("test"),
    })
    .prefault({}),
  /** What trains by likelihood: TypeScript, or Python with torch, which is several times faster. */
  engine: z.enum(["jax", "torch"]).default("jax"),
  /** True for a recipe that only tries the machine out; its report says so. */
  smoke: z.boolean().default(false),
});

/** A recipe with all defaults filled in, see {@link journeyRecipeSchema}. */
export type JourneyRecipe = z.infer<typeof journeyRecipeSchema>;

/**
 * Reads a recipe in YAML; its tokenizer's path comes back absolute. Throws an InputError that says where it is wrong.
 *
 * @param quick the recipe's `quick` part goes over the rest: a smoke run
 */
export async function readJourneyRecipe(path: string, { quick = false } = {}): Promise<JourneyRecipe> {
  let value: unknown;
  try {
    value = parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new InputError(`cannot read the recipe ${path}: ${messageOf(error)}`, error);
  }
  const { quick: over, ...whole } = z
    .looseObject({ quick: z.looseObject({}).optional() })
    .catch({})
    .parse(value);
  if (quick && over === undefined)
    throw new InputError(`${path} has no quick part: run it without --quick, or write one`);
  const parsed = journeyRecipeSchema.safeParse(quick ? { ...merged(whole, over ?? {}), smoke: true } : whole);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    throw new InputError(`${path} is wrong at ${first?.path.join(".") || "its top"}: ${first?.message}`);
  }
  const recipe = parsed.data;
  for (const [arm, base] of Object.entries(goesOnFrom))
    if (recipe.arms.some((each) => each === arm) && !recipe.arms.includes(base))
      throw new InputError(`${path} is wrong at arms: ${arm} goes on from ${base}; add it`);
  const at = (file: string): string => resolve(dirname(path), file);
  const { from } = recipe.policy;
  const policy = { ...recipe.policy, ...(from !== undefined && { from: at(from) }) };
  return { ...recipe, policy, tokenizer: at(recipe.tokenizer) };
}

type Mapping = Record<string, unknown>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `over` laid over `under`, mapping by mapping. */
function merged(under: Mapping, over: Mapping): Mapping {
  const both = { ...under };
  for (const [name, value] of Object.entries(over)) {
    const below = both[name];
    both[name] = isMapping(value) && isMapping(below) ? merged(below, value) : value;
  }
  return both;
}
