import { readFileSync } from "node:fs";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { providersConfigSchema } from "../models/providers-config.ts";
import { InputError, messageOf } from "../thought/errors.ts";
import { roleSchema } from "../thought/usage.ts";
import { effortSchema } from "./effort.ts";
import { partialSettingsSchema } from "./settings.ts";

/** The file that a folder keeps its settings in. */
export const CONFIG_FILE = "sojourn.yaml";

/** A way to think under a name of its own: a model that `sojourn serve` offers. What it leaves out is as without it. */
const profileSchema = z.strictObject({
  /** One line for the list of models. */
  description: z.string().optional(),
  model: z.string().min(1).optional(),
  roles: z.partialRecord(roleSchema, z.string().min(1)).optional(),
  strategy: z.string().min(1).optional(),
  effort: effortSchema.optional(),
  /** They go before the strategy's and the effort's own. */
  settings: partialSettingsSchema.optional(),
  prompts: z.record(z.string(), z.string()).optional(),
  /** Verifies answers by rule. */
  checker: z.string().min(1).optional(),
});

/** `sojourn.yaml`; see `docs/configuration.md`. Everything has a default, so an empty file is a valid one. */
export const configSchema = z.strictObject({
  /** The model of every role that `roles` does not name. */
  model: z.string().min(1).optional(),
  /** Models by role. */
  roles: z.partialRecord(roleSchema, z.string().min(1)).optional(),
  strategy: z.string().min(1).optional(),
  effort: effortSchema.optional(),
  /** Strategy settings; they yield to effort, strategy and flags. */
  settings: partialSettingsSchema.optional(),
  /** Texts in place of strategies' prompts, by the name of their file in `prompts/`. */
  prompts: z.record(z.string(), z.string()).optional(),
  /** Ways to think that `sojourn serve` offers as models, by name. */
  profiles: z
    .record(z.string().regex(/^[\w.-]+$/, "letters, digits, -, _ and . make a profile's name"), profileSchema)
    .optional(),
  /** Folder for runs; `SOJOURN_RUNS` goes before it. */
  runs: z.string().min(1).optional(),
  /** Providers of your own, and changes to the built-in ones. */
  ...providersConfigSchema.shape,
});
export type Config = z.infer<typeof configSchema>;

/**
 * Reads a config file. Without a path `sojourn.yaml` of the working directory is read if it is there, and nothing
 * set if it is not. Throws an InputError that names the file and the first thing wrong with it.
 */
export function readConfig(path?: string): Config {
  const file = path ?? CONFIG_FILE;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (path === undefined && isMissing(error)) return {};
    throw new InputError(`cannot read the config ${file}: ${messageOf(error)}`, error);
  }
  let content: unknown;
  try {
    content = parseYaml(text) ?? {};
  } catch (error) {
    throw new InputError(`${file} is not valid YAML: ${messageOf(error)}`, error);
  }
  const parsed = configSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  throw new InputError(
    `${file}${where}: ${issue?.message ?? "not a valid config"}; see docs/configuration.md`,
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
