import { describe, expect, it } from "vitest";
import type { Problem } from "../problems/problem.ts";
import { type Asking, accuracyOf, answerAll, type Generator, greedy } from "./gym-accuracy.ts";

const problems: Problem[] = Array.from({ length: 20 }, (_, index) => ({
  question: { id: `q${index}`, text: `What is ${index} + 1?` },
  gold: String(index + 1),
  family: "addition",
  difficulty: 1,
  source: "gym",
}));

/** Adds rightly below `limit`, one token a digit, each later sample one more than the one before. */
const adder =
  (limit: number): Generator =>
  async ({ text }, { samples }) => {
    const left = Number(/\d+/.exec(text)?.[0]);
    await new Promise((resolve) => setTimeout(resolve, (7 * left) % 5));
    return Array.from({ length: samples }, (_, sample) => {
      const answer = String(left < limit ? left + 1 + sample : -1 - sample);
      return { thought: "", answer, tokens: answer.length };
    });
  };

describe("answerAll", () => {
  it("grades every answer against the reference and keeps the order of the problems", async () => {
    const graded = await answerAll(problems, adder(12));
    expect(graded.map(({ problem }) => problem.question.id)).toEqual(
      problems.map(({ question }) => question.id),
    );
    expect(graded.map(({ outputs }) => outputs[0]?.grade.correct)).toEqual(
      problems.map((_, index) => index < 12),
    );
  });

  it("asks greedily, once and with thinking unless told otherwise, and passes nothing but the question", async () => {
    const seen: [object, Asking][] = [];
    const spy: Generator = async (question, asking) => {
      seen.push([question, asking]);
      return [];
    };
    const asking = { thinking: false, samples: 3, temperature: 0.8, seed: 4 };
    await answerAll(problems.slice(0, 1), spy);
    await answerAll(problems.slice(0, 1), spy, { asking });
    expect(seen).toEqual([
      [problems[0]?.question, greedy],
      [problems[0]?.question, asking],
    ]);
  });

  it("puts all problems at once and reports each as it is answered", async () => {
    let waiting = 0;
    let most = 0;
    const counts: number[] = [];
    await answerAll(
      problems,
      async () => {
        most = Math.max(most, ++waiting);
        await new Promise((resolve) => setTimeout(resolve, 2));
        waiting--;
        return [];
      },
      { onProgress: (done) => counts.push(done) },
    );
    expect(most).toBe(problems.length);
    expect(counts).toEqual(problems.map((_, index) => index + 1));
  });

  it("uses another way of grading where one is given", async () => {
    const graded = await answerAll(problems, adder(0), { grade: () => ({ correct: true, reason: "kind" }) });
    expect(accuracyOf(graded).solved.right).toBe(problems.length);
  });
});

describe("accuracyOf", () => {
  it("is the share of problems solved by at least one sample, and the mean tokens of a sample", async () => {
    const asking = { ...greedy, samples: 2 };
    const graded = await answerAll(problems, adder(10), { asking });
    const { solved, tokensPerAnswer } = accuracyOf(graded);
    expect(solved).toMatchObject({ right: 10, trials: 20, share: 0.5 });
    // Of the right half, 1 to 9 and 2 to 9 have one digit, 10, 10 and 11 two; the wrong half says -1 and -2.
    expect(tokensPerAnswer).toBeCloseTo((17 * 1 + 3 * 2 + 20 * 2) / 40, 10);
  });

  it("knows nothing of no problems", () => {
    expect(accuracyOf([])).toEqual({
      solved: { right: 0, trials: 0, share: 0, low: 0, high: 1 },
      tokensPerAnswer: 0,
    });
  });
});
