import { z } from "zod";
import { type Benchmark, defineBenchmark, RecordError, tagsOf, textOrNumber } from "./benchmark.ts";
import { goldAfterHashes } from "./gold.ts";
import { upToFirstError } from "./labelled-solution.ts";

const verdict = z.string().transform((text, context) => {
  const word = text.trim().toLowerCase();
  if (word === "correct" || word === "wrong" || word === "incorrect") return word === "correct";
  context.addIssue({ code: "custom", message: `is "${text}" instead of correct or wrong` });
  return z.NEVER;
});

const common = {
  question: z.string(),
  ground_truth_answer: textOrNumber.optional(),
  model_output_answer_correctness: verdict.optional(),
  model_output_solution_correctness: verdict,
  /** From 1; `N/A` or 0 where no step is wrong. */
  model_output_solution_first_error_step: textOrNumber.optional(),
};

/** Index from 0 of the first wrong step of a solution that is wrong. */
function firstErrorOf(step: string | undefined): number {
  const number = Number(step);
  if (!Number.isInteger(number) || number < 1) {
    throw new RecordError(`its solution is wrong, but its first wrong step is "${step ?? ""}"`);
  }
  return number - 1;
}

/** Wrong and right solutions to GSM8K and its variants, judged by people with their reasons (arXiv 2312.17080). */
export const mrGsm8k: Benchmark = defineBenchmark({
  name: "mr-gsm8k",
  description: "recorded GSM8K solutions with a person's first wrong step and reason",
  measures: "steps",
  columns:
    "question, ground_truth_solution, ground_truth_answer, model_output_steps, model_output_solution_correctness, " +
    "model_output_solution_first_error_step, [model_output_answer_correctness, question_type, uuid, " +
    "model_output_solution_first_error_reason]",
  origin: "dvlab-research/MR-GSM8K, MR-GSM8K.json",
  schema: z.object({
    ...common,
    uuid: z.string().optional(),
    ground_truth_solution: z.string().optional(),
    model_output_steps: z.array(z.string()),
    model_output_solution_first_error_reason: z.string().optional(),
    question_type: z.string().optional(),
  }),
  problem(record) {
    // A few answer columns hold other text where the solution has its answer behind ####.
    const gold = goldAfterHashes(record.ground_truth_solution ?? "") ?? record.ground_truth_answer;
    if (gold === undefined)
      throw new RecordError('has neither "ground_truth_answer" nor "#### " in its solution');
    const wrong = !record.model_output_solution_correctness;
    const reason = record.model_output_solution_first_error_reason;
    return {
      id: record.uuid,
      text: record.question,
      gold,
      ...(record.ground_truth_solution && { solution: record.ground_truth_solution }),
      tags: tagsOf({ type: record.question_type }),
      recorded: upToFirstError({
        steps: record.model_output_steps,
        firstError: wrong ? firstErrorOf(record.model_output_solution_first_error_step) : null,
        answerCorrect: record.model_output_answer_correctness,
        reason: wrong && reason !== "N/A" ? reason : undefined,
      }),
    };
  },
});

/** Solutions to MATH problems with their first invalid step, as used by ReasonEval (arXiv 2404.05692). */
export const mrMath: Benchmark = defineBenchmark({
  name: "mr-math",
  description: "recorded MATH solutions with the first invalid step",
  measures: "steps",
  columns:
    "question, ground_truth_answer, model_output_step_format, model_output_solution_correctness, " +
    "model_output_solution_first_error_step, [model_output_answer_correctness, generator, id]",
  origin: "GAIR-NLP/ReasonEval, dataset/mr-math_invalid_errors.json",
  schema: z.object({
    ...common,
    id: textOrNumber.optional(),
    ground_truth_answer: textOrNumber,
    generator: z.string().optional(),
    /** The lines of each step. */
    model_output_step_format: z.array(z.array(z.string())),
  }),
  problem(record) {
    const wrong = !record.model_output_solution_correctness;
    return {
      id: record.id,
      text: record.question,
      gold: record.ground_truth_answer,
      tags: tagsOf({ generator: record.generator }),
      recorded: upToFirstError({
        steps: record.model_output_step_format.map((lines) => lines.join("\n")),
        firstError: wrong ? firstErrorOf(record.model_output_solution_first_error_step) : null,
        generator: record.generator,
        answerCorrect: record.model_output_answer_correctness,
      }),
    };
  },
});
