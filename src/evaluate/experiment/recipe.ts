import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { effortSchema } from "../../strategies/effort.ts";
import { partialSettingsSchema } from "../../strategies/settings.ts";
import { InputError, messageOf } from "../../thought/errors.ts";
import { roleSchema } from "../../thought/usage.ts";

const name = z.string().regex(/^[\w.-]+$/, "letters, digits, -, _ and . make a name");

const armSchema = z.strictObject({
  name,
  /** One of `models` by its name; without one the arm runs over each of them. */
  model: name.optional(),
  strategy: z.string().min(1),
  effort: effortSchema.optional(),
  /** They go before the recipe's own. */
  settings: partialSettingsSchema.default({}),
  /** Models of single roles, by their names in `models`. */
  roles: z.partialRecord(roleSchema, name).default({}),
});

/** An experiment: several ways of thinking over the same problems, each over one or more models. */
export const experimentRecipeSchema = z.strictObject({
  name,
  /** One line for reports. */
  title: z.string().min(1),
  problems: z.strictObject({
    /** A benchmark's name, `gym`, or `gym/FAMILY`. */
    benchmark: z.string().min(1),
    /** A path, relative to the recipe, or `hf:owner/name[@revision][/config/split]`; none for the gym. */
    data: z.string().min(1).optional(),
    limit: z.int().positive().optional(),
  }),
  /** Answers to each problem. */
  samples: z.int().positive().default(1),
  /** `provider/model` by names that arms use. */
  models: z.record(name, z.string().min(1)),
  effort: effortSchema.optional(),
  /** Settings of all arms. */
  settings: partialSettingsSchema.default({}),
  /** The first one is what the others are compared with. */
  arms: z.array(armSchema).min(1),
});
export type ExperimentRecipe = z.infer<typeof experimentRecipeSchema>;

/** Reads a recipe. Throws an InputError that names the file and the first thing wrong with it. */
export function readExperiment(file: string): ExperimentRecipe {
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new InputError(
      `cannot read the recipe ${file}: ${messageOf(error)}; see recipes/ablation.yaml`,
      error,
    );
  }
  const parsed = experimentRecipeSchema.safeParse(content);
  const [issue] = parsed.error?.issues ?? [];
  if (!parsed.success)
    throw new InputError(`${file} at ${issue?.path.join(".")}: ${issue?.message}; see recipes/ablation.yaml`);
  const { problems, arms, models } = parsed.data;
  const names = arms.map((arm) => arm.name);
  const twice = names.find((one, index) => names.indexOf(one) !== index);
  if (twice !== undefined) throw new InputError(`${file} has two arms called ${twice}; rename one`);
  for (const arm of arms)
    for (const used of [arm.model, ...Object.values(arm.roles)])
      if (used !== undefined && !Object.hasOwn(models, used))
        throw new InputError(`${file}: the arm ${arm.name} names the model ${used}, which models lacks`);
  const { data } = problems;
  // Beside the recipe, wherever the command is run.
  const located = data === undefined || data.startsWith("hf:") ? data : resolve(dirname(file), data);
  return { ...parsed.data, problems: { ...problems, ...(located === undefined ? {} : { data: located }) } };
}
