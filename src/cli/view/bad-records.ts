import type { BadRecord } from "../../problems/benchmarks/record.ts";
import type { CommandOutput } from "../command-output.ts";
import { plural } from "./format.ts";

/** Told of so many records that are no problems; the rest is counted. */
const MOST = 5;

/** Notes which records of a file are no problems, and why. */
export function noteBadRecords(bad: readonly BadRecord[], output: Pick<CommandOutput, "note">): void {
  for (const { file, line, wrong } of bad.slice(0, MOST)) output.note(`skipped: ${file}:${line}: ${wrong}`);
  if (bad.length > MOST) output.note(`skipped: ${plural(bad.length - MOST, "more record")}`);
}
