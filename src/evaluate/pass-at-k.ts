/**
 * How likely at least one of `k` samples is right, where `right` of `samples` were: the unbiased estimate
 * 1 - C(n - c, k) / C(n, k) (Chen et al., 2021, arXiv 2107.03374), summed by logarithms, which neither overflows nor loses digits.
 * It takes the samples of a problem to be drawn alike and apart from each other; a benchmark's pass@k is the mean over its
 * problems.
 *
 * @param samples samples drawn, at least `k`
 * @param right how many of them are right
 * @param k from 1 to `samples`; more than were drawn cannot be estimated
 * @returns from 0 to 1
 * @throws RangeError where the numbers do not fit
 */
export function passAtK(samples: number, right: number, k: number): number {
  if (![samples, right, k].every(Number.isSafeInteger) || right < 0 || right > samples)
    throw new RangeError(`pass@k needs whole numbers with 0 to ${samples} right, not ${right}`);
  if (k < 1 || k > samples) throw new RangeError(`pass@${k} needs ${k} samples or more and k from 1`);
  if (right === 0) return 0;
  if (samples - right < k) return 1;
  let logAllWrong = 0;
  // C(n - c, k) / C(n, k) is a product over the k draws and also one over the c right ones: the shorter one is taken.
  const [factors, others] = k < right ? [k, right] : [right, k];
  for (let factor = 0; factor < factors; factor++) logAllWrong += Math.log1p(-others / (samples - factor));
  return -Math.expm1(logAllWrong);
}
