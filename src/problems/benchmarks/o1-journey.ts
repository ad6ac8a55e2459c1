import { z } from "zod";
import { defineBenchmark, RecordError, textOrNumber } from "./benchmark.ts";
import { goldAfterHashes } from "./gold.ts";

/** The 327 long thoughts on which O1 Journey part 1 trained (arXiv 2410.18982). */
export const o1Journey = defineBenchmark({
  name: "o1-journey",
  description: "problems with a long thought that ends in #### and the answer",
  measures: "answers",
  columns: "question, answer, longCOT",
  origin: "data set GAIR/o1-journey",
  schema: z.object({ question: z.string(), answer: textOrNumber.optional(), longCOT: z.string() }),
  problem({ question, answer, longCOT }) {
    const gold = answer?.trim() || goldAfterHashes(longCOT);
    if (gold === undefined) throw new RecordError('has no "answer", and its thought does not end in "#### "');
    return { text: question, gold, longThought: longCOT };
  },
});
