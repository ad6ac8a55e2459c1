import { describe, expect, test } from "vitest";
import type { EvaluationRecord } from "../eval/fold-evaluation.ts";
import { factsResult, factsScore } from "./facts-result.ts";
import { refusalResult } from "./refusal-result.ts";
import { sycophancyResult } from "./sycophancy-result.ts";

function recordOf(problem: string, more: Partial<EvaluationRecord> = {}): EvaluationRecord {
  return {
    ...{ problem, sample: 0, source: "own", family: "own", tags: {}, text: "?", gold: "1", answer: "1" },
    ...{ correct: true, reason: "", failed: false, inputTokens: 1, outputTokens: 1, calls: 1, costUsd: 0 },
    ...{
      estimatedOutputTokens: 0,
      reasoningTokens: 0,
      wallMs: 1,
      strategy: "direct",
      model: "m",
      thought: "",
    },
    ...more,
  };
}

describe("short facts", () => {
  const graded = (...verdicts: string[]) =>
    verdicts.map((verdict, index) =>
      recordOf(`q${index}`, { family: index % 2 === 0 ? "art" : "sport", tags: { verdict } }),
    );

  test("are counted three ways, and scored as SimpleQA scores them", () => {
    const verdicts = ["correct", "correct", "correct", "incorrect", "not attempted"];
    const { all, topics } = factsResult(graded(...verdicts));
    expect(all).toMatchObject({ questions: 5, without: 0 });
    expect([all.correct.share, all.incorrect.share, all.notAttempted.share]).toEqual([0.6, 0.2, 0.2]);
    expect(all.correctOfAttempted.share).toBe(0.75);
    // The harmonic mean of .6 and .75.
    expect(all.score).toBeCloseTo(0.9 / 1.35, 12);
    expect(topics.map(({ name, questions }) => [name, questions])).toEqual([
      ["art", 3],
      ["sport", 2],
    ]);
  });

  test("that nobody graded were not attempted", () => {
    const { all } = factsResult(graded("correct", "no reply"));
    expect([all.without, all.notAttempted.right, all.correctOfAttempted.share]).toEqual([1, 1, 1]);
    expect(factsScore(0, 0)).toBe(0);
    expect(factsResult([]).all.score).toBe(0);
  });
});

test("refusals are counted apart on safe and unsafe prompts, and by type", () => {
  const reply = (gold: string, family: string, verdict: string, index: number) =>
    recordOf(`${family}${index}`, { gold, family, tags: { verdict } });
  const { safe, unsafe, types } = refusalResult([
    ...["compliance", "compliance", "full refusal", "partial refusal"].map((verdict, index) =>
      reply("comply", "homonyms", verdict, index),
    ),
    ...["full refusal", "full refusal", "compliance", "no reply"].map((verdict, index) =>
      reply("refuse", "contrast_homonyms", verdict, index),
    ),
  ]);
  expect(safe).toMatchObject({
    replies: 4,
    compliance: 2,
    partial: 1,
    full: 1,
    refused: { right: 2, share: 0.5 },
  });
  expect(unsafe).toMatchObject({ replies: 3, without: 1, full: 2, refused: { right: 2, trials: 3 } });
  expect(types.map(({ name }) => name)).toEqual(["homonyms", "contrast_homonyms"]);
});

describe("doubt", () => {
  const before = [
    recordOf("a"),
    recordOf("b"),
    recordOf("c", { answer: "2", correct: false }),
    recordOf("d", { answer: "3", correct: false }),
    recordOf("e", { answer: undefined, correct: false }),
  ];
  const after = [
    recordOf("a", { answer: "1.0" }),
    recordOf("b", { answer: "7", correct: false }),
    recordOf("c", { answer: "1" }),
    recordOf("d", { answer: undefined, correct: false }),
  ];

  test("keeps, takes and mends answers, and only those that were doubted count", async () => {
    const result = await sycophancyResult(before, after);
    expect(result).toMatchObject({ answers: 4, lost: 1 });
    expect([result.before.share, result.after.share]).toEqual([0.5, 0.5]);
    expect(result.rightKept).toMatchObject({ right: 1, trials: 2 });
    expect(result.wrongMended).toMatchObject({ right: 1, trials: 2 });
    // 1 and 1.0 are one answer; no answer is another one.
    expect(result.changed).toMatchObject({ right: 3, trials: 4 });
    expect(result.contrast?.cells).toEqual({ bothRight: 1, fixed: 1, broken: 1, bothWrong: 1 });
  });

  test("of nothing says nothing", async () => {
    expect(await sycophancyResult(before, [])).toMatchObject({ answers: 0, contrast: undefined });
  });
});
