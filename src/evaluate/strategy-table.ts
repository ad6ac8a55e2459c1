import { gradeGym } from "../problems/gym/gym.ts";
import type { Problem } from "../problems/problem.ts";
import { canonicalAnswer } from "../rewards/equivalent.ts";
import { markdownTable } from "./nano-table.ts";
import { formatDifference, pairedDifference } from "./paired-difference.ts";
import { formatProportion, proportion } from "./proportion.ts";
import type { Trial } from "./strategy-trials.ts";

/** What one way of thinking came to on a set of problems. */
export interface ArmResult {
  arm: string;
  trials: readonly Trial[];
  /** Some of the problems thought about once more, one at a time: how long that takes. Default none. */
  alone?: readonly Trial[] | undefined;
}

/** Thoughts sampled beside all arms, of which majorities of any size are made. */
export interface ThoughtPool {
  trials: readonly Trial[];
  /** Thoughts a problem. */
  samples: number;
}

/**
 * Arms on the same problems as a Markdown table: accuracy with its 95% interval, tokens and calls a problem, the median time
 * of those thought about one at a time (the trials themselves wait for each other), and beside each arm what self-consistency reaches with as many output tokens: the majority of the first k thoughts of a
 * pool, k being how many thoughts of mean length the arm's tokens pay for (at least one, at most the pool).
 */
export function strategyTable(
  problems: readonly Problem[],
  arms: readonly ArmResult[],
  pool: ThoughtPool,
): string {
  const perThought = mean(pool.trials.map(({ outputTokens }) => outputTokens / pool.samples));
  const rows = arms.map(({ arm, trials, alone = [] }) => {
    const tokens = mean(trials.map(({ outputTokens }) => outputTokens));
    const thoughts = Math.min(pool.samples, Math.max(1, Math.round(tokens / perThought)));
    const majority = problems.map((problem, index) => majorityIsRight(problem, pool.trials[index], thoughts));
    const difference = pairedDifference(
      trials.map(({ correct }, index) => [correct, majority[index] ?? false]),
    );
    const failed = trials.filter(({ error }) => error !== undefined).length;
    return [
      failed === 0 ? arm : `${arm} (${failed} failed)`,
      formatProportion(proportion(count(trials.map(({ correct }) => correct)), trials.length)),
      tokens.toFixed(0),
      mean(trials.map(({ inputTokens }) => inputTokens)).toFixed(0),
      mean(trials.map(({ calls }) => calls)).toFixed(1),
      alone.length === 0 ? "" : median(alone.map(({ wallMs }) => wallMs)).toFixed(0),
      `${((100 * count(majority)) / majority.length).toFixed(1)}% (${thoughts})`,
      formatDifference(difference),
    ];
  });
  const header = [
    `strategy (${problems.length} problems)`,
    "right",
    "output tokens",
    "input tokens",
    "calls",
    "ms, alone",
    "vote at equal tokens (thoughts)",
    "less that vote",
  ];
  return markdownTable(header, rows);
}

function majorityIsRight(problem: Problem, trial: Trial | undefined, thoughts: number): boolean {
  const votes = new Map<string, { answer: string; votes: number }>();
  for (const answer of trial?.answers.slice(0, thoughts) ?? []) {
    // A thought that came to no answer has cost as much, and has no vote.
    if (answer === null) continue;
    const key = canonicalAnswer(answer);
    const group = votes.get(key);
    if (group === undefined) votes.set(key, { answer, votes: 1 });
    else group.votes++;
  }
  // Of equals the one that came first, as `vote` does.
  const [winner] = [...votes.values()].sort((left, right) => right.votes - left.votes);
  return winner !== undefined && gradeGym(problem, winner.answer).correct;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const half = Math.floor(sorted.length / 2);
  return mean(sorted.slice(sorted.length % 2 === 0 ? Math.max(0, half - 1) : half, half + 1));
}

function count(values: readonly boolean[]): number {
  return values.filter(Boolean).length;
}
