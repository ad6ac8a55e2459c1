import { type Command, Option } from "commander";
import { z } from "zod";
import { createRegistry, type ModelRegistry } from "../../models/registry.ts";
import { createRun, memoryRun } from "../../runs/open-run.ts";
import type { AskRequest } from "../../strategies/ask-request.ts";
import { readConfig } from "../../strategies/config.ts";
import { findStrategy } from "../../strategies/registry.ts";
import { completeRequest, type ThinkRequest } from "../../strategies/think-request.ts";
import { InputError } from "../../thought/errors.ts";
import { openChecker, runAsk, type Show } from "../ask-session.ts";
import type { CommandContext } from "../context.ts";
import { addThinkOptions, requestOf, type ThinkFlags } from "../think-options.ts";

interface AskFlags extends ThinkFlags {
  system?: string;
  checker?: string;
  show?: Show;
  record: boolean;
  json?: boolean;
  quiet?: boolean;
  config?: string;
}

const EXAMPLES = `
Examples:
  sojourn ask "Is 9.11 or 9.7 larger?"
  sojourn ask "How many r's are in strawberry?" --strategy step-by-step
  sojourn ask "Use 3, 7 and 12 to make 33." --strategy best-of-n --checker countdown
  echo "What is 347 + 586?" | sojourn ask --json
  sojourn ask "Why is the sky blue?" --model ollama/llama3.2 --effort high`;

/** Adds `sojourn ask`: thinks about one question and answers it. */
export function addAskCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("ask")
    .description("think about a question, live on a terminal, and answer it")
    .argument("[question...]", "the question; read from standard input when left out");
  addThinkOptions(command)
    .option("--system <text>", "a system message for the model")
    .option("--checker <name>", "verify answers by a rule, such as countdown")
    .addOption(
      new Option("--show <what>", "what to show of the thinking").choices([
        "tree",
        "thought",
        "summary",
        "none",
      ]),
    )
    .option("--no-record", "keep no run folder")
    .option("--json", "print one JSON object on stdout and nothing else there")
    .option("-q, --quiet", "print the answer alone")
    .option("--config <file>", "a config file other than ./sojourn.yaml")
    .addHelpText("after", EXAMPLES)
    .action(async (words: string[], flags: AskFlags) => {
      const config = readConfig(flags.config);
      const request = await askRequest(words, flags, completeRequest(requestOf(flags), config), context);
      const { think } = request;
      // What is to be shown has to be there; and a run that is resumed has to bring it again.
      if (flags.show === "summary") think.settings.summaries = true;
      checkNames(think, createRegistry(config));
      const models = { policy: think.model, ...think.roles };
      const newRun = {
        command: "ask",
        request: z.json().parse(JSON.parse(JSON.stringify(request))),
        models,
        seed: think.settings.seed ?? think.configured.seed ?? 0,
      };
      const run = flags.record
        ? createRun(newRun, { root: runsFolder(config.runs, context) })
        : memoryRun(newRun).log;
      const display = {
        show: flags.show ?? (context.output.live ? "tree" : "none"),
        json: flags.json ?? false,
        quiet: flags.quiet ?? false,
      };
      context.exit(await runAsk(request, run, { display, output: context.output, config }));
    });
}

async function askRequest(
  words: string[],
  flags: AskFlags,
  think: ThinkRequest,
  context: CommandContext,
): Promise<AskRequest> {
  const typed = words.join(" ").trim();
  const text = typed !== "" ? typed : ((await context.readInput()) ?? "").trim();
  if (text === "") throw new InputError('what is the question? Try: sojourn ask "Is 9.11 or 9.7 larger?"');
  await openChecker(flags.checker);
  return {
    question: { id: "q1", text, ...(flags.system === undefined ? {} : { system: flags.system }) },
    think,
    ...(flags.checker === undefined ? {} : { checker: flags.checker }),
  };
}

/** Throws an InputError for a name that does not exist, so that a slip of the pen leaves no run behind. */
export function checkNames({ model, roles, strategy }: ThinkRequest, registry: ModelRegistry): void {
  for (const name of [model, ...Object.values(roles)]) registry.open(name);
  if (strategy !== "auto") findStrategy(strategy);
}

/** Where runs are kept: `SOJOURN_RUNS`, else the config's folder, else `./runs`. */
export function runsFolder(
  configured: string | undefined,
  { environment }: Pick<CommandContext, "environment">,
): string | undefined {
  return (environment["SOJOURN_RUNS"] ?? "") === "" ? configured : environment["SOJOURN_RUNS"];
}
