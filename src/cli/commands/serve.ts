import { type Command, Option } from "commander";
import type { ReasoningField, ReasoningMode, ServerContext } from "../../server/index.ts";
import { readConfig } from "../../strategies/config.ts";
import { InputError } from "../../thought/errors.ts";
import type { CommandContext } from "../context.ts";
import { withInterrupt } from "../interrupt.ts";
import { wholeNumber } from "../parse-option.ts";
import { addKeysCommand } from "./serve-keys.ts";

interface ServeFlags {
  host: string;
  port: number;
  keys: string;
  allowHost?: string[];
  allowOrigin?: string[];
  models?: string[];
  look: string[];
  reasoning: ReasoningMode;
  reasoningField: ReasoningField;
  atOnce: number;
  seconds: number;
  maxBody: number;
  record?: boolean;
  keepDays?: number;
  grace: number;
  json?: boolean;
  quiet?: boolean;
  config?: string;
}

const EXAMPLES = `
Examples:
  sojourn serve
  sojourn serve --port 8080 --reasoning summary
  sojourn serve keys add laptop --per-minute 60
  sojourn serve --host 0.0.0.0 --allow-host lab.example.com
  sojourn serve --record --keep-days 30`;

/** How long what is under way may take to settle for its best answer, once the grace is over. */
const SETTLE_MS = 2_000;

/** Adds `sojourn serve`: the OpenAI-compatible API and the studio, until Ctrl-C. */
export function addServeCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("serve")
    .description("serve strategies over an OpenAI-compatible API, and the studio")
    .option("--host <address>", "the address to listen on; other machines need a key", "127.0.0.1")
    .option("--port <n>", "the port to listen on; 0 takes a free one", wholeNumber(0), 2718)
    .option("--keys <file>", "where keys are kept, as hashes", "sojourn-keys.json")
    .option("--allow-host <name...>", "names by which the server may be called")
    .option("--allow-origin <origin...>", "web pages from elsewhere that may call it")
    .option("--models <name...>", "the models and profiles that may be used (default: all with a provider)")
    .option(
      "--look <folder...>",
      "where the studio looks for trainings, journeys and data sets, beside the runs",
      ["journeys", "data"],
    )
    .addOption(
      new Option("--reasoning <mode>", "what clients see of the thinking, unless they ask for something else")
        .choices(["visible", "summary", "hidden"])
        .default("visible"),
    )
    .addOption(
      new Option("--reasoning-field <name>", "where it stands in chat completions; think: tags in the text")
        .choices(["reasoning_content", "reasoning", "think"])
        .default("reasoning_content"),
    )
    .option("--at-once <n>", "requests that are thought about at once", wholeNumber(1), 1024)
    .option("--seconds <n>", "most seconds of thinking about a request", wholeNumber(1), 600)
    .option("--max-body <bytes>", "most bytes of a request", wholeNumber(1024), 4 * 1024 * 1024)
    .option("--record", "keep what is served as runs")
    .option("--keep-days <n>", "remove recorded runs after so many days (default: never)", wholeNumber(1))
    .option("--grace <seconds>", "how long Ctrl-C waits for what is under way", wholeNumber(0), 10)
    .option("--json", "print one JSON object, with the address, once the server listens")
    .option("-q, --quiet", "print nothing")
    .option("--config <file>", "a config file other than ./sojourn.yaml")
    .addHelpText("after", EXAMPLES)
    .action((flags: ServeFlags) => serve(flags, context));
  addKeysCommand(command, context);
}

async function serve(flags: ServeFlags, { environment, output }: CommandContext): Promise<void> {
  if (flags.keepDays !== undefined && flags.record !== true)
    throw new InputError("--keep-days says how long recorded runs are kept; add --record");
  const { createServerContext, keepRunsFor, KeyRing, startServer } = await import("../../server/index.ts");
  const { models, reasoning, reasoningField, atOnce, seconds, maxBody, record = false } = flags;
  const context: ServerContext = createServerContext({
    config: readConfig(flags.config),
    environment,
    folders: flags.look,
    serving: { models, reasoning, reasoningField, atOnce, seconds, bodyBytes: maxBody, record },
  });
  const keys = new KeyRing({ file: flags.keys, given: environment["SOJOURN_SERVE_KEYS"] });
  const { host, port, allowHost: hosts, allowOrigin: origins } = flags;
  const server = await startServer(context, { host, port, access: { keys, hosts, origins } });
  const stopRemoving = flags.keepDays === undefined ? undefined : keepRunsFor(flags.keepDays, context);

  const { url } = server;
  if (flags.json === true) output.line(JSON.stringify({ url, keys: keys.size, record }));
  else if (flags.quiet !== true) {
    output.line(`studio  ${url}`);
    output.line(`API     ${url}/v1${keys.size === 0 ? "" : ` (with a key; ${keys.size} known)`}`);
    output.line("Ctrl-C ends it");
  }
  await withInterrupt(async (signal) => {
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    stopRemoving?.();
    const { size } = context.jobs;
    if (size > 0 && flags.quiet !== true)
      output.note(`finishing ${size} under way, for at most ${flags.grace} s; Ctrl-C again leaves at once`);
    await server.close({ graceMs: flags.grace * 1000, settleMs: SETTLE_MS });
  });
}
