import { clusteredProportion } from "../clustered-proportion.ts";
import type { Proportion } from "../proportion.ts";
import type { EvaluationRecord } from "./fold-evaluation.ts";
import { groupBy } from "./group-by.ts";

/** The answers of one level, subject or family. */
export interface RecordGroup {
  /** `5`, `Algebra`. */
  name: string;
  problems: number;
  accuracy: Proportion;
  /** Mean of an answer, estimated ones included. */
  outputTokens: number;
}

/** One way to group the problems, with its groups in natural order. */
export interface Grouping {
  /** `level`, `subject`, `family`, or `strategy` where several were used. */
  by: string;
  groups: RecordGroup[];
}

/** More groups than this are no summary any more. */
const MOST_GROUPS = 40;

/** How often each answer's problem came out right: what intervals over several answers a problem are made of. */
export function accuracyOfRecords(records: readonly EvaluationRecord[]): Proportion {
  const problems = groupBy(records, ({ problem }) => problem).values();
  const clusters = [...problems].map((answers) => ({
    right: answers.filter(({ correct }) => correct).length,
    trials: answers.length,
  }));
  return clusteredProportion(clusters);
}

/**
 * Accuracy by each tag, by family and by strategy, as far as they tell problems apart: not where all are alike, where
 * nearly every problem has a value of its own, or where two groupings are the same.
 */
export function groupRecords(records: readonly EvaluationRecord[]): Grouping[] {
  const tags = [...new Set(records.flatMap((record) => Object.keys(record.tags)))].sort();
  const keys: [by: string, key: (record: EvaluationRecord) => string | undefined][] = [
    ...tags.map((tag): [string, (record: EvaluationRecord) => string | undefined] => [
      tag,
      (record) => record.tags[tag],
    ]),
    ["family", (record) => record.family],
    ["strategy", (record) => record.strategy],
  ];
  const problems = countProblems(records);
  const { compare } = new Intl.Collator("en", { numeric: true });
  const seen = new Set<string>();
  return keys.flatMap(([by, key]): Grouping[] => {
    const partition = JSON.stringify(records.map((record) => key(record) ?? ""));
    const members = groupBy(records, (record) => key(record) || "unknown");
    const telling = members.size > 1 && members.size <= Math.min(MOST_GROUPS, problems / 2);
    if (!telling || seen.has(partition)) return [];
    seen.add(partition);
    const groups = [...members]
      .sort(([one], [other]) => compare(one, other))
      .map(([name, group]) => ({ name, ...summarizeGroup(group) }));
    return [{ by, groups }];
  });
}

function summarizeGroup(records: readonly EvaluationRecord[]): Omit<RecordGroup, "name"> {
  const tokens = records.reduce((sum, { outputTokens }) => sum + outputTokens, 0);
  return {
    problems: countProblems(records),
    accuracy: accuracyOfRecords(records),
    outputTokens: tokens / records.length,
  };
}

/** How many different problems the answers are to. */
export function countProblems(records: readonly EvaluationRecord[]): number {
  return new Set(records.map(({ problem }) => problem)).size;
}
