/** A share of trials that came out right, with its 95% interval. */
export interface Proportion {
  right: number;
  trials: number;
  /** `right / trials`; 0 without trials. */
  share: number;
  /** Wilson's 95% interval for the true share. */
  low: number;
  high: number;
}

/** 97.5% quantile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * The share of right trials and its Wilson score interval (Wilson, 1927), which stays inside [0, 1] and holds for small
 * numbers and for shares near 0 or 1, where the textbook interval fails.
 */
export function proportion(right: number, trials: number): Proportion {
  return proportionOf(trials === 0 ? 0 : right / trials, { right, trials, effective: trials });
}

/** Wilson's interval for a share that as many independent trials as `effective`, which need not be whole, would give. */
export function proportionOf(
  share: number,
  { right, trials, effective }: { right: number; trials: number; effective: number },
): Proportion {
  if (trials === 0) return { right, trials, share: 0, low: 0, high: 1 };
  const spread = Z ** 2 / effective;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (Z / (1 + spread)) * Math.sqrt((share * (1 - share)) / effective + spread / (4 * effective));
  return { right, trials, share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** `95.2% (93.0 to 96.8)`. */
export function formatProportion({ share, low, high }: Proportion): string {
  const percent = (value: number): string => (100 * value).toFixed(1);
  return `${percent(share)}% (${percent(low)} to ${percent(high)})`;
}
