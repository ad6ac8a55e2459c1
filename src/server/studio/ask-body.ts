import { z } from "zod";
import { defined } from "../../models/defined.ts";
import { findChecker } from "../../problems/checkers.ts";
import type { AskRequest } from "../../strategies/ask-request.ts";
import { effortSchema } from "../../strategies/effort.ts";
import { openPrompts, shippedPrompt } from "../../strategies/prompt.ts";
import { findStrategy } from "../../strategies/registry.ts";
import { partialSettingsSchema } from "../../strategies/settings.ts";
import { completeRequest } from "../../strategies/think-request.ts";
import { InputError } from "../../thought/errors.ts";
import { roleSchema } from "../../thought/usage.ts";
import type { ServerContext } from "../context.ts";
import { placeholdersOf } from "./strategy-prompts.ts";

/** What `POST /api/ask` takes: a question and, where the config's way is not wanted, how to think about it. */
const askBodySchema = z.strictObject({
  question: z.string().min(1).max(200_000),
  system: z.string().max(200_000).optional(),
  strategy: z.string().min(1).optional(),
  effort: effortSchema.optional(),
  model: z.string().min(1).optional(),
  roles: z.partialRecord(roleSchema, z.string().min(1)).optional(),
  settings: partialSettingsSchema.optional(),
  /** Texts in place of the strategies' prompts, by name. */
  prompts: z.record(z.string(), z.string().max(50_000)).optional(),
  checker: z.string().min(1).optional(),
});

/** The id of the only question of such a run. */
export const ONLY_QUESTION = "q1";

/**
 * Reads the body of a request to ask, in the form in which a run keeps it. Throws an InputError for a body that does not
 * fit, and for names of models, strategies, checkers, prompts and placeholders that do not exist.
 */
export function readAskBody(body: unknown, { config, registry }: ServerContext): AskRequest {
  const parsed = askBodySchema.safeParse(body);
  if (!parsed.success) {
    const [mistake] = parsed.error.issues;
    const where = mistake?.path.join(".") ?? "";
    throw new InputError(`${where === "" ? "the request" : where}: ${mistake?.message}; see /openapi.json`);
  }
  const { question: text, system, checker, ...asked } = parsed.data;
  if (text.trim() === "") throw new InputError("the question is empty; type one");
  const think = completeRequest(defined(asked), config);
  for (const model of [think.model, ...Object.values(think.roles)]) registry.open(model);
  findStrategy(think.strategy);
  if (checker !== undefined) findChecker(checker);
  checkPrompts(think.prompts);
  return {
    question: { id: ONLY_QUESTION, text, ...(system === undefined || system === "" ? {} : { system }) },
    think,
    ...(checker === undefined ? {} : { checker }),
  };
}

/** Throws an InputError for a prompt that does not exist and for a placeholder that nothing fills in. */
function checkPrompts(prompts: Readonly<Record<string, string>>): void {
  openPrompts(prompts);
  for (const [name, text] of Object.entries(prompts)) {
    const known = placeholdersOf(shippedPrompt(name));
    for (const placeholder of placeholdersOf(text)) {
      if (known.has(placeholder)) continue;
      const list = [...known].map((one) => `{{${one}}}`).join(", ");
      throw new InputError(
        `nothing fills in {{${placeholder}}} of the prompt ${name}; ${list === "" ? "it has no placeholders" : `it knows ${list}`}`,
      );
    }
  }
}
