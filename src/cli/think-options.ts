import { type Command, Option } from "commander";
import { defined } from "../models/defined.ts";
import { type Aggregation, aggregationNames } from "../rewards/aggregate.ts";
import { type Effort, efforts } from "../strategies/effort.ts";
import { strategies } from "../strategies/registry.ts";
import { partialSettingsSchema } from "../strategies/settings.ts";
import type { ThinkRequest } from "../strategies/think-request.ts";
import type { Role } from "../thought/usage.ts";
import { numberBetween, roleModel, wholeNumber } from "./parse-option.ts";

/** The options that say how to think, as commander parses them. */
export interface ThinkFlags {
  model?: string;
  role?: Partial<Record<Role, string>>;
  strategy?: string;
  effort?: Effort;
  samples?: number;
  width?: number;
  depth?: number;
  keep?: number;
  rounds?: number;
  rollouts?: number;
  lookahead?: number;
  exploration?: number;
  confidence?: number;
  threshold?: number;
  reward?: string;
  aggregate?: Aggregation | "auto";
  arm?: string;
  temperature?: number;
  topP?: number;
  maxTokens?: number;
  concurrency?: number;
  order?: "arrival" | "asked";
  seed?: number;
  budgetTokens?: number;
  budgetOutputTokens?: number;
  budgetCalls?: number;
  budgetUsd?: number;
  budgetSeconds?: number;
}

/**
 * Adds the options that say how to think to a command.
 *
 * @param options.samples the flag for a strategy's whole thoughts, where the command's own `--samples` is something else
 * @param options.unsaid what is done without `--strategy`, in the words of the help
 */
export function addThinkOptions(
  command: Command,
  { samples = "--samples", unsaid = "default: auto" } = {},
): Command {
  const names = strategies.map((strategy) => strategy.name).join(", ");
  return command
    .option("-s, --strategy <name>", `how to think: ${names} (${unsaid})`)
    .addOption(new Option("-e, --effort <level>", "how much to think (default: medium)").choices(efforts))
    .option("-m, --model <provider/model>", "the model, such as openai/NAME or ollama/NAME (default: nano)")
    .option("--role <role=model>", "another model for one role; may be repeated", roleModel)
    .option(`${samples} <n>`, "whole thoughts to sample", wholeNumber(1))
    .option("--width <n>", "proposals below a node", wholeNumber(1))
    .option("--depth <n>", "most steps of a thought", wholeNumber(1))
    .option("--keep <n>", "thoughts that a beam keeps", wholeNumber(1))
    .option("--rounds <n>", "rounds of a dialogue between agents", wholeNumber(1))
    .option("--rollouts <n>", "simulations of a tree search", wholeNumber(1))
    .option("--lookahead <n>", "steps looked ahead before a score", wholeNumber(0))
    .option(
      "--exploration <c>",
      "how much a tree search favours what it knows little of",
      numberBetween(0, 100),
    )
    .option("--confidence <p>", "how sure a vote has to be to stop early; 1: never", numberBetween(0.5, 1))
    .option("--threshold <s>", "score below which a thought is given up (depth-first)", numberBetween(0, 1))
    .option("--reward <name>", "what scores thoughts: auto, likelihood, vote, judge, checker, ...")
    .addOption(
      new Option("--aggregate <how>", "how the scores of steps become one").choices([
        "auto",
        ...aggregationNames,
      ]),
    )
    .option("--arm <name>", "variant of a strategy's prompt (monologue)")
    .option("--temperature <t>", "randomness, 0 to 2", numberBetween(0, 2))
    .option(
      "--top-p <p>",
      "draw from the likeliest tokens with this probability together",
      numberBetween(0.01, 1),
    )
    .option("--max-tokens <n>", "most tokens of one call", wholeNumber(1))
    .option("--concurrency <n>", "tasks in flight", wholeNumber(1))
    .addOption(
      new Option("--order <order>", "tell results as they come or in the order asked").choices([
        "arrival",
        "asked",
      ]),
    )
    .option("--seed <n>", "seed of all randomness (default: 0)", wholeNumber(0))
    .option("--budget-tokens <n>", "most input and output tokens", wholeNumber(1))
    .option("--budget-output-tokens <n>", "most output tokens, thinking included", wholeNumber(1))
    .option("--budget-calls <n>", "most calls", wholeNumber(1))
    .option("--budget-usd <dollars>", "most money", numberBetween(0, Number.POSITIVE_INFINITY))
    .option("--budget-seconds <s>", "most time", numberBetween(0, Number.POSITIVE_INFINITY));
}

/** What the flags ask for; what they leave out is left out. */
export function requestOf(flags: ThinkFlags): Partial<ThinkRequest> {
  const budget = defined({
    tokens: flags.budgetTokens,
    outputTokens: flags.budgetOutputTokens,
    calls: flags.budgetCalls,
    usd: flags.budgetUsd,
    seconds: flags.budgetSeconds,
  });
  const { samples, width, depth, keep, rounds, rollouts, lookahead, exploration, confidence } = flags;
  const { threshold, reward, aggregate, arm, temperature, topP, maxTokens, concurrency, order, seed } = flags;
  const search = { samples, width, depth, keep, rollouts, lookahead, exploration, confidence };
  const calls = { temperature, topP, maxTokens, concurrency, order, seed, budget };
  const settings = { ...search, ...calls, rounds, threshold, reward, aggregate, arm };
  return defined({
    model: flags.model,
    roles: flags.role,
    strategy: flags.strategy,
    effort: flags.effort,
    settings: partialSettingsSchema.parse(defined(settings)),
  });
}
