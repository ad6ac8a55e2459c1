/** Below it a sum's further terms change nothing in double precision. */
const NEGLIGIBLE = 1e-17;

/**
 * The exact two-sided McNemar test of two ways on the same problems (McNemar, 1947): how likely the problems on which they
 * differ would fall at least as unevenly if each went either way like a fair coin. Problems that both solve, or neither,
 * say nothing. Twice the smaller tail of the binomial distribution, at most 1. Big counts are summed by logarithms: a
 * probability too small for a double comes out as 0.
 *
 * @param fixed problems that only the second way solved, a whole number from 0
 * @param broken problems that only the first way solved, a whole number from 0
 * @returns the p-value, from 0 to 1; 1 where the two never differ
 * @throws RangeError for anything but whole numbers from 0
 */
export function mcnemarTest(fixed: number, broken: number): number {
  for (const count of [fixed, broken])
    if (!Number.isSafeInteger(count) || count < 0)
      throw new RangeError(`McNemar's test counts problems: ${count} is not a whole number from 0`);
  const fewer = Math.min(fixed, broken);
  const more = Math.max(fixed, broken);
  if (fewer === more) return 1;
  // The tail in units of its largest term, from that term down: each is the one before times i / (n - i + 1).
  let sum = 0;
  let term = 1;
  for (let count = fewer; count >= 0 && term > NEGLIGIBLE * sum; count--) {
    sum += term;
    term *= count / (fewer + more - count + 1);
  }
  return Math.min(1, 2 * sum * Math.exp(logHalfBinomial(fewer, more)));
}

/** Logarithm of the probability of `fewer` heads and `more` tails of a fair coin. */
function logHalfBinomial(fewer: number, more: number): number {
  const all = fewer + more;
  return logFactorial(all) - logFactorial(fewer) - logFactorial(more) - all * Math.LN2;
}

/** ln n!, by the product where it is exact to the last digits and by Stirling's series where that is. */
function logFactorial(n: number): number {
  if (n <= 60) {
    let product = 1;
    for (let factor = 2; factor <= n; factor++) product *= factor;
    return Math.log(product);
  }
  const series = (1 / 12 - (1 / 360 - 1 / (1260 * n * n)) / (n * n)) / n;
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + series;
}
