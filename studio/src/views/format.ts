/** A number with three digits, more before the point: `1,234`, `12.3`, `0.00123`. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return "unknown";
  const digits = Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return value.toLocaleString("en", digits);
}

/** A share in [0, 1] as `12.3%`. */
export function formatPercent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

/** A moment in milliseconds since the epoch, in the reader's own time: `Nov 21, 18:20`. */
export function formatMoment(at: number): string {
  return new Date(at).toLocaleString("en", {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}

/** A difference with its sign and its 95% interval, where there is one: `+12.4 (9.8 to 15.1)`. */
export function formatDifference(
  { difference, low, high }: { difference: number; low: number | null; high: number | null },
  write: (value: number) => string = formatNumber,
): string {
  const interval = low === null || high === null ? "" : ` (${write(low)} to ${write(high)})`;
  return `${difference < 0 ? "" : "+"}${write(difference)}${interval}`;
}
