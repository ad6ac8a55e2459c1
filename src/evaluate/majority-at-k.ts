import { canonicalAnswer } from "../rewards/equivalent.ts";

/**
 * How likely the answer that most of `k` samples give is right, over all choices of `k` of those drawn, each in any order:
 * maj@k (Wang et al., 2022, arXiv 2203.11171) without resampling. Answers are the same where {@link canonicalAnswer} says so.
 * Of answers with equally many votes the one that came first wins, as in the strategy `vote`; in a random order each is as
 * likely to come first. Samples without an answer cast no vote, and without any vote nothing is right.
 *
 * Exact: for each right answer and each number of votes for it, the ways in which no other answer gets more are counted
 * by a polynomial product over the other answers. Samples are taken from the answers as from a bag, so that each answer's
 * votes are binomial given that there are `k` in all, which neither overflows nor loses digits.
 *
 * @param answers those of one problem, at least `k`, drawn alike and apart from each other; undefined where there is none
 * @param k from 1 to the number of answers
 * @param isRight asked once for each different answer, with the first that says it
 * @throws RangeError where `k` does not fit
 */
export function majorityAtK(
  answers: readonly (string | undefined)[],
  k: number,
  isRight: (answer: string) => boolean,
): number {
  if (!Number.isSafeInteger(k) || k < 1 || k > answers.length)
    throw new RangeError(`maj@${k} needs ${k} samples or more and k from 1, there are ${answers.length}`);
  const share = k / answers.length;
  const clusters = clusterAnswers(answers).map(({ answer, votes }) => ({
    right: answer !== undefined && isRight(answer),
    silent: answer === undefined,
    chances: binomial(votes, share, k),
  }));
  let likely = 0;
  for (const winner of clusters.filter(({ right }) => right)) {
    const others = clusters.filter((cluster) => cluster !== winner);
    for (let votes = 1; votes < winner.chances.length; votes++) {
      const chance = winner.chances[votes] ?? 0;
      if (chance > 0) likely += chance * winsWith(votes, others, k);
    }
  }
  return Math.min(1, likely / (binomial(answers.length, share, k)[k] ?? 1));
}

interface Cluster {
  silent: boolean;
  /** How likely it gets 0, 1, ... votes. */
  chances: readonly number[];
}

/** How likely the others fill the other `k - votes` places and none beats `votes`; a tie of t is won once in t. */
function winsWith(votes: number, others: readonly Cluster[], k: number): number {
  const places = k - votes;
  const mostTies = Math.floor(places / votes);
  // rows[ties][filled]: how likely that many places are filled with that many of the others level with the winner.
  let rows = Array.from({ length: mostTies + 1 }, () => new Float64Array(places + 1));
  (rows[0] as Float64Array)[0] = 1;
  for (const { silent, chances } of others) {
    const next = rows.map(() => new Float64Array(places + 1));
    const most = Math.min(chances.length - 1, places, silent ? places : votes);
    rows.forEach((row, ties) => {
      for (let got = 0; got <= most; got++) {
        const target = next[!silent && got === votes ? ties + 1 : ties];
        const chance = chances[got] as number;
        if (target === undefined || chance === 0) continue;
        for (let filled = 0; filled + got <= places; filled++)
          target[filled + got] = (target[filled + got] as number) + (row[filled] as number) * chance;
      }
    });
    rows = next;
  }
  return rows.reduce((sum, row, ties) => sum + (row[places] as number) / (ties + 1), 0);
}

/** How likely 0, 1, ... of `trials` come true, up to `most` of them, where each does with the same probability. */
function binomial(trials: number, probability: number, most: number): number[] {
  if (probability === 1) return Array.from({ length: trials + 1 }, (_, count) => Number(count === trials));
  const odds = Math.log(probability / (1 - probability));
  let logarithm = trials * Math.log1p(-probability);
  const chances = [Math.exp(logarithm)];
  for (let count = 1; count <= Math.min(trials, most); count++) {
    logarithm += Math.log((trials - count + 1) / count) + odds;
    chances.push(Math.exp(logarithm));
  }
  return chances;
}

/** Equal answers together, in the order in which they first came; the samples without an answer are one cluster too. */
function clusterAnswers(
  answers: readonly (string | undefined)[],
): { answer: string | undefined; votes: number }[] {
  const clusters = new Map<string | undefined, { answer: string | undefined; votes: number }>();
  for (const answer of answers) {
    const key = answer === undefined ? undefined : canonicalAnswer(answer);
    const cluster = clusters.get(key);
    if (cluster === undefined) clusters.set(key, { answer, votes: 1 });
    else cluster.votes++;
  }
  return [...clusters.values()];
}
