import type { Command } from "commander";
import { runsRoot } from "../../runs/run-folder.ts";
import { readConfig } from "../../strategies/config.ts";
import { InputError } from "../../thought/errors.ts";
import type { CommandContext } from "../context.ts";
import { wholeNumber } from "../parse-option.ts";
import { plural } from "../view/format.ts";
import { runsFolder } from "./ask.ts";

interface CompareFlags {
  onCommon: boolean;
  rows: number;
  json?: boolean;
  markdown?: boolean;
  config?: string;
}

const EXAMPLES = `
A run is named by its id, the beginning of one, latest, or latest~1 for the one before. The first is the base: fixed is
what another run got right and it did not.

Examples:
  sojourn compare latest~1 latest
  sojourn compare 20261121-1215 20261121-1302 20261121-1340 --rows 50
  sojourn compare latest~1 latest --markdown > comparison.md`;

/** Adds `sojourn compare`: two evaluations or more, paired by problem. */
export function addCompareCommand(program: Command, context: CommandContext): void {
  const { output, environment } = context;
  program
    .command("compare")
    .description(
      "compare evaluations on the same problems: what was fixed, what was broken, could it be luck",
    )
    .argument("<runs...>", "two or more runs of sojourn eval, the base first")
    .option("--on-common", "compare what all runs have, in place of refusing runs that differ in it", false)
    .option("--rows <n>", "how many single problems to list, those that flipped first", wholeNumber(0), 10)
    .option("--json", "print one JSON object, with all rows")
    .option("--markdown", "print Markdown")
    .option("--config <file>", "a config file other than ./sojourn.yaml")
    .addHelpText("after", EXAMPLES)
    .action(async (names: string[], flags: CompareFlags) => {
      if (names.length < 2) throw new InputError("name two runs: sojourn compare latest~1 latest");
      const { readEvaluation } = await import("../../evaluate/eval/read-evaluation.ts");
      const { findEvaluation } = await import("../../evaluate/compare/find-evaluation.ts");
      const { evaluationSet } = await import("../../evaluate/compare/evaluation-set.ts");
      const { compareSets } = await import("../../evaluate/compare/compare-sets.ts");
      const root = runsFolder(readConfig(flags.config).runs, context) ?? runsRoot(environment);
      const evaluations = names.map((name) => readEvaluation(findEvaluation(root, name)));
      for (const { run, state } of evaluations)
        if (state !== "finished") output.note(`${run} is ${state}: only what it has so far is compared`);
      const comparison = compareSets(evaluations.map(evaluationSet), { onCommon: flags.onCommon });
      for (const { name, lacks } of comparison.leftOut)
        output.note(`${name} lacks ${plural(lacks.length, "sample")} that another run has`);
      if (flags.json) output.line(JSON.stringify(comparison));
      else if (flags.markdown) {
        const { comparisonMarkdown } = await import("../../evaluate/compare/comparison-markdown.ts");
        output.line(comparisonMarkdown(comparison, flags.rows));
      } else {
        const { comparisonLines } = await import("../view/comparison-lines.ts");
        for (const line of comparisonLines(comparison, { rows: flags.rows, colors: output.colors }))
          output.line(line);
      }
    });
}
