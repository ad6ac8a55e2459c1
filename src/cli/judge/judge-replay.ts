import { readFileSync } from "node:fs";
import { sweptResult } from "../../evaluate/judge/judgement-result.ts";
import { type RecordText, readScoredSolutions, type ScoreColumns } from "../../evaluate/scored-solutions.ts";
import { InputError, messageOf } from "../../thought/errors.ts";
import type { CommandOutput } from "../command-output.ts";
import { judgeJson, judgeLines } from "../view/judge-lines.ts";

/** Recorded scores, and how they are to be measured. */
export interface JudgeReplay extends ScoreColumns {
  /** The file of scores. */
  replay: string;
  /** The file of labels, where they stand apart. */
  labelsFrom?: string | undefined;
  threshold: number;
  json?: boolean | undefined;
}

/** Told of so many records that cannot be used; the rest is counted. */
const MOST_FAULTS = 5;

/** Measures step scores that others recorded. */
export function judgeReplay(flags: JudgeReplay, output: CommandOutput): void {
  const labelled = flags.labelsFrom === undefined ? undefined : readRecords(flags.labelsFrom);
  const { solutions, faults } = readScoredSolutions(flags, readRecords(flags.replay), labelled);
  for (const fault of faults.slice(0, MOST_FAULTS)) output.note(`skipped: ${fault}`);
  if (faults.length > MOST_FAULTS) output.note(`skipped: ${faults.length - MOST_FAULTS} more records`);
  const result = sweptResult({ judged: solutions }, flags.threshold);
  if (flags.json) output.line(JSON.stringify({ ...judgeJson(result), skipped: faults.length }));
  else for (const line of judgeLines(result)) output.line(line);
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
