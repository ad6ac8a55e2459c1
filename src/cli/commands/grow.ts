import type { Command } from "commander";
import { z } from "zod";
import type { GrowRequest } from "../../journey/grow/grow-request.ts";
import { createRegistry } from "../../models/registry.ts";
import { createRun } from "../../runs/open-run.ts";
import { readConfig } from "../../strategies/config.ts";
import { completeRequest } from "../../strategies/think-request.ts";
import { openChecker } from "../ask-session.ts";
import type { CommandContext } from "../context.ts";
import { wholeNumber } from "../parse-option.ts";
import { addProblemOptions } from "../problem-options.ts";
import { addThinkOptions, requestOf, type ThinkFlags } from "../think-options.ts";
import { checkNames, runsFolder } from "./ask.ts";
import { choiceOf, type ProblemFlags } from "./eval.ts";

interface GrowFlags extends ThinkFlags, ProblemFlags {
  completions: number;
  tellMisses: boolean;
  atOnce: number;
  checker?: string;
  json?: boolean;
  quiet?: boolean;
  config?: string;
}

const EXAMPLES = `
Examples:
  sojourn grow gym/countdown --limit 20 --width 3 --depth 12 --keep 3
  sojourn grow gym/countdown --limit 200 --model nano/runs/policy --completions 8
  sojourn grow math --data train.jsonl --model vllm/NAME --role judge=openai/o4-mini --reward judge --threshold 0.5
  sojourn grow gym/countdown --limit 100 --strategy critique --tell-misses
  sojourn grow gym/countdown --limit 100 --strategy best-of-n --samples 20 --temperature 0.7 --top-p 0.95

Without --strategy a whole tree is grown for each problem: WIDTH children of a node, of each level the KEEP best steps
that do not score below THRESHOLD, at most DEPTH steps. Go on with an interrupted run by sojourn resume RUN.`;

/** Adds `sojourn grow`: reasoning trees over a problem set, every leaf graded, for making training data. */
export function addGrowCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("grow")
    .description("grow reasoning trees over a problem set and grade every leaf, for sojourn weave")
    .argument("<benchmark>", "a benchmark (see sojourn problems), own, gym, or gym/FAMILY");
  addProblemOptions(command);
  addThinkOptions(command, { unsaid: "default: grows a whole tree" })
    .option(
      "--completions <n>",
      "whole thoughts from each step of a grown tree, for labels of steps",
      wholeNumber(0),
      0,
    )
    .option("--tell-misses", "gym: tell the critique when an answer misses the reference", false)
    .option("--at-once <n>", "trees grown at once", wholeNumber(1), 128)
    .option("--checker <name>", "a rule that scores finished thoughts, such as countdown")
    .option("--json", "print one JSON object on stdout and nothing else there")
    .option("-q, --quiet", "print the run's id alone")
    .option("--config <file>", "a config file other than ./sojourn.yaml")
    .addHelpText("after", EXAMPLES)
    .action(async (benchmark: string, flags: GrowFlags) => grow(benchmark, flags, context));
}

async function grow(benchmark: string, flags: GrowFlags, context: CommandContext): Promise<void> {
  const { output, environment } = context;
  const { chooseProblems } = await import("../../evaluate/eval/choose-problems.ts");
  const { strategyFor } = await import("../../journey/grow/grow-trees.ts");
  const { runGrow } = await import("../grow-session.ts");
  const config = readConfig(flags.config);
  const choice = await choiceOf(benchmark, flags);
  const think = completeRequest({ strategy: "grow", ...requestOf(flags) }, config);
  strategyFor(think.strategy, flags.completions);
  checkNames({ ...think, strategy: "auto" }, createRegistry(config));
  await openChecker(flags.checker);
  const { problems, bad, revision, fingerprint } = await chooseProblems(choice, { environment });
  if (bad.length > 0)
    output.note(`skipped: ${bad.length} records, the first at ${bad[0]?.file}:${bad[0]?.line}`);
  const request: GrowRequest = {
    problems: choice.kind === "benchmark" && revision !== undefined ? { ...choice, revision } : choice,
    fingerprint,
    think,
    completions: flags.completions,
    toldMisses: flags.tellMisses,
    atOnce: flags.atOnce,
    ...(flags.checker !== undefined && { checker: flags.checker }),
  };
  const run = createRun(
    {
      command: "grow",
      request: z.json().parse(JSON.parse(JSON.stringify(request))),
      models: { policy: think.model, ...think.roles },
      seed: think.settings.seed ?? think.configured.seed ?? 0,
    },
    { root: runsFolder(config.runs, context) },
  );
  const { json = false, quiet = false } = flags;
  context.exit(await runGrow(request, problems, run, { json, quiet, output, config, environment }));
}
