import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { DistillRequest } from "../../journey/distill/distill-request.ts";
import { createRegistry } from "../../models/registry.ts";
import { createRun } from "../../runs/open-run.ts";
import { readConfig } from "../../strategies/config.ts";
import { completeRequest } from "../../strategies/think-request.ts";
import { FailureError } from "../../thought/errors.ts";
import type { CommandContext } from "../context.ts";
import { wholeNumber } from "../parse-option.ts";
import { addProblemOptions } from "../problem-options.ts";
import { addThinkOptions, requestOf, type ThinkFlags } from "../think-options.ts";
import { checkNames, runsFolder } from "./ask.ts";
import { choiceOf, type ProblemFlags } from "./eval.ts";

interface DistillFlags extends ThinkFlags, ProblemFlags {
  out: string;
  rules: string[];
  perProblem: number;
  writer?: string;
  atOnce: number;
  json?: boolean;
  quiet?: boolean;
  config?: string;
}

const RULES = ["images", "proofs", "unlabelled", "no-number"];

const EXAMPLES = `
Examples:
  sojourn distill math --data train.jsonl --model deepseek/deepseek-reasoner --samples 4 --out data
  sojourn distill own --data olympiad.jsonl --model vllm/NAME --writer openai/gpt-4o --per-problem 2 --out data
  sojourn distill gym/equations --limit 20 --samples 2 --out data

Problems with images, proofs, without an answer, or with an answer that is no number are left out; --rules says which of
${RULES.join(", ")} count. Go on with an interrupted run by sojourn resume RUN.`;

/** Adds `sojourn distill`: a teacher's visible thoughts that come to the right answer become a data set. */
export function addDistillCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("distill")
    .description("sample a teacher's visible reasoning over a problem set and keep what is right")
    .argument("<benchmark>", "a benchmark (see sojourn problems), own, gym, or gym/FAMILY")
    .requiredOption("--out <folder>", "where the data set goes")
    .option("--rules <list>", "which problems to leave out, or none", ruleList, RULES)
    .option("--per-problem <n>", "most right thoughts to keep of a problem", wholeNumber(1), 1)
    .option("--writer <provider/model>", "rewrites thoughts step by step (default: the teacher's words)");
  addThinkOptions(addProblemOptions(command))
    .option("--at-once <n>", "problems asked about at once", wholeNumber(1), 128)
    .option("--json", "print the report as one JSON object on stdout and nothing else there")
    .option("-q, --quiet", "print nothing but what goes wrong")
    .option("--config <file>", "a config file other than ./sojourn.yaml")
    .addHelpText("after", EXAMPLES)
    .action(async (benchmark: string, flags: DistillFlags) => distill(benchmark, flags, context));
}

async function distill(benchmark: string, flags: DistillFlags, context: CommandContext): Promise<void> {
  const { output, environment } = context;
  const { chooseProblems } = await import("../../evaluate/eval/choose-problems.ts");
  const { filterProblems } = await import("../../journey/distill/filter-problems.ts");
  const { plainJson } = await import("../../journey/writing-run.ts");
  const { runDistill } = await import("../distill-session.ts");
  const config = readConfig(flags.config);
  const registry = createRegistry(config);
  const choice = await choiceOf(benchmark, flags);
  // A teacher's samples are whole thoughts that know nothing of each other.
  const think = completeRequest({ strategy: "best-of-n", ...requestOf(flags) }, config);
  checkNames(think, registry);
  const { writer, rules, perProblem, atOnce, json = false, quiet = false } = flags;
  if (writer !== undefined) registry.open(writer);
  const { problems, revision, fingerprint } = await chooseProblems(choice, { environment });
  const filtered = filterProblems(problems, rules);
  if (filtered.problems.length === 0)
    throw new FailureError(
      `all ${problems.length} problems are left out by --rules ${rules.join()}; name fewer`,
    );
  const request: DistillRequest = {
    grow: {
      problems: choice.kind === "benchmark" && revision !== undefined ? { ...choice, revision } : choice,
      ...{ fingerprint, think, completions: 0, toldMisses: false, atOnce },
    },
    ...{ rules, out: resolve(flags.out), perProblem, seed: think.settings.seed ?? 0 },
    ...(writer !== undefined && {
      writer: completeRequest({ model: writer, roles: { writer } }, { ...config, roles: {} }),
    }),
  };
  const models = { policy: think.model, ...think.roles };
  const run = createRun(
    { command: "distill", request: plainJson(request), models, seed: request.seed },
    { root: runsFolder(config.runs, context) },
  );
  context.exit(await runDistill(request, filtered, run, { json, quiet, output, config, environment }));
}

function ruleList(text: string): string[] {
  const names = text.split(",").filter((name) => name !== "none" && name !== "");
  const unknown = names.find((name) => !RULES.includes(name));
  if (unknown === undefined) return names;
  throw new InvalidArgumentError(`no rule "${unknown}"; there are ${RULES.join(", ")}.`);
}
