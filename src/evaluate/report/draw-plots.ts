import type { DrawnPlot } from "./page.ts";

/** Observable Plot's functions. */
export type PlotModule = typeof import("@observablehq/plot");
/** What a plot is made of. */
export type PlotOptions = NonNullable<Parameters<PlotModule["plot"]>[0]>;

/** An axis of shares from 0 to 1, in percent. */
export const percentAxis = {
  tickFormat: (share: number): string => `${Math.round(100 * share)}%`,
  domain: [0, 1],
  grid: true,
};

/** Draws plots for a page: `specify` gets Plot's functions and says what to draw. */
export async function drawPlots(
  specify: (Plot: PlotModule) => readonly { caption: string; options: PlotOptions }[],
): Promise<DrawnPlot[]> {
  // Loaded here alone: nobody else needs a page in a process without one.
  const [Plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  const { document } = parseHTML("<html></html>");
  return specify(Plot).map(({ caption, options }) => {
    const drawn: unknown = Plot.plot({
      ...{ document, width: 720, marginLeft: 60, style: { background: "none", color: "var(--text)" } },
      ...{ ariaLabel: caption, ...options },
    });
    if (!(drawn instanceof Object) || !("outerHTML" in drawn)) throw new TypeError("a plot is no element");
    return { caption, svg: String(drawn.outerHTML) };
  });
}
