import type { StepLabelLine } from "../dataset.ts";
import { type ExportFormat, wants } from "./format.ts";

const COMPLETION = "STRUCT(text VARCHAR, rating INTEGER, flagged BOOLEAN)";
const STEP = `STRUCT(completions ${COMPLETION}[], human_completion VARCHAR, chosen_completion INTEGER)`;

/**
 * Phase 2 of PRM800K (arXiv 2305.20050): whole solutions with a rating a step, up to the first wrong one. The rating is
 * the hard label: 1 where some completion from behind the step is right, else -1.
 */
export const prm800kFormat: ExportFormat = {
  name: "prm800k",
  description:
    "openai/prm800k, phase 2: solutions with a rating a step up to the first wrong one; step labels",
  columns: {
    labeler: "VARCHAR",
    generation: "INTEGER",
    question: "STRUCT(problem VARCHAR, ground_truth_answer VARCHAR, pre_generated_answer VARCHAR)",
    label: `STRUCT(steps ${STEP}[], total_time INTEGER, finish_reason VARCHAR)`,
  },
  row(line) {
    if (line.kind !== "process-reward") return wants("step labels", line);
    const { question, gold, answer } = line;
    return {
      labeler: "completions",
      generation: 0,
      question: { problem: question, ground_truth_answer: gold, pre_generated_answer: answer ?? null },
      label: { steps: ratedSteps(line), total_time: 0, finish_reason: finishOf(line) },
    };
  },
};

function ratedSteps({ steps, hard }: StepLabelLine) {
  const wrong = hard.indexOf(0);
  return steps.slice(0, wrong === -1 ? steps.length : wrong + 1).map((text, index) => ({
    completions: [{ text, rating: index === wrong ? -1 : 1, flagged: false }],
    human_completion: null,
    chosen_completion: index === wrong ? null : 0,
  }));
}

function finishOf({ hard, answer }: StepLabelLine): string {
  if (hard.includes(0)) return "found_error";
  return answer === undefined ? "give_up" : "solution";
}
