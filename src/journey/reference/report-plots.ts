import { drawPlots, percentAxis } from "../../evaluate/report/draw-plots.ts";
import type { DrawnPlot } from "../../evaluate/report/page.ts";
import { accuracyOf, byBudget, threeNumbers } from "./arm-results.ts";
import type { ArmAnswers, JourneyResults } from "./journey-results.ts";

/** Accuracy by arm and by budget, and the losses of the trainings. */
export async function journeyPlots(
  { done }: JourneyResults,
  arms: readonly ArmAnswers[],
): Promise<DrawnPlot[]> {
  const trained = arms.filter(({ name }) => name !== "policy");
  return drawPlots((Plot) => {
    const bars = arms.map(({ name, greedy }) => ({ name, ...accuracyOf(threeNumbers(greedy.flat())) }));
    const budgets = trained.flatMap(({ name, sampled }) =>
      byBudget(sampled.map(threeNumbers)).map((row) => ({ name, ...row })),
    );
    const curves = [...done].flatMap(([stage, { result }]) =>
      Array.isArray(result["curve"])
        ? result["curve"].map((point) => ({
            stage: stage.replace(/-seed-\d+$/, ""),
            ...(point as { step: number; loss: number }),
          }))
        : [],
    );
    const byName = { legend: true, domain: trained.map(({ name }) => name) };
    const budgetPlot = (y: "majority" | "checked", label: string) => ({
      x: { type: "log" as const, label: "output tokens a problem" },
      y: { ...percentAxis, label },
      color: byName,
      marks: [Plot.line(budgets, { x: "tokens", y, stroke: "name", marker: "dot" })],
    });
    return [
      {
        caption: "Greedy accuracy by arm, three numbers, 95% intervals clustered by set of numbers.",
        options: {
          ...{ marginLeft: 150, height: 60 + 28 * bars.length, x: { ...percentAxis, label: "right" } },
          y: { domain: bars.map(({ name }) => name), label: null },
          marks: [
            Plot.ruleY(bars, { y: "name", x1: "low", x2: "high", stroke: "currentColor" }),
            Plot.dot(bars, { y: "name", x: "share", r: 5, fill: "var(--right)" }),
          ],
        },
      },
      {
        caption: "Majority of 1, 2, 4, ... samples against tokens.",
        options: budgetPlot("majority", "right"),
      },
      {
        caption: "Best by the checker of 1, 2, 4, ... samples against tokens.",
        options: budgetPlot("checked", "right, checked"),
      },
      {
        caption: "Loss while training, all seeds.",
        options: {
          x: { label: "step" },
          y: { label: "loss", grid: true },
          color: { legend: true },
          marks: [
            Plot.line(curves, { x: "step", y: "loss", stroke: "stage", z: "stage", strokeOpacity: 0.8 }),
          ],
        },
      },
    ];
  });
}
