import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { z } from "zod";
import type { SuiteRequest } from "../../evaluate/suites/suite-request.ts";
import { defined } from "../../models/defined.ts";
import { createRegistry } from "../../models/registry.ts";
import { createRun } from "../../runs/open-run.ts";
import { runsRoot } from "../../runs/run-folder.ts";
import { type Config, readConfig } from "../../strategies/config.ts";
import { completeRequest, type ThinkRequest } from "../../strategies/think-request.ts";
import { InputError } from "../../thought/errors.ts";
import type { CommandContext } from "../context.ts";
import { wholeNumber } from "../parse-option.ts";
import { addThinkOptions, requestOf, type ThinkFlags } from "../think-options.ts";
import { noteBadRecords } from "../view/bad-records.ts";
import { checkNames, runsFolder } from "./ask.ts";

interface SuiteFlags extends ThinkFlags {
  data?: string;
  limit?: number;
  judge?: string;
  challenge: "doubt" | "denial";
  atOnce: number;
  json?: boolean;
  quiet?: boolean;
  config?: string;
}

const EXAMPLES = `
refusals   XSTest: how often safe prompts are refused, and unsafe ones (by rules, or by --judge)
facts      SimpleQA: correct, incorrect or not attempted, by a judge, and the F-score
sycophancy "are you sure?" behind each answer of an evaluation: right ones kept, wrong ones mended

Examples:
  sojourn suite refusals --data xstest_prompts.csv --model ollama/llama3.2
  sojourn suite refusals --data xstest_prompts.csv --model ollama/llama3.2 --judge openai/gpt-4o-mini
  sojourn suite facts --data simple_qa_test_set.csv --model ollama/llama3.2 --judge openai/gpt-4o-mini --limit 200
  sojourn suite sycophancy latest --challenge denial`;

/** Adds `sojourn suite`: what a model does beside solving problems: refusals, short facts, giving way to doubt. */
export function addSuiteCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("suite")
    .description("measure refusals, short facts, or whether answers give way to doubt")
    .argument("<suite>", "refusals, facts or sycophancy")
    .argument("[run]", "for sycophancy: a run of sojourn eval: its id, the beginning of one, or latest")
    .option("--data <file>", "a file, a folder, or hf:owner/name[@revision][/config/split]")
    .option("--limit <n>", "most problems", wholeNumber(1))
    .option(
      "--judge <provider/model>",
      "what gives verdicts: for facts needed where the model is to be judged by another",
    )
    .addOption(
      new Option("--challenge <which>", "sycophancy: are you sure, or that is wrong")
        .choices(["doubt", "denial"])
        .default("doubt"),
    );
  addThinkOptions(command)
    .option("--at-once <n>", "questions thought about at once", wholeNumber(1), 128)
    .option("--json", "print one JSON object on stdout and nothing else there")
    .option("-q, --quiet", "no progress")
    .option("--config <file>", "a config file other than ./sojourn.yaml")
    .addHelpText("after", EXAMPLES)
    .action(async (name: string, run: string | undefined, flags: SuiteFlags) => {
      context.exit(await startSuite(name, run, flags, context));
    });
}

async function startSuite(
  name: string,
  of: string | undefined,
  flags: SuiteFlags,
  context: CommandContext,
): Promise<number> {
  const { output, environment } = context;
  const config = readConfig(flags.config);
  const root = runsFolder(config.runs, context) ?? runsRoot(environment);
  const { prepareSuite } = await import("../../evaluate/suites/prepare-suite.ts");
  const { runSuite } = await import("../suite/suite-session.ts");
  const draft =
    name === "sycophancy" ? await doubtOf(of, { flags, root, config }) : judgedOf(name, { flags, config });
  checkNames(draft.think, createRegistry(config));
  const suite = await prepareSuite(draft, { root, environment });
  noteBadRecords(suite.bad, output);
  const request = { ...draft, fingerprint: suite.fingerprint, ...defined({ revision: suite.revision }) };
  const run = createRun(
    {
      command: "suite",
      request: z.json().parse(JSON.parse(JSON.stringify(request))),
      models: { policy: draft.think.model, ...draft.think.roles },
      seed: draft.think.settings.seed ?? draft.think.configured.seed ?? 0,
    },
    { root },
  );
  const { json = false, quiet = false } = flags;
  return runSuite(suite, run, { output, environment, config, json, quiet });
}

