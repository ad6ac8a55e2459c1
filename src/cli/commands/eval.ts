import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { z } from "zod";
import type { EvaluationRequest, ProblemChoice } from "../../evaluate/eval/evaluation-request.ts";
import { createRegistry } from "../../models/registry.ts";
import { createRun } from "../../runs/open-run.ts";
import { runsRoot } from "../../runs/run-folder.ts";
import { type Config, readConfig } from "../../strategies/config.ts";
import { completeRequest } from "../../strategies/think-request.ts";
import { InputError } from "../../thought/errors.ts";
import { openChecker } from "../ask-session.ts";
import type { CommandContext } from "../context.ts";
import { columnNames, wholeNumber } from "../parse-option.ts";
import { addThinkOptions, requestOf, type ThinkFlags } from "../think-options.ts";
import { checkNames, runsFolder } from "./ask.ts";
import { OWN_COLUMNS } from "./problems.ts";

interface EvalFlags extends Omit<ThinkFlags, "samples"> {
  data?: string;
  columns?: Record<string, string>;
  split: "train" | "validation" | "test";
  phrasing: "trained" | "held-out";
  problemSeed: number;
  limit?: number;
  skip: number;
  samples?: number;
  thoughts?: number;
  atOnce: number;
  checker?: string;
  replay?: string;
  replayColumns?: Record<string, string>;
  dryRun?: boolean;
  report?: string;
  json?: boolean;
  quiet?: boolean;
  config?: string;
}

const EXAMPLES = `
Examples:
  sojourn eval gym/equations --limit 50
  sojourn eval math500 --data hf:HuggingFaceH4/MATH-500/test --model openai/gpt-4o-mini --limit 100 --dry-run
  sojourn eval gsm8k --data test.jsonl --model vllm/NAME --strategy vote --thoughts 8 --samples 4
  sojourn eval own --data mine.csv --columns question=task,answer=result
  sojourn eval gsm8k --data test.jsonl --replay outputs.jsonl --replay-columns answer=response
  sojourn eval --report latest

--samples asks each problem several times, for pass@k and maj@k; --thoughts is what ask calls --samples.`;

/** Problems of the gym, which has no end, where no limit is given. */
const GYM_LIMIT = 100;

/** Adds `sojourn eval`: accuracy on the problems of a benchmark, with all that it cost. */
export function addEvalCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("eval")
    .description("think about the problems of a benchmark, grade the answers, and report")
    .argument("[benchmark]", "a benchmark (see sojourn problems), own, gym, or gym/FAMILY")
    .option("--data <file>", "a file, a folder, or hf:owner/name[@revision][/config/split]")
    .option("--columns <names>", "for own: question=NAME,answer=NAME and so on", columnNames(OWN_COLUMNS))
    .addOption(
      new Option("--split <name>", "gym: which contents")
        .choices(["train", "validation", "test"])
        .default("test"),
    )
    .addOption(
      new Option("--phrasing <which>", "gym: which wordings")
        .choices(["trained", "held-out"])
        .default("trained"),
    )
    .option("--problem-seed <n>", "gym: draws the problems", wholeNumber(0), 0)
    .option("--limit <n>", `most problems (default: all; of the gym ${GYM_LIMIT})`, wholeNumber(1))
    .option("--skip <n>", "problems to pass over first", wholeNumber(0), 0)
    .option(
      "--samples <k>",
      "answers to each problem, each with a seed of its own (default: 1)",
      wholeNumber(1),
    );
  addThinkOptions(command, { samples: "--thoughts" })
    .option("--at-once <n>", "questions thought about at once", wholeNumber(1), 128)
    .option("--checker <name>", "verify answers by a rule, such as countdown")
    .option("--replay <file>", "grade answers that others recorded; no model is asked")
    .option(
      "--replay-columns <names>",
      "where they are: answer=NAME, and id, inputTokens, outputTokens (default: answer=answer)",
      columnNames(["answer", "id", "inputTokens", "outputTokens"]),
    )
    .option("--dry-run", "say how many problems and calls it would be and what they would cost; send nothing")
    .option(
      "--report <run>",
      "make the report of an evaluation again: a run's id, the beginning of one, or latest",
    )
    .option("--json", "print the report as one JSON object on stdout and nothing else there")
    .option("-q, --quiet", "print the accuracy alone")
    .option("--config <file>", "a config file other than ./sojourn.yaml")
    .addHelpText("after", EXAMPLES)
    .action(async (benchmark: string | undefined, flags: EvalFlags) => {
      const config = readConfig(flags.config);
      if (flags.report !== undefined) await reportAgain(flags.report, { flags, config, context });
      else if (benchmark === undefined)
        throw new InputError("name a benchmark, such as gym/equations; sojourn problems lists them");
      else await evaluate(benchmark, { flags, config, context });
    });
}

interface Evaluating {
  flags: EvalFlags;
  config: Config;
  context: CommandContext;
}

