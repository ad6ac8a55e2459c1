import type { EvaluationRecord } from "../eval/fold-evaluation.ts";
import { type Proportion, proportion } from "../proportion.ts";
import { countVerdicts, groupedBy } from "./verdict-counts.ts";
import { NO_REPLY } from "./verdicts.ts";

/** Grades of the replies to some questions of fact. */
export interface FactsGroup {
  name: string;
  questions: number;
  /** Questions without a reply or a grade: counted as not attempted. */
  without: number;
  correct: Proportion;
  incorrect: Proportion;
  notAttempted: Proportion;
  /** Correct among those attempted. */
  correctOfAttempted: Proportion;
  /** {@link factsScore} of both shares. */
  score: number;
}

/** All questions, and by topic. */
export interface FactsResult {
  all: FactsGroup;
  topics: FactsGroup[];
}

/** Counts the grades of a run over SimpleQA. */
export function factsResult(records: readonly EvaluationRecord[]): FactsResult {
  const topics = groupedBy(records, ({ family }) => family);
  return {
    all: groupOf("all", records),
    topics: [...topics].map(([name, some]) => groupOf(name, some)),
  };
}

/** SimpleQA's F-score (Wei et al., arXiv 2411.04368): the harmonic mean of correct and of correct among those attempted. */
export function factsScore(correct: number, correctOfAttempted: number): number {
  const sum = correct + correctOfAttempted;
  return sum === 0 ? 0 : (2 * correct * correctOfAttempted) / sum;
}

function groupOf(name: string, records: readonly EvaluationRecord[]): FactsGroup {
  const counts = countVerdicts(records);
  const count = (verdict: string): number => counts.get(verdict) ?? 0;
  const [right, wrong, without] = [count("correct"), count("incorrect"), count(NO_REPLY)];
  const correct = proportion(right, records.length);
  const correctOfAttempted = proportion(right, right + wrong);
  return {
    ...{ name, questions: records.length, without, correct, correctOfAttempted },
    incorrect: proportion(wrong, records.length),
    notAttempted: proportion(count("not attempted") + without, records.length),
    score: factsScore(correct.share, correctOfAttempted.share),
  };
}
