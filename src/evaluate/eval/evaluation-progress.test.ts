import { expect, test } from "vitest";
import type { EventBody } from "../../thought/event.ts";
import { foldUsage } from "../../thought/fold-usage.ts";
import { EvaluationProgress } from "./evaluation-progress.ts";

function grade(
  progress: EvaluationProgress,
  {
    problem,
    sample,
    correct,
    at,
    fails = false,
  }: { problem: string; sample: number; correct: boolean; at: number; fails?: boolean },
): void {
  const about = { problem, sample, source: "own", family: "own", gold: "7", tags: {} };
  const bodies: EventBody[] = [
    ...(fails
      ? []
      : [{ type: "question-finished", stopReason: "answered", usage: foldUsage.start() } as const]),
    { type: "problem-revealed", ...about },
    { type: "answer-graded", correct, reason: "" },
  ];
  for (const body of bodies) progress.add({ at, question: `${problem}#${sample}`, ...body });
}

test("counts what is graded, what failed and what an earlier session had done", () => {
  const progress = new EvaluationProgress(6, 1000);
  expect(progress).toMatchObject({ all: 6, done: 0, before: 0, failed: 0, accuracy: { low: 0, high: 1 } });
  grade(progress, { problem: "a", sample: 0, correct: true, at: 10 });
  grade(progress, { problem: "a", sample: 1, correct: true, at: 2000 });
  grade(progress, { problem: "b", sample: 0, correct: false, at: 2001, fails: true });
  expect(progress).toMatchObject({ done: 3, before: 1, failed: 1, accuracy: { right: 2, trials: 3 } });
});

test("adds up the usage of every call", () => {
  const progress = new EvaluationProgress(1, 0);
  const usage = {
    inputTokens: 5,
    outputTokens: 7,
    reasoningTokens: 0,
    estimatedOutputTokens: 1,
    calls: 1,
    costUsd: 0.5,
  };
  const call = {
    site: "s",
    occurrence: 0,
    fingerprint: "",
    role: "policy",
    model: "nano",
    wallMs: 1,
    usage,
  } as const;
  for (const question of ["a", "b"])
    progress.add({ at: 1, question, type: "call-failed", ...call, outcome: "failed", error: "no" });
  expect(progress.usage).toMatchObject({
    inputTokens: 10,
    outputTokens: 14,
    estimatedOutputTokens: 2,
    calls: 2,
    costUsd: 1,
  });
});

test("the leaves of a tree that are graded beside the chosen answer are no further questions", () => {
  const progress = new EvaluationProgress(1, 0);
  progress.add({ at: 1, question: "a#0", type: "answer-graded", node: "0.1", correct: true, reason: "" });
  expect(progress.done).toBe(0);
});
