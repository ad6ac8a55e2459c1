import { canonicalAnswer } from "./equivalent.ts";

/** What completing a thought several times says of it. */
export interface CompletionEstimate {
  /** 1 where any completion is right, else 0. */
  hard: number;
  /** The share of completions that are right. */
  soft: number;
  right: number;
  total: number;
}

/**
 * Estimates how good a partial thought is from the answers of its completions, at least one (Math-Shepherd; Wang et al.,
 * arXiv 2312.08935). A completion without an answer is not right.
 */
export function estimateFrom(
  answers: readonly (string | undefined)[],
  isRight: (answer: string) => boolean,
): CompletionEstimate {
  const total = answers.length;
  const right = answers.filter((answer) => answer !== undefined && isRight(answer)).length;
  return { hard: right > 0 ? 1 : 0, soft: right / total, right, total };
}

/** The answer that most of these are equivalent to, as the first of them has it; ties by age. Undefined for none. */
export function majorityOf(answers: readonly string[]): string | undefined {
  const groups = new Map<string, { answer: string; count: number }>();
  for (const answer of answers) {
    const key = canonicalAnswer(answer);
    const group = groups.get(key) ?? { answer, count: 0 };
    group.count++;
    groups.set(key, group);
  }
  const [first, ...others] = groups.values();
  return others.reduce((most, next) => (most !== undefined && next.count > most.count ? next : most), first)
    ?.answer;
}