async function reportAgain(name: string, { flags, config, context }: Evaluating): Promise<void> {
  const root = runsFolder(config.runs, context) ?? runsRoot(context.environment);
  const { findEvaluation } = await import("../../evaluate/compare/find-evaluation.ts");
  const { report } = await import("../eval-session.ts");
  const { json = false, quiet = false } = flags;
  context.exit(await report(findEvaluation(root, name), { json, quiet, output: context.output }));
}

async function evaluate(benchmark: string, { flags, config, context }: Evaluating): Promise<void> {
  const { output, environment } = context;
  const { chooseProblems } = await import("../../evaluate/eval/choose-problems.ts");
  const { readReplay } = await import("../../evaluate/eval/read-replay.ts");
  const { runEval } = await import("../eval-session.ts");
  const choice = await choiceOf(benchmark, flags);
  const answers = await answersOf(flags, config, environment);
  const { problems, bad, revision, fingerprint } = await chooseProblems(choice, { environment });
  for (const { file, line, wrong } of bad.slice(0, 5)) output.note(`skipped: ${file}:${line}: ${wrong}`);
  if (bad.length > 5) output.note(`skipped: ${bad.length - 5} more records`);
  const replies =
    answers.by === "replay" ? await readReplay(answers.file, answers.columns, problems) : undefined;
  const request: EvaluationRequest = {
    problems: choice.kind === "benchmark" && revision !== undefined ? { ...choice, revision } : choice,
    fingerprint,
    samples: Math.max(flags.samples ?? 1, ...(replies ?? []).map((each) => each.length)),
    answers,
  };
  const { json = false, quiet = false } = flags;
  const session = { json, quiet, output, config, environment };
  if (flags.dryRun === true) {
    const { runDry } = await import("../eval-dry-run.ts");
    return runDry(request, problems, session);
  }
  const think = answers.by === "model" ? answers.think : undefined;
  const run = createRun(
    {
      command: "eval",
      request: z.json().parse(JSON.parse(JSON.stringify(request))),
      models: think === undefined ? {} : { policy: think.model, ...think.roles },
      seed: think?.settings.seed ?? think?.configured.seed ?? 0,
    },
    { root: runsFolder(config.runs, context) },
  );
  context.exit(await runEval(request, { problems, replies }, run, session));
}

/** The options that say which problems are meant. */
export type ProblemFlags = Pick<
  EvalFlags,
  "data" | "columns" | "limit" | "skip" | "split" | "phrasing" | "problemSeed"
>;

/**
 * The problems that a name and options mean: a benchmark, `own`, `gym` or `gym/FAMILY`. Throws an InputError for a name
 * that does not exist and for options that do not fit it.
 */
export async function choiceOf(name: string, flags: ProblemFlags): Promise<ProblemChoice> {
  const { limit, skip } = flags;
  const [kind, family, ...more] = name.split("/");
  if (kind === "gym" && more.length === 0) {
    if (flags.data !== undefined)
      throw new InputError("--data is for benchmarks; the gym draws its own problems");
    const { familyNames } = await import("../../problems/gym/gym.ts");
    const families = family === undefined ? [...familyNames] : [family];
    const { split, phrasing, problemSeed: seed } = flags;
    return { kind, families, split, phrasing, seed, skip, limit: limit ?? GYM_LIMIT };
  }
  const { findBenchmark } = await import("../../problems/benchmarks/registry.ts");
  const benchmark = findBenchmark(name);
  if (flags.columns !== undefined && benchmark.name !== "own") {
    throw new InputError(`--columns is for own; ${benchmark.name} has its own columns: ${benchmark.columns}`);
  }
  if (flags.data === undefined) {
    throw new InputError(`name a file of ${benchmark.name} with --data; it comes from ${benchmark.origin}`);
  }
  // A run may be resumed from another folder.
  const data = flags.data.startsWith("hf:") ? flags.data : resolve(flags.data);
  return { kind: "benchmark", benchmark: benchmark.name, data, columns: flags.columns, skip, limit };
}

async function answersOf(
  flags: EvalFlags,
  config: Config,
  environment: NodeJS.ProcessEnv,
): Promise<EvaluationRequest["answers"]> {
  const { atOnce, checker, replay, replayColumns } = flags;
  if (replay !== undefined) {
    const { replayColumnsSchema } = await import("../../evaluate/eval/evaluation-request.ts");
    const columns = replayColumnsSchema.parse({ answer: "answer", ...replayColumns });
    return { by: "replay", file: resolve(replay), columns };
  }
  if (replayColumns !== undefined)
    throw new InputError("--replay-columns says where the answers of --replay are");
  const think = completeRequest(requestOf(thinkFlags(flags)), config);
  const { withoutKeys } = await import("../eval-dry-run.ts");
  checkNames(think, createRegistry(config, flags.dryRun === true ? withoutKeys(environment) : environment));
  await openChecker(checker);
  return { by: "model", think, atOnce, checker };
}

/** A strategy's own samples are called `--thoughts` here. */
function thinkFlags({ samples: _answers, thoughts, ...flags }: EvalFlags): ThinkFlags {
  return thoughts === undefined ? flags : { ...flags, samples: thoughts };
}
