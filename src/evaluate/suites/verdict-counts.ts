import type { EvaluationRecord } from "../eval/fold-evaluation.ts";
import { VERDICT_TAG } from "./verdicts.ts";

/** How many records have each verdict, those of the log's tags. */
export function countVerdicts(records: readonly EvaluationRecord[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { tags } of records) {
    const verdict = tags[VERDICT_TAG] ?? "";
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  return counts;
}

/** Records by what is read of them, in the order in which it first occurs. */
export function groupedBy(
  records: readonly EvaluationRecord[],
  read: (record: EvaluationRecord) => string,
): Map<string, EvaluationRecord[]> {
  const groups = new Map<string, EvaluationRecord[]>();
  for (const record of records) {
    const group = groups.get(read(record));
    if (group === undefined) groups.set(read(record), [record]);
    else group.push(record);
  }
  return groups;
}
