import { z } from "zod";
import type { EvaluationRequest } from "../../src/evaluate/eval/evaluation-request.ts";
import { createRun } from "../../src/runs/open-run.ts";
import type { RunLog } from "../../src/runs/run-log.ts";
import { completeRequest } from "../../src/strategies/think-request.ts";

/** A run of `sojourn eval` to be written as if it had been thought about. */
export interface WrittenEvaluation {
  root: string;
  /** Milliseconds since the epoch, by which runs sort. */
  at: number;
  strategy: string;
  /** One letter a problem, `r` for a right answer; problems are `own/0`, `own/1` and so on, all with the gold 42. */
  outcomes: string;
  outputTokens: number;
}

/** Writes the run's folder below `root` and returns its id. */
export function writeEvaluation({ root, at, strategy, outcomes, outputTokens }: WrittenEvaluation): string {
  const request: EvaluationRequest = {
    problems: { kind: "benchmark", benchmark: "own", data: "problems.jsonl", skip: 0 },
    fingerprint: "0",
    samples: 1,
    answers: { by: "model", think: completeRequest({ model: "nano", strategy }), atOnce: 1 },
  };
  const run = createRun(
    {
      command: "eval",
      request: z.json().parse(JSON.parse(JSON.stringify(request))),
      models: { policy: "nano" },
      seed: 0,
    },
    { root, clock: () => at },
  );
  for (const [index, letter] of [...outcomes].entries())
    writeProblem(run, { index, right: letter === "r", outputTokens });
  run.finish();
  return run.id;
}

function writeProblem(
  run: RunLog,
  { index, right, outputTokens }: { index: number; right: boolean; outputTokens: number },
): void {
  const problem = `own/${index}`;
  const log = run.question(`${problem}#0`);
  const usage = {
    ...{ inputTokens: 10, outputTokens, reasoningTokens: 0, estimatedOutputTokens: 0, calls: 1, costUsd: 0 },
  };
  const answer = right ? "42" : `${index}`;
  log.emit({ type: "question-started", text: { id: `${problem}#0`, text: "How many?" } });
  log.emit({
    ...{ type: "call-finished", site: "roll-out:0", occurrence: 0, fingerprint: "f", role: "policy" },
    ...{ model: "nano", wallMs: 1, usage, request: { prompt: { messages: [] } } },
    samples: [{ index: 0, text: answer, finishReason: "stop" }],
  });
  log.emit({ type: "step-added", node: "0.0", parent: "0", text: "" });
  log.emit({ type: "answer-proposed", node: "0.0", answer });
  log.emit({ type: "answer-chosen", node: "0.0", answer, reason: "only answer", checked: false });
  log.emit({ type: "question-finished", stopReason: "answered", usage: { ...usage, byRole: {} } });
  log.emit({
    ...{ type: "problem-revealed", problem, sample: 0, source: "own", family: "own", gold: "42", tags: {} },
  });
  log.emit({
    type: "answer-graded",
    answer,
    correct: right,
    reason: right ? "the same" : "the values differ",
  });
}