interface Asked {
  flags: SuiteFlags;
  config: Config;
}

function judgedOf(name: string, { flags, config }: Asked): SuiteRequest {
  if (name !== "refusals" && name !== "facts")
    throw new InputError(`no suite "${name}"; there are refusals, facts and sycophancy`);
  const { data, limit, atOnce } = flags;
  if (data === undefined)
    throw new InputError(
      name === "refusals"
        ? "name a file of XSTest with --data; it comes from paul-rottger/xstest, xstest_prompts.csv"
        : "name a file of SimpleQA with --data; it comes from openai/simple-evals, simple_qa_test_set.csv",
    );
  // The bare question is what both benchmarks were made for; another strategy is asked for by its flag.
  const think = completeRequest({ strategy: "direct", ...requestOf(flags) }, config);
  const { traits } = createRegistry(config).open(think.roles.policy ?? think.model);
  if (!traits.followsInstructions)
    throw new InputError(
      `${name} is not applicable to ${traits.name}, which knows only its own kinds of questions; name another with --model PROVIDER/MODEL`,
    );
  const judge = judgeOf(name, { flags, config, think });
  return {
    ...{ suite: name, think, fingerprint: "", atOnce, data: data.startsWith("hf:") ? data : resolve(data) },
    ...defined({ limit, judge }),
  };
}

/** The judge that was named; for facts else the role's or the model itself. */
function judgeOf(
  suite: "refusals" | "facts",
  { flags, config, think }: Asked & { think: ThinkRequest },
): ThinkRequest | undefined {
  if (flags.judge === undefined && suite === "refusals") return undefined;
  const model = flags.judge ?? think.roles.judge ?? think.model;
  const { traits } = createRegistry(config).open(model);
  if (!traits.followsInstructions)
    throw new InputError(
      `${model} cannot judge replies, since it follows no instructions; name another with --judge PROVIDER/MODEL`,
    );
  const { seed, order, maxTokens } = think.settings;
  const settings = defined({ seed, order, maxTokens });
  return completeRequest({ model, strategy: "direct", effort: "max", settings }, { ...config, roles: {} });
}

async function doubtOf(
  of: string | undefined,
  { flags, root, config }: Asked & { root: string },
): Promise<SuiteRequest> {
  if (of === undefined) throw new InputError("name an evaluation to doubt: sojourn suite sycophancy latest");
  const { findEvaluation } = await import("../../evaluate/compare/find-evaluation.ts");
  const { readEvaluation } = await import("../../evaluate/eval/read-evaluation.ts");
  const { run, request } = readEvaluation(findEvaluation(root, of));
  const { answers } = request;
  if (answers.by === "replay")
    throw new InputError(`run ${run} is a replay, and nobody can ask again; name an evaluation of a model`);
  const { data, judge, limit, challenge, atOnce } = flags;
  if (data !== undefined || judge !== undefined)
    throw new InputError(
      "sycophancy takes problems and grades of the evaluation; leave out --data and --judge",
    );
  const think = overlaid(answers.think, requestOf(flags));
  const { traits } = createRegistry(config).open(think.roles.policy ?? think.model);
  if (!traits.followsInstructions)
    throw new InputError(
      `sycophancy is not applicable to ${traits.name}, which knows no conversation; evaluate another model first`,
    );
  return { suite: "sycophancy", of: run, challenge, think, fingerprint: "", atOnce, ...defined({ limit }) };
}

/** The evaluation's way of thinking, but for what the flags say. */
function overlaid(think: ThinkRequest, asked: Partial<ThinkRequest>): ThinkRequest {
  const { settings = {}, roles = {}, ...rest } = asked;
  const budget = { ...think.settings.budget, ...settings.budget };
  return {
    ...think,
    ...rest,
    effortAsked: think.effortAsked || asked.effort !== undefined,
    roles: { ...think.roles, ...roles },
    settings: { ...think.settings, ...settings, budget },
  };
}
