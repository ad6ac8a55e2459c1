/** A reward's colour: from low over middle to high, in the theme on the screen. A value of CSS, for [0, 1]. */
export function scoreColor(value: number): string {
  const [from, to, part] = value < 0.5 ? ["low", "middle", value * 2] : ["middle", "high", (value - 0.5) * 2];
  return `color-mix(in oklab, var(--reward-${from}), var(--reward-${to}) ${Math.round(part * 100)}%)`;
}
