import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { gradeExpression } from "../problems/gym/countdown-checker.ts";
import { passAtK } from "./pass-at-k.ts";
import { processScores } from "./process-scores.ts";
import { readScoredSolutions } from "./scored-solutions.ts";

const folder = new URL("../../../shared/data/", import.meta.url);
const recorded = existsSync(folder);
const read = (file: string) => ({ file, text: readFileSync(new URL(file, folder), "utf8") });
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const gameLogSchema = z.array(
  z.object({
    steps: z.tuple([z.object({ x: z.string() })], z.unknown()),
    ys: z.array(z.string()),
    infos: z.array(z.object({ r: z.number() })),
  }),
);

describe("what others published", () => {
  it.skipIf(!recorded)(
    "comes out of Math-Shepherd's scores of MR-MATH's invalid errors (skipped without ../shared/data beside the project)",
    () => {
      const { solutions, faults } = readScoredSolutions(
        {
          scores: "scores",
          labels: "labels",
          firstError: "model_output_solution_first_error_step",
          countFrom: 1,
          parts: "model_output_step_format",
          id: "id",
        },
        read("reasoneval/math-shepherd_mistral-7b_eval_results.json"),
        read("reasoneval/mr-math_invalid_errors.json"),
      );
      expect(faults).toEqual([]);
      expect(solutions).toHaveLength(159);
      const result = processScores(solutions);
      expect(result.solutionMacroF1.toFixed(3)).toBe("0.701");
      expect(result.stepMacroF1.toFixed(3)).toBe("0.600");
      expect(result.solutionAuc?.toFixed(3)).toBe("0.773");
    },
  );

  it.skipIf(!recorded)(
    "comes out of Tree of Thoughts' log of Game of 24, graded anew (skipped without ../shared/data beside the project)",
    () => {
      const { text } = read("game24/logs/tot-gpt-4-propose-value-greedy5.json");
      const puzzles = gameLogSchema.parse(JSON.parse(text)).map(({ steps: [{ x }], ys, infos }) => {
        const task = { numbers: x.split(" ").map(Number), target: 24 };
        const grades = ys.map((thought) => {
          const answer = /Answer: (.*)\n/.exec(thought)?.[1];
          return answer !== undefined && gradeExpression(task, answer).correct;
        });
        expect(grades.map(Number)).toEqual(infos.map(({ r }) => r));
        return { samples: grades.length, right: grades.filter(Boolean).length };
      });
      expect(puzzles).toHaveLength(100);
      expect(puzzles.filter(({ samples, right }) => passAtK(samples, right, 5) === 1)).toHaveLength(69);
      expect(mean(puzzles.map(({ samples, right }) => passAtK(samples, right, 5)))).toBeCloseTo(0.69, 12);
      expect(mean(puzzles.map(({ samples, right }) => passAtK(samples, right, 1)))).toBeCloseTo(0.238, 12);
    },
  );
});
