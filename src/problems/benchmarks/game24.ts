import { z } from "zod";
import { defineBenchmark, RecordError, textOrNumber } from "./benchmark.ts";
import { expressionFor } from "./game24-solution.ts";

const TARGET = 24;

const schema = z.object({
  Rank: textOrNumber,
  Puzzles: z.string(),
  "Solved rate": z.string().optional(),
});

/**
 * The Game of 24 (arXiv 2305.10601 uses ranks 901 to 1000). Any right expression is an answer, so the gold is one
 * that was searched here, and the family is `countdown`, whose grader accepts all of them. The difficulty is the share
 * of people who failed.
 */
export const game24 = defineBenchmark({
  name: "game24",
  description: "four numbers that must make 24, with the share of people who solved each",
  measures: "answers",
  columns: "Rank, Puzzles, [Solved rate]",
  origin: "princeton-nlp/tree-of-thought-llm, 24.csv",
  schema,
  problem(record) {
    const numbers = record.Puzzles.trim().split(/\s+/).map(Number);
    if (numbers.length !== 4 || !numbers.every((each) => Number.isInteger(each) && each > 0 && each < 100)) {
      throw new RecordError(`its puzzle is "${record.Puzzles}" instead of four whole numbers`);
    }
    const gold = expressionFor(numbers, TARGET);
    if (gold === undefined) throw new RecordError(`${numbers.join(", ")} cannot make ${TARGET}`);
    const solved = Number.parseFloat(record["Solved rate"] ?? "");
    const known = solved >= 0 && solved <= 100;
    return {
      id: record.Rank,
      text: `Use ${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)} each once with + - * / to make ${TARGET}.`,
      gold,
      family: "countdown",
      ...(known && { difficulty: 1 - solved / 100 }),
      tags: { rank: record.Rank },
    };
  },
});
