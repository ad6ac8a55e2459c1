import { loadRewardModel } from "../nano/decoder/reward-model.ts";
import { labelledThoughtSchema, readData } from "./data.ts";
import { labelsOf } from "./process-reward.ts";
import { type AreaInterval, areasUnderCurves, type StepScores } from "./step-areas.ts";

/** How well a head tells right steps from wrong ones, beside what one knows without it. */
export interface HeadAccuracy {
  readonly thoughts: number;
  readonly steps: number;
  /** Share of steps that are right. */
  readonly right: number;
  /** Area under the curve of the head's scores. */
  readonly head: AreaInterval;
  /** Of the true outcome of the thought that a step is in: what a perfect outcome reward knows. */
  readonly outcome: AreaInterval;
  /** Of how early in its thought a step stands. */
  readonly depth: AreaInterval;
}

/**
 * Measures a process reward model on labelled thoughts that it was not trained on: the area under the receiver operating
 * characteristic over steps, with intervals for which whole questions are drawn anew. A soft label counts as right from one half
 * on. Thoughts longer than the model's context are left out.
 */
export async function headAccuracy(
  folder: string,
  file: string,
  labels: "soft" | "hard",
): Promise<HeadAccuracy> {
  const model = await loadRewardModel(folder);
  const { lines } = await readData(file, labelledThoughtSchema);
  const fitting = lines.filter(({ question, steps }) => model.countTokens(question, steps) <= model.context);
  const scored: StepScores[] = [];
  for (const line of fitting) {
    const { question, steps, correct } = line;
    const scores = model.scoreSteps(question, steps);
    for (const [index, label] of labelsOf(line, labels).entries()) {
      scored.push({
        group: question,
        right: label >= 0.5,
        scores: [scores[index] ?? 0, correct === undefined ? 0.5 : Number(correct), -index],
      });
    }
  }
  const [head, outcome, depth] = areasUnderCurves(scored, 3, { seed: "head-accuracy" });
  const right = scored.filter((each) => each.right).length / scored.length;
  if (head === undefined || outcome === undefined || depth === undefined) throw new RangeError("no areas");
  return { thoughts: fitting.length, steps: scored.length, right, head, outcome, depth };
}

/** The figures of a head, a line each. */
export function headLines({ thoughts, steps, right, head, outcome, depth }: HeadAccuracy): string[] {
  const line = (name: string, { area, low, high }: AreaInterval): string =>
    `  ${name.padEnd(24)} ${area.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
  return [
    `held out: ${thoughts} thoughts, ${steps} steps, ${(100 * right).toFixed(1)}% of them right; area under the curve (95%):`,
    line("process reward head", head),
    line("true outcome alone", outcome),
    line("step depth alone", depth),
  ];
}
