import type { Random } from "../thought/random.ts";

/** Precision of the continued fraction: more than a double holds of its result. */
const PRECISION = 1e-15;
/** Smallest denominator that is divided by. */
const TINY = 1e-300;

/**
 * Beta's cumulative distribution function: the probability that a quantity with the distribution Beta(alpha, beta) is at
 * most `x`. It is the regularised incomplete beta function, by its continued fraction with Lentz's method.
 *
 * @param alpha greater than 0, whole or not
 * @param beta greater than 0
 * @param x from 0 to 1
 */
export function betaCumulative(alpha: number, beta: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast below the mean; above it the mirrored one does.
  if (x > (alpha + 1) / (alpha + beta + 2)) return 1 - betaCumulative(beta, alpha, 1 - x);
  const logFront =
    alpha * Math.log(x) +
    beta * Math.log1p(-x) +
    logGamma(alpha + beta) -
    logGamma(alpha) -
    logGamma(beta) -
    Math.log(alpha);
  return Math.exp(logFront) / continuedFraction(alpha, beta, x);
}

/** 1 + d1/(1 + d2/(1 + ...)), see the Digital Library of Mathematical Functions, 8.17.22. */
function continuedFraction(alpha: number, beta: number, x: number): number {
  let above = 1;
  let below = 0;
  let value = 1;
  for (let term = 1; ; term++) {
    const half = Math.floor(term / 2);
    const coefficient =
      term % 2 === 0
        ? (half * (beta - half) * x) / ((alpha + term - 1) * (alpha + term))
        : (-(alpha + half) * (alpha + beta + half) * x) / ((alpha + term - 1) * (alpha + term));
    below = 1 / away(1 + coefficient * below);
    above = away(1 + coefficient / above);
    value *= above * below;
    if (Math.abs(above * below - 1) < PRECISION) return value;
  }
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** ln Gamma(x) for x > 0: Stirling's series, moved up to where it is exact to a double. */
function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 10) {
    product *= shifted;
    shifted++;
  }
  const inverse = 1 / (shifted * shifted);
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / shifted;
  return (
    (shifted - 0.5) * Math.log(shifted) - shifted + Math.log(2 * Math.PI) / 2 + series - Math.log(product)
  );
}

/** Draws from Beta(alpha, beta), both greater than 0: a share of two gamma draws. */
export function drawBeta(random: Random, alpha: number, beta: number): number {
  const one = drawGamma(random, alpha);
  const other = drawGamma(random, beta);
  // Both underflow only where both shapes are tiny; then either end is as likely as its shape.
  return one + other === 0 ? Number(random.chance(alpha / (alpha + beta))) : one / (one + other);
}

/** Draws from Gamma(shape, 1) by the squeezed normal of Marsaglia and Tsang (2000). */
function drawGamma(random: Random, shape: number): number {
  if (shape < 1) return drawGamma(random, shape + 1) * (1 - random.next()) ** (1 / shape);
  const centre = shape - 1 / 3;
  const scale = 1 / Math.sqrt(9 * centre);
  for (;;) {
    const normal = drawNormal(random);
    const cube = (1 + scale * normal) ** 3;
    if (cube <= 0) continue;
    const uniform = 1 - random.next();
    if (Math.log(uniform) < normal ** 2 / 2 + centre * (1 - cube + Math.log(cube))) return centre * cube;
  }
}

/** Draws from the standard normal distribution (Box and Muller 1958). */
function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
