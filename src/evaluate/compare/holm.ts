/**
 * P-values made larger for having asked several questions at once (Holm, 1979): below .05 any of them is a mistake in at
 * most 5% of such families of tests, whatever depends on what. One p-value stays as it is.
 */
export function holm(values: readonly number[]): number[] {
  const order = values
    .map((_, index) => index)
    .sort((one, other) => (values[one] ?? 0) - (values[other] ?? 0));
  const adjusted = new Array<number>(values.length).fill(1);
  let highest = 0;
  for (const [rank, index] of order.entries()) {
    highest = Math.max(highest, Math.min(1, (values.length - rank) * (values[index] ?? 0)));
    adjusted[index] = highest;
  }
  return adjusted;
}
