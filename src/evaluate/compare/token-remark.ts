/** Ways whose output tokens differ by no more than this part are compared at equal tokens. */
const TOLERANCE = 0.1;

/**
 * Whether two ways may be compared at equal tokens, and what to do where they may not: more tokens can buy accuracy by
 * themselves, through a vote.
 *
 * @param pairs for each problem the mean output tokens of the one way and of the base
 */
export function tokenRemark(pairs: readonly (readonly [number, number])[]): string {
  const own = pairs.reduce((sum, [tokens]) => sum + tokens, 0);
  const base = pairs.reduce((sum, [, tokens]) => sum + tokens, 0);
  if (own === 0 && base === 0) return "neither says how many tokens it wrote";
  if (own === 0 || base === 0) return "only one of them says how many tokens it wrote";
  const ratio = own / base;
  if (Math.abs(ratio - 1) <= TOLERANCE) return `at equal tokens: ${times(ratio)} the base's output tokens`;
  return ratio > 1
    ? `not at equal tokens: ${times(ratio)} the base's output tokens; a gain counts only against a base that may write as many, such as a vote of ${Math.max(2, Math.round(ratio))} thoughts`
    : `not at equal tokens: ${times(ratio)} the base's output tokens; a loss counts only where it may write as many, such as a vote of ${Math.max(2, Math.round(1 / ratio))} thoughts`;
}

function times(ratio: number): string {
  return `${ratio.toPrecision(3)} times`;
}
