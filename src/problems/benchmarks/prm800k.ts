import { z } from "zod";
import type { RecordedStep, StepRating } from "../problem.ts";
import { defineBenchmark, tagsOf, textOrNumber } from "./benchmark.ts";

const ratingSchema = z.union([z.literal(-1), z.literal(0), z.literal(1), z.null()]).optional();
const completionSchema = z.object({ text: z.string(), rating: ratingSchema });
const stepSchema = z.object({
  completions: z.array(completionSchema).nullable(),
  human_completion: z.union([z.string(), completionSchema]).nullish(),
  chosen_completion: z.int().nullish(),
});
type Completion = z.infer<typeof completionSchema>;

/**
 * Step ratings by people, both phases (arXiv 2305.20050). Phase 1 has several proposals a step, and the next step
 * stands on the chosen one; phase 2 has whole solutions up to their first wrong step.
 */
export const prm800k = defineBenchmark({
  name: "prm800k",
  description: "solutions to MATH problems with a person's rating of each step",
  measures: "steps",
  columns:
    "question.problem, question.ground_truth_answer, label.steps, label.finish_reason, [generation, labeler]",
  origin: "openai/prm800k, data/phase1_*.jsonl and data/phase2_*.jsonl",
  schema: z.object({
    labeler: z.string().optional(),
    generation: z.number().nullish(),
    question: z.object({
      problem: z.string(),
      ground_truth_answer: textOrNumber,
      ground_truth_solution: z.string().nullish(),
    }),
    label: z.object({ steps: z.array(stepSchema), finish_reason: z.string() }),
  }),
  problem({ question, label, generation }) {
    const steps = label.steps.map(chosenStep).filter((step) => step !== undefined);
    const wrong = steps.findIndex((step) => step.rating === -1);
    const finished = label.finish_reason === "solution" || label.finish_reason === "found_error";
    return {
      text: question.problem,
      gold: question.ground_truth_answer,
      ...(question.ground_truth_solution && { solution: question.ground_truth_solution }),
      tags: tagsOf({
        // Generations were introduced with phase 2.
        phase: typeof generation === "number" ? "2" : "1",
        finish: label.finish_reason,
      }),
      recorded: {
        steps,
        ...(wrong >= 0 ? { firstError: wrong } : finished && { firstError: null }),
      },
    };
  },
});

/** The step that the next one stands on; the first proposal where none was chosen, as at a first error. */
function chosenStep(step: z.infer<typeof stepSchema>): RecordedStep | undefined {
  const completions = step.completions ?? [];
  const human =
    typeof step.human_completion === "string" ? { text: step.human_completion } : step.human_completion;
  const chosen = completions[step.chosen_completion ?? -1] ?? human ?? completions[0];
  if (chosen === undefined) return undefined;
  const alternatives = completions.filter((each) => each !== chosen).map(rated);
  return { ...rated(chosen), ...(alternatives.length > 0 && { alternatives }) };
}

function rated({ text, rating }: Completion): { text: string; rating?: StepRating } {
  return typeof rating === "number" ? { text, rating } : { text };
}
