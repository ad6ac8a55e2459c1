import type { EvaluationRecord } from "../../src/evaluate/eval/fold-evaluation.ts";

/** A graded answer for tests, right where it says the gold as a number. */
export function recordWith(parts: Partial<EvaluationRecord>): EvaluationRecord {
  const { answer, gold = "7" } = parts;
  return {
    ...{ problem: "p", sample: 0, source: "own", family: "own", tags: {}, text: "How many?", reason: "" },
    ...{ failed: false, inputTokens: 5, outputTokens: 10, estimatedOutputTokens: 0, reasoningTokens: 0 },
    ...{ calls: 1, costUsd: 0, wallMs: 100, strategy: "direct", model: "nano", thought: "" },
    gold,
    correct: answer !== undefined && Number(answer) === Number(gold),
    ...parts,
  };
}
