import { createRegistry } from "../models/registry.ts";
import type { Question } from "../thought/question.ts";
import { type Role, roleSchema } from "../thought/usage.ts";
import { readConfig } from "./config.ts";
import { eventLines } from "./event-lines.ts";
import type { ThoughtThrough } from "./think.ts";
import { type ModelChoice, type ThinkOptions, think } from "./think-aloud.ts";
import { DEFAULT_MODEL } from "./think-request.ts";

/** A model for everything, or models by role; `default` plays every role that is not named. */
export type ReplyModels = ModelChoice | Partial<Record<Role | "default", ModelChoice>>;

/** How to reply; whatever else {@link think} takes may stand here too. */
export interface ReplyOptions extends Omit<ThinkOptions, "model" | "roles"> {
  /** Prints what happens while it happens, and what it cost at the end. Default false. */
  verbose?: boolean | undefined;
  /** Where the lines go. Default: the standard error. */
  print?: ((line: string) => void) | undefined;
}

/** An answer, how it came about, and what it cost. */
export interface Reply extends ThoughtThrough {
  /** US dollars by the price table; null where no price is known. */
  costUsd: number | null;
  /** Milliseconds from the question to the answer. */
  wallMs: number;
}

/**
 * Replies to a question in one call, by planning step by step (`plan`); a model that follows no instructions, such as
 * nano, thinks in the way that `auto` picks. Rejects as {@link think} does.
 *
 * @param models `provider/model`, or models by role
 *
 * @example
 * const { text, costUsd } = await reply("Is 9.11 or 9.7 larger?", "openai/gpt-4o-mini", { verbose: true });
 */
export async function reply(
  question: string | Question,
  models: ReplyModels,
  { verbose = false, print = printToStandardError, ...options }: ReplyOptions = {},
): Promise<Reply> {
  const startedAt = performance.now();
  const { default: named, ...roles } = byRole(models);
  const [model = DEFAULT_MODEL] = [named, ...roleSchema.options.map((role) => roles[role])].filter(isNamed);
  const strategy = options.strategy ?? (takesInstructions(roles.policy ?? model, options) ? "plan" : "auto");
  const thinking = think(question, { ...options, model, roles, strategy });
  if (verbose) {
    for await (const event of thinking) for (const line of eventLines(event)) print(line);
  }
  const answer = await thinking;
  const { inputTokens, outputTokens, estimatedOutputTokens, calls, costUsd } = answer.usage;
  const wallMs = performance.now() - startedAt;
  if (verbose) {
    const cost = costUsd === null ? "price not known" : `$${costUsd.toFixed(6)}`;
    const tokens = `${inputTokens} tokens in, ${outputTokens + estimatedOutputTokens} out`;
    print(`cost: ${calls} calls, ${tokens}, ${cost}, ${(wallMs / 1000).toFixed(1)} s`);
  }
  return { ...answer, costUsd, wallMs };
}

function byRole(models: ReplyModels): Partial<Record<Role | "default", ModelChoice>> {
  const single = typeof models === "string" || "specificationVersion" in models || "traits" in models;
  return single ? { default: models } : models;
}

function isNamed(model: ModelChoice | undefined): model is ModelChoice {
  return model !== undefined;
}

function takesInstructions(model: ModelChoice, { registry, config }: ThinkOptions): boolean {
  if (typeof model !== "string") return "traits" in model ? model.traits.followsInstructions : true;
  const known = registry ?? createRegistry(typeof config === "string" ? readConfig(config) : config);
  return known.open(model).traits.followsInstructions;
}

function printToStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}
