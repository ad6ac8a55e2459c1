import { z } from "zod";
import { defineBenchmark, tagsOf, textOrNumber } from "./benchmark.ts";
import { upToFirstError } from "./labelled-solution.ts";

/** Solutions of many models with the index of their first wrong step, by experts (arXiv 2412.06559). */
export const processbench = defineBenchmark({
  name: "processbench",
  description: "recorded solutions with the index of the first wrong step, or -1",
  measures: "steps",
  columns: "problem, steps, label, [id, generator, final_answer_correct]",
  origin: "data set Qwen/ProcessBench: gsm8k, math, olympiadbench, omnimath",
  schema: z.object({
    id: textOrNumber.optional(),
    generator: z.string().optional(),
    problem: z.string(),
    steps: z.array(z.string()),
    final_answer_correct: z.boolean().optional(),
    label: z.int().min(-1),
  }),
  problem(record) {
    return {
      id: record.id,
      text: record.problem,
      gold: "",
      tags: tagsOf({ generator: record.generator, subset: record.id?.replace(/-\d+$/, "") }),
      recorded: upToFirstError({
        steps: record.steps,
        firstError: record.label === -1 ? null : record.label,
        generator: record.generator,
        answerCorrect: record.final_answer_correct,
      }),
    };
  },
});
