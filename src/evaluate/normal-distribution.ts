/**
 * How likely a standard normal variable is at most `x`, to about 1e-7 of the smaller tail: by a Chebyshev fit of the
 * complementary error function (Press et al., Numerical Recipes, 6.2).
 */
export function normalCumulative(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + z / 2);
  const series = COEFFICIENTS.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  const tail = (t * Math.exp(series - z * z)) / 2;
  return x < 0 ? tail : 1 - tail;
}

const COEFFICIENTS = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
];

/** Beyond it, on either side, no probability is asked for. */
const FARTHEST = 10;

/** The value that a standard normal variable stays below with this probability, from -10 to 10: by halving. */
export function normalQuantile(probability: number): number {
  let [low, high] = [-FARTHEST, FARTHEST];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (normalCumulative(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
