import { z } from "zod";
import { defineBenchmark, RecordError } from "./benchmark.ts";
import { goldAfterHashes } from "./gold.ts";

/** Grade-school word problems with whole-number answers (arXiv 2110.14168). */
export const gsm8k = defineBenchmark({
  name: "gsm8k",
  description: "grade-school word problems; the answer stands behind ####",
  measures: "answers",
  columns: "question, answer",
  origin: "openai/grade-school-math; data set openai/gsm8k",
  schema: z.object({ question: z.string(), answer: z.string() }),
  problem({ question, answer }) {
    const gold = goldAfterHashes(answer);
    if (gold === undefined) throw new RecordError('its answer has no "#### " with a number behind it');
    return { text: question, gold, solution: answer };
  },
});
