/** A sample with what chose it and what it was worth. */
export interface RewardedSample {
  /** By which the best of several is chosen; higher is better. */
  reward: number;
  /** What choosing it brings: 1 for a right answer and 0 for a wrong one, or any other number. */
  value: number;
}

/**
 * What choosing by reward the best of `k` samples brings on average, over all choices of `k` of those drawn: the sample of
 * rank r, from the lowest reward up, is the best of C(r - 1, k - 1) of the C(n, k) subsets. Exact, nothing is resampled.
 * Of equal rewards each is chosen as often, which is what the first of a random order comes to.
 *
 * @param samples those of one problem, at least `k`, drawn alike and apart from each other
 * @param k from 1 to the number of samples
 * @throws RangeError where `k` does not fit, or where a reward is not a number
 */
export function bestAtK(samples: readonly RewardedSample[], k: number): number {
  if (!Number.isSafeInteger(k) || k < 1 || k > samples.length)
    throw new RangeError(`best@${k} needs ${k} samples or more and k from 1, there are ${samples.length}`);
  if (samples.some(({ reward }) => Number.isNaN(reward))) throw new RangeError("a reward is not a number");
  const ranked = [...samples].sort((left, right) => (left.reward < right.reward ? 1 : -1));
  let expected = 0;
  // From the best down: C(r - 2, k - 1) / C(r - 1, k - 1) = (r - k) / (r - 1).
  let weight = k / ranked.length;
  for (let start = 0; start < ranked.length && weight > 0; ) {
    const { reward } = ranked[start] as RewardedSample;
    let [end, weights, values] = [start, 0, 0];
    for (let sample = ranked[end]; sample?.reward === reward; sample = ranked[++end]) {
      weights += weight;
      values += sample.value;
      const rank = ranked.length - end;
      weight *= rank > 1 ? (rank - k) / (rank - 1) : 0;
    }
    expected += (weights * values) / (end - start);
    start = end;
  }
  return expected;
}
