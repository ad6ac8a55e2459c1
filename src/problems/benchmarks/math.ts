import { z } from "zod";
import { defineBenchmark, type ProblemParts, RecordError, tagsOf, textOrNumber } from "./benchmark.ts";
import { lastBoxed } from "./gold.ts";

const schema = z.object({
  problem: z.string(),
  solution: z.string(),
  answer: textOrNumber.optional(),
  level: textOrNumber.optional(),
  type: z.string().optional(),
  subject: z.string().optional(),
  unique_id: z.string().optional(),
});

/** MATH writes `Level 5`, MATH-500 writes 5; a few records of MATH have `Level ?`. */
function toProblem(record: z.infer<typeof schema>): ProblemParts {
  const gold = record.answer || lastBoxed(record.solution);
  if (gold === undefined) throw new RecordError("its solution has no \\boxed{} that closes");
  const level = /[1-5]$/.exec(record.level ?? "")?.[0];
  const subject = record.subject ?? record.type;
  return {
    id: record.unique_id?.replace(/\.json$/, ""),
    text: record.problem,
    gold,
    solution: record.solution,
    ...(subject && { family: subject }),
    ...(level && { difficulty: (Number(level) - 1) / 4 }),
    tags: tagsOf({ level, subject }),
  };
}

/** Competition problems in seven subjects and five levels (arXiv 2103.03874). */
export const math = defineBenchmark({
  name: "math",
  description: "competition problems by subject and level; the answer is boxed in the solution",
  measures: "answers",
  columns: "problem, solution, [level, type]",
  origin: "hendrycks/math, a folder of JSON files; data set EleutherAI/hendrycks_math",
  schema,
  problem: toProblem,
});

/** The 500 held-out problems of MATH on which most reports agree (arXiv 2305.20050). */
export const math500 = defineBenchmark({
  name: "math500",
  description: "500 problems of MATH with their answers, subjects and levels",
  measures: "answers",
  columns: "problem, solution, [answer, subject, level, unique_id]",
  origin: "openai/prm800k, math_splits/test.jsonl; data set HuggingFaceH4/MATH-500",
  schema,
  problem: toProblem,
});
