import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { type ProcessResult, processScores, type ScoredSolution } from "../../evaluate/process-scores.ts";
import { formatProportion } from "../../evaluate/proportion.ts";
import { type RecordText, readScoredSolutions } from "../../evaluate/scored-solutions.ts";
import { InputError, messageOf } from "../../thought/errors.ts";
import type { CommandContext } from "../context.ts";
import { numberBetween } from "../parse-option.ts";
import { table } from "../view/table.ts";

interface JudgeFlags {
  replay: string;
  labelsFrom?: string;
  scores: string;
  labels: string;
  firstError?: string;
  countFrom: 0 | 1;
  parts?: string;
  id: string;
  threshold: number;
  json?: boolean;
}

const EXAMPLES = `
A line of the file is one solution: {"scores": [0.9, 0.2], "labels": [1, 0]}, a score and a label a step.

Examples:
  sojourn judge --replay scores.jsonl
  sojourn judge --replay scores.jsonl --labels-from solutions.jsonl --first-error label --json`;

/** Told of so many records that cannot be used; the rest is counted. */
const MOST_FAULTS = 5;

/** Adds `sojourn judge`: how well recorded scores of steps tell right steps and solutions from wrong ones. */
export function addJudgeCommand(program: Command, { output }: CommandContext): void {
  program
    .command("judge")
    .description("measure how well recorded scores of steps find what is wrong")
    .requiredOption("--replay <file>", "scores that were recorded: JSON Lines or one JSON array")
    .option("--labels-from <file>", "a file with the labels of the same solutions, joined by id")
    .option("--scores <column>", "where the scores are, one a step", "scores")
    .option("--labels <column>", "where the labels are, one a step: 1 or 0", "labels")
    .option("--first-error <column>", "in place of labels: the number of the first wrong step; -1 for none")
    .option("--count-from <n>", "the number of the first step there, 0 or 1", zeroOrOne, 0)
    .option("--parts <column>", "a list of parts for each step, where parts were scored")
    .option("--id <column>", "what joins both files", "id")
    .option("--threshold <score>", "a step is called right above it", anyNumber, 0.5)
    .option("--json", "print one JSON object")
    .addHelpText("after", EXAMPLES)
    .action((flags: JudgeFlags) => {
      const labelled = flags.labelsFrom === undefined ? undefined : readRecords(flags.labelsFrom);
      const { solutions, faults } = readScoredSolutions(flags, readRecords(flags.replay), labelled);
      for (const fault of faults.slice(0, MOST_FAULTS)) output.note(`skipped: ${fault}`);
      if (faults.length > MOST_FAULTS) output.note(`skipped: ${faults.length - MOST_FAULTS} more records`);
      const result = processScores(solutions, flags.threshold);
      const sweep = sweepThresholds(solutions).map((threshold) => processScores(solutions, threshold));
      if (flags.json)
        output.line(JSON.stringify({ ...plain(result), skipped: faults.length, sweep: sweep.map(plain) }));
      else for (const line of [...resultLines(result), "", ...sweepLines(sweep)]) output.line(line);
    });
}

const anyNumber = numberBetween(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);

function zeroOrOne(text: string): 0 | 1 {
  if (text === "0") return 0;
  if (text === "1") return 1;
  throw new InvalidArgumentError("0 or 1 is needed.");
}

function readRecords(file: string): RecordText {
  try {
    return { file, text: readFileSync(file, "utf8") };
  } catch (error) {
    throw new InputError(
      `cannot read ${file}: ${messageOf(error)}; name a JSONL file of scored solutions`,
      error,
    );
  }
}

/** Tenths for scores from 0 to 1; for any others their deciles. */
function sweepThresholds(solutions: readonly ScoredSolution[]): number[] {
  const tenths = Array.from({ length: 9 }, (_, index) => (index + 1) / 10);
  const scores = solutions.flatMap((solution) => solution.scores).sort((one, other) => one - other);
  if ((scores[0] ?? 0) >= 0 && (scores.at(-1) ?? 0) <= 1) return tenths;
  return [...new Set(tenths.map((part) => scores[Math.floor(part * scores.length)] ?? 0))];
}

/** As JSON says it: null where there is no area under the curve. */
function plain(result: ProcessResult): object {
  return { ...result, solutionAuc: result.solutionAuc ?? null, stepAuc: result.stepAuc ?? null };
}

function resultLines(result: ProcessResult): string[] {
  const { solutions, steps, threshold, firstError, allRight } = result;
  return [
    `${solutions} solutions, ${firstError.trials} of them wrong; ${steps} steps up to the first wrong one; right above ${threshold}`,
    "",
    ...table(
      ["measure", "value"],
      [
        ["solution macro-F1", decimals(result.solutionMacroF1)],
        ["step macro-F1", decimals(result.stepMacroF1)],
        ["solution AUC", decimals(result.solutionAuc)],
        ["step AUC", decimals(result.stepAuc)],
        ["first wrong step found", formatProportion(firstError)],
        ["right solutions passed", formatProportion(allRight)],
        ["ProcessBench F1", decimals(result.processBenchF1)],
        ["MR-Score without reasons", decimals(result.mrScore)],
      ],
    ),
  ];
}

function sweepLines(sweep: readonly ProcessResult[]): string[] {
  const header = ["right above", "solution F1", "step F1", "first wrong step", "passed", "ProcessBench F1"];
  return table(
    header,
    sweep.map((row) => [
      String(Number(row.threshold.toPrecision(4))),
      decimals(row.solutionMacroF1),
      decimals(row.stepMacroF1),
      `${(100 * row.firstError.share).toFixed(1)}%`,
      `${(100 * row.allRight.share).toFixed(1)}%`,
      decimals(row.processBenchF1),
    ]),
  );
}

function decimals(value: number | undefined): string {
  return value === undefined ? "unknown: all are of one kind" : value.toFixed(3);
}
