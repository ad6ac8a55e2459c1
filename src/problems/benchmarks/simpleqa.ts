import { z } from "zod";
import { defineBenchmark, RecordError, tagsOf } from "./benchmark.ts";

/** Short questions with one indisputable answer, graded by a judge (arXiv 2411.04368). */
export const simpleqa = defineBenchmark({
  name: "simpleqa",
  description: "short questions of fact, by topic and type of answer",
  measures: "facts",
  columns: "problem, answer, [metadata]",
  origin: "openai/simple-evals, simple_qa_test_set.csv; data set basicv8vc/SimpleQA",
  schema: z.object({ problem: z.string(), answer: z.string(), metadata: z.string().optional() }),
  problem({ problem, answer, metadata = "" }) {
    if (answer.trim() === "") throw new RecordError("its answer is empty");
    const topic = entryOf(metadata, "topic");
    return {
      text: problem,
      gold: answer,
      ...(topic && { family: topic }),
      tags: tagsOf({ topic, type: entryOf(metadata, "answer_type") }),
    };
  },
});

/** One text of the metadata, which is written as a Python dictionary. */
function entryOf(metadata: string, name: string): string | undefined {
  return new RegExp(`['"]${name}['"]: (?:'([^']*)'|"([^"]*)")`).exec(metadata)?.slice(1).find(Boolean);
}
