import { z } from "zod";
import { type Benchmark, defineBenchmark, RecordError, tagsOf, textOrNumber } from "./benchmark.ts";

/** Copies spell the columns in small or capital letters, and call the question `problem`, `question` or both. */
const schema = z.preprocess(
  lowerCaseKeys,
  z.object({
    id: textOrNumber.optional(),
    problem: z.string().optional(),
    question: z.string().optional(),
    answer: textOrNumber,
    solution: z.string().optional(),
    url: z.string().optional(),
    year: textOrNumber.optional(),
  }),
);

function lowerCaseKeys(record: unknown): unknown {
  if (typeof record !== "object" || record === null || Array.isArray(record)) return record;
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toLowerCase(), value]));
}

/** One competition; `readAnswer` gives undefined for an answer that the competition cannot have. */
function competition(
  facts: Pick<Benchmark, "name" | "description" | "origin">,
  readAnswer: (answer: string) => { gold: string } | { expected: string },
): Benchmark {
  return defineBenchmark({
    ...facts,
    measures: "answers",
    columns: "problem or question, answer, [id, solution, url, year]",
    schema,
    problem(record) {
      const text = record.problem ?? record.question;
      if (text === undefined) throw new RecordError('has neither "problem" nor "question"');
      const answer = readAnswer(record.answer.trim());
      if ("expected" in answer) {
        throw new RecordError(`its answer is "${record.answer}" instead of ${answer.expected}`);
      }
      return {
        id: record.id,
        text,
        gold: answer.gold,
        ...(record.solution && { solution: record.solution }),
        tags: tagsOf({ url: record.url, year: record.year }),
      };
    },
  });
}

/** AIME answers run from 0 to 999; some copies write `073` or a degree sign. */
function aimeAnswer(answer: string): { gold: string } | { expected: string } {
  const digits = /^\$?(\d{1,3})(?:\.0)?(?:\^\{?\\circ\}?|°)?\$?$/.exec(answer)?.[1];
  return digits === undefined
    ? { expected: "a whole number from 0 to 999" }
    : { gold: String(Number(digits)) };
}

/** AMC answers are kept as numbers: `27.0` is 27. */
function amcAnswer(answer: string): { gold: string } | { expected: string } {
  if (answer === "") return { expected: "a number or expression" };
  return { gold: answer.replace(/^(-?\d+)\.0+$/, "$1") };
}

/** The American Invitational Mathematics Examination of 2024, both papers. */
export const aime24 = competition(
  {
    name: "aime24",
    description: "AIME 2024, answers from 0 to 999",
    origin: "Qwen2.5-Math's evaluation; data set HuggingFaceH4/aime_2024",
  },
  aimeAnswer,
);

/** The American Invitational Mathematics Examination of 2025, both papers. */
export const aime25 = competition(
  {
    name: "aime25",
    description: "AIME 2025, answers from 0 to 999",
    origin: "data sets math-ai/aime25 and opencompass/AIME2025",
  },
  aimeAnswer,
);

/** The American Mathematics Competitions of 2023, without their choices. */
export const amc23 = competition(
  {
    name: "amc23",
    description: "AMC 12 of 2023, numbers instead of choices",
    origin: "Qwen2.5-Math's evaluation; data set math-ai/amc23",
  },
  amcAnswer,
);
