import { type Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import type { Cell } from "../../evaluate/experiment/cells.ts";
import type { ExperimentRequest } from "../../evaluate/experiment/experiment-request.ts";
import type { ExperimentRecipe } from "../../evaluate/experiment/recipe.ts";
import { createRegistry, type ModelRegistry } from "../../models/registry.ts";
import { createRun } from "../../runs/open-run.ts";
import { readConfig } from "../../strategies/config.ts";
import { InputError } from "../../thought/errors.ts";
import type { CommandContext } from "../context.ts";
import { wholeNumber } from "../parse-option.ts";
import { noteBadRecords } from "../view/bad-records.ts";
import { plural } from "../view/format.ts";
import { checkNames, runsFolder } from "./ask.ts";

interface ExperimentFlags {
  data?: string;
  limit?: number;
  samples?: number;
  model?: Record<string, string>;
  seed?: number;
  atOnce: number;
  dryRun?: boolean;
  json?: boolean;
  quiet?: boolean;
  config?: string;
}

const EXAMPLES = `
Examples:
  sojourn experiment recipes/ablation.yaml --data hf:HuggingFaceH4/MATH-500/test --limit 100
  sojourn experiment recipes/p1.yaml --data test.jsonl --model small=vllm/NAME --model large=openai/NAME
  sojourn experiment recipes/ablation.yaml --data test.jsonl --dry-run`;

/** Adds `sojourn experiment`: several ways of thinking over the same problems, as a recipe says, in one table. */
export function addExperimentCommand(program: Command, context: CommandContext): void {
  program
    .command("experiment")
    .description("evaluate the arms of a recipe on the same problems and put them into one table")
    .argument("<recipe>", "a recipe, such as recipes/ablation.yaml")
    .option("--data <file>", "in place of the recipe's: a file, a folder, or hf:owner/name")
    .option("--limit <n>", "in place of the recipe's: most problems", wholeNumber(1))
    .option("--samples <k>", "in place of the recipe's: answers to each problem", wholeNumber(1))
    .option("--model <name=model>", "another model under a name of the recipe; may be repeated", namedModel)
    .option("--seed <n>", "seed of all randomness", wholeNumber(0))
    .option("--at-once <n>", "questions thought about at once, for each model", wholeNumber(1), 128)
    .option("--dry-run", "list the evaluations that it would be; send nothing")
    .option("--json", "print one JSON object on stdout and nothing else there")
    .option("-q, --quiet", "no progress")
    .option("--config <file>", "a config file other than ./sojourn.yaml")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string, flags: ExperimentFlags) => {
      context.exit(await startExperiment(file, flags, context));
    });
}

async function startExperiment(
  file: string,
  flags: ExperimentFlags,
  context: CommandContext,
): Promise<number> {
  const { output, environment } = context;
  const { readExperiment } = await import("../../evaluate/experiment/recipe.ts");
  const { cellsOf } = await import("../../evaluate/experiment/cells.ts");
  const { chooseProblems } = await import("../../evaluate/eval/choose-problems.ts");
  const { problemChoice } = await import("../problem-choice.ts");
  const config = readConfig(flags.config);
  const recipe = withFlags(readExperiment(file), flags);
  const cells = cellsOf(recipe, { config, seed: flags.seed });
  const { withoutKeys } = await import("../eval-dry-run.ts");
  const registry = createRegistry(config, flags.dryRun === true ? withoutKeys(environment) : environment);
  for (const { think } of cells) checkNames(think, registry);
  for (const cell of cells) await checkApplicable(cell, registry);
  const { benchmark, data, limit } = recipe.problems;
  const choice = problemChoice(benchmark, { data, limit });
  const { problems, fingerprint, bad, revision } = await chooseProblems(choice, { environment });
  noteBadRecords(bad, output);
  const { name, title, samples } = recipe;
  if (flags.dryRun) {
    output.line(
      `${title}: ${plural(cells.length, "evaluation")} of ${plural(problems.length * samples, "question")}`,
    );
    for (const { name: cell, think } of cells) output.line(`  ${cell}: ${think.strategy} on ${think.model}`);
    return 0;
  }
  const pinned = choice.kind === "benchmark" && revision !== undefined ? { ...choice, revision } : choice;
  const request: ExperimentRequest = {
    ...{ name, title, problems: pinned, fingerprint, samples, atOnce: flags.atOnce, cells },
  };
  const run = createRun(
    {
      command: "experiment",
      request: z.json().parse(JSON.parse(JSON.stringify(request))),
      models: {},
      seed: flags.seed ?? 0,
    },
    { root: runsFolder(config.runs, context) },
  );
  const { runExperimentSession } = await import("../experiment/experiment-session.ts");
  const { json = false, quiet = false } = flags;
  return runExperimentSession(request, problems, run, { output, environment, config, json, quiet });
}

function withFlags(
  recipe: ExperimentRecipe,
  { data, limit, samples, model = {} }: ExperimentFlags,
): ExperimentRecipe {
  const unknown = Object.keys(model).find((name) => !Object.hasOwn(recipe.models, name));
  if (unknown !== undefined)
    throw new InputError(
      `the recipe has no model called ${unknown}; it has ${Object.keys(recipe.models).join(", ")}`,
    );
  return {
    ...recipe,
    problems: {
      ...recipe.problems,
      ...(data === undefined ? {} : { data }),
      ...(limit === undefined ? {} : { limit }),
    },
    samples: samples ?? recipe.samples,
    models: { ...recipe.models, ...model },
  };
}

/** Refuses a cell before any is begun, where its model cannot do what its strategy asks. */
async function checkApplicable({ arm, think }: Cell, registry: ModelRegistry): Promise<void> {
  const { findStrategy } = await import("../../strategies/registry.ts");
  const { traits } = registry.open(think.roles.policy ?? think.model);
  if (findStrategy(think.strategy).needsInstructions !== true || traits.followsInstructions) return;
  throw new InputError(
    `the arm ${arm} is not applicable to ${traits.name}, which follows no instructions; name another with --model NAME=PROVIDER/MODEL`,
  );
}

function namedModel(text: string, earlier: Record<string, string> = {}): Record<string, string> {
  const [name = "", ...rest] = text.split("=");
  const model = rest.join("=");
  if (name === "" || model === "")
    throw new InvalidArgumentError("NAME=PROVIDER/MODEL is needed, with a name of the recipe.");
  return { ...earlier, [name]: model };
}
