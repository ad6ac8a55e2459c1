import { type Command, Option } from "commander";
import { type ShortcutChoice, shortcutChoices } from "../../journey/weave/shortcut.ts";
import type { WeaveReport } from "../../journey/weave/weave-folder.ts";
import { type Arm, arms, type WeaveRequest, weaveRequestSchema } from "../../journey/weave/weave-request.ts";
import { createRegistry } from "../../models/registry.ts";
import { findRun, runsRoot } from "../../runs/run-folder.ts";
import { type Config, readConfig } from "../../strategies/config.ts";
import { completeRequest } from "../../strategies/think-request.ts";
import { InputError } from "../../thought/errors.ts";
import type { CommandContext } from "../context.ts";
import { InterruptedError, withInterrupt } from "../interrupt.ts";
import { numberBetween, wholeNumber } from "../parse-option.ts";
import { openProgressLine } from "../view/progress-line.ts";
import { table } from "../view/table.ts";
import { runsFolder } from "./ask.ts";

interface WeaveFlags {
  arms: Arm[];
  out: string;
  shortcuts: ShortcutChoice;
  trials: number;
  chance: WeaveRequest["chance"];
  leastWrongTurns: number;
  mostLines?: number;
  pairs: number;
  words: WeaveRequest["words"];
  writer?: string;
  seed: number;
  json?: boolean;
  quiet?: boolean;
  config?: string;
}

const EXAMPLES = `
Examples:
  sojourn weave latest --out data
  sojourn weave RUN OTHER --arms shortcut,journey-refined --least-wrong-turns 1 --out data
  sojourn weave RUN --arms journey-refined --writer openai/gpt-4o --out data
  sojourn weave RUN --arms preference --pairs 5 --out data

The same command goes on with an interrupted weaving: the folder keeps what a writer has written.`;

/** Adds `sojourn weave`: trees become data sets of shortcuts, long thoughts, preference pairs and step labels. */
export function addWeaveCommand(program: Command, context: CommandContext): void {
  program
    .command("weave")
    .description("weave grown trees into data sets for training")
    .argument("<run...>", "runs of sojourn grow or sojourn eval: ids, beginnings of them, or latest")
    .requiredOption("--out <folder>", "where the data sets go")
    .option("--arms <list>", `data sets to make: ${arms.join(", ")}`, armList, [
      "shortcut",
      "journey-draft",
      "journey-refined",
    ] satisfies Arm[])
    .addOption(
      new Option("--shortcuts <which>", "which right paths of a tree, each with its journey")
        .choices(shortcutChoices)
        .default("shortest"),
    )
    .option(
      "--trials <k>",
      "most children tried at a step of the path, the right one included",
      wholeNumber(1),
      2,
    )
    .option(
      "--chance <p>",
      "how likely the wrong turns of a step are taken; policy: as often as it went wrong",
      (value) => (value === "policy" ? value : numberBetween(0, 1)(value)),
      1,
    )
    .option("--least-wrong-turns <n>", "leave out trees with fewer", wholeNumber(0), 0)
    .option("--most-lines <n>", "leave out trees whose long thought is longer", wholeNumber(1))
    .option("--pairs <n>", "preference pairs of a question", wholeNumber(1), 5)
    .addOption(
      new Option("--words <which>", "the words between steps; auto: the gym's for runs of nano")
        .choices(["auto", "english", "gym"])
        .default("auto"),
    )
    .option("--writer <provider/model>", "who refines drafts (default: a grammar of connectives)")
    .option("--seed <n>", "seed of all randomness", wholeNumber(0), 0)
    .option("--json", "print the report as one JSON object on stdout and nothing else there")
    .option("-q, --quiet", "print nothing but what goes wrong")
    .option("--config <file>", "a config file other than ./sojourn.yaml")
    .addHelpText("after", EXAMPLES)
    .action(async (names: string[], flags: WeaveFlags) => weaveRuns(names, flags, context));
}

async function weaveRuns(names: string[], flags: WeaveFlags, context: CommandContext): Promise<void> {
  const { output } = context;
  const { weaveFolder } = await import("../../journey/weave/weave-folder.ts");
  const config = readConfig(flags.config);
  const root = runsFolder(config.runs, context) ?? runsRoot(context.environment);
  const registry = createRegistry(config);
  const { out, writer, json = false, quiet = false, config: _config, ...how } = flags;
  const request = weaveRequestSchema.parse({
    ...how,
    runs: names.map((name) => findRun(root, name)),
    ...(writer !== undefined && { writer: writerOf(writer, config) }),
  });
  if (writer !== undefined && !registry.open(writer).traits.followsInstructions)
    throw new InputError(
      `${writer} follows no instructions; leave out --writer for the grammar of connectives`,
    );
  const view = openProgressLine(output, { silent: quiet || json });
  const onProgress = (done: number, all: number) => view.show({ done, all, before: 0, facts: ["refined"] });
  let report: WeaveReport;
  try {
    report = await withInterrupt((signal) =>
      weaveFolder(request, { out, root, registry, signal, onProgress }),
    );
  } catch (error) {
    view.close();
    if (!(error instanceof InterruptedError)) throw error;
    output.note("interrupted; the same command goes on with it");
    context.exit(130);
    return;
  }
  view.close();
  if (json) output.line(JSON.stringify({ out, ...report }));
  else if (!quiet) for (const line of linesOf(report, out)) output.line(line);
}

function writerOf(writer: string, config: Config): WeaveRequest["writer"] {
  return completeRequest({ model: writer, roles: { writer } }, { ...config, roles: {} });
}

function linesOf({ trees, arms: made }: WeaveReport, out: string): string[] {
  const rows = Object.values(made).map(({ file, lines, skipped, fallbacks = {} }) => {
    const reasons = Object.entries({ ...skipped, ...fallbacks }).map(
      ([reason, times]) => `${times} ${reason}`,
    );
    return [`${out}/${file}`, String(lines), reasons.join("; ")];
  });
  return [`${trees} graded trees`, ...table(["data set", "lines", "left out or as it was"], rows)];
}

function armList(text: string): Arm[] {
  return text.split(",").map((name) => {
    const found = arms.find((arm) => arm === name.trim());
    if (found !== undefined) return found;
    throw new InputError(`no data set "${name.trim()}"; there are ${arms.join(", ")}`);
  });
}
