import { REWARD_STEPS } from "./looks.ts";

/** The theme's colours as a canvas takes them. */
export interface Palette {
  /** By reward step, 0 to {@link REWARD_STEPS}. */
  reward: readonly string[];
  noReward: string;
  edge: string;
  edgePath: string;
  ink: string;
  muted: string;
  faint: string;
  panel: string;
  accent: string;
  right: string;
  wrong: string;
  sans: string;
  mono: string;
}

/** Reads the theme's colours off the page. Call it again when the theme changes. */
export function readPalette(): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  // A canvas knows no custom properties: the browser works each colour out.
  const color = (value: string): string => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const font = (value: string): string =>
    getComputedStyle(document.body).getPropertyValue(value) || "sans-serif";
  const reward = Array.from({ length: REWARD_STEPS + 1 }, (_, step) =>
    color(rewardColor(step / REWARD_STEPS)),
  );
  const palette: Palette = {
    reward,
    noReward: color("var(--reward-none)"),
    edge: color("var(--edge)"),
    edgePath: color("var(--edge-path)"),
    ink: color("var(--ink)"),
    muted: color("var(--muted)"),
    faint: color("var(--faint)"),
    panel: color("var(--panel)"),
    accent: color("var(--accent)"),
    right: color("var(--right)"),
    wrong: color("var(--wrong)"),
    sans: getComputedStyle(document.body).fontFamily,
    mono: font("--font-mono"),
  };
  probe.remove();
  return palette;
}

/** A reward's colour as CSS, in the theme on the page: from low over middle to high. */
export function rewardColor(value: number): string {
  const [from, to, part] = value < 0.5 ? ["low", "middle", value * 2] : ["middle", "high", value * 2 - 1];
  return `color-mix(in oklab, var(--reward-${from}), var(--reward-${to}) ${Math.round(part * 100)}%)`;
}
