import { type ExportFormat, wants } from "./format.ts";

/** Stands at the end of a step in `input`; in `label` a `+` or `-` stands in its place. */
const STEP_END = "ки";

/** The columns of Math-Shepherd (arXiv 2312.08935; data set peiyi9979/Math-Shepherd), by hard labels. */
export const mathShepherdFormat: ExportFormat = {
  name: "math-shepherd",
  description: "peiyi9979/Math-Shepherd: steps that end in ки, and in label + or -; step labels",
  columns: { input: "VARCHAR", label: "VARCHAR", task: "VARCHAR" },
  row(line) {
    if (line.kind !== "process-reward") return wants("step labels", line);
    const { question, steps, hard, answer, source } = line;
    if (steps.some((step) => step.includes(STEP_END))) return { fault: `a step holds ${STEP_END}` };
    const written = (mark: (index: number) => string): string => {
      const lines = steps.map((step, index) => {
        const last = index === steps.length - 1 && answer !== undefined ? ` The answer is: ${answer}` : "";
        return `Step ${index + 1}: ${step}${last} ${mark(index)}`;
      });
      return `${question} ${lines.join("\n")}`;
    };
    const input = written(() => STEP_END);
    const label = written((index) => (hard[index] === 1 ? "+" : "-"));
    return { input, label, task: source.family ?? "" };
  },
};
