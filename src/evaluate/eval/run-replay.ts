import { setImmediate as nextTurn } from "node:timers/promises";
import { countTokens } from "../../models/tokens.ts";
import { extractAnswers } from "../../problems/answer/extract-answer.ts";
import { gradeProblem } from "../../problems/grade-problem.ts";
import type { Problem } from "../../problems/problem.ts";
import type { Recorder } from "../../runs/recorder.ts";
import type { RunLog } from "../../runs/run-log.ts";
import { linesOf, readLabelledReply } from "../../strategies/reply.ts";
import { foldUsage } from "../../thought/fold-usage.ts";
import { ROOT } from "../../thought/tree.ts";
import type { TokenUsage } from "../../thought/usage.ts";
import { questionIdOf } from "./evaluation-request.ts";
import type { RecordedReply } from "./read-replay.ts";
import { revealProblem } from "./run-evaluation.ts";

/** Problems between two turns of whatever else the process has to do. */
const TURN_EVERY = 16;

/**
 * Logs recorded replies as if they had been thought here, and grades them: the same events, so that whatever reads an
 * evaluation reads a replay too. No model is called. Over a resumed run it goes on where it was stopped.
 *
 * @param replies of each problem, in the order of the problems
 */
export async function runReplay(
  problems: readonly Problem[],
  replies: readonly (readonly RecordedReply[])[],
  { run, signal }: { run: RunLog; signal?: AbortSignal | undefined },
): Promise<void> {
  for (const [place, problem] of problems.entries()) {
    // Grading seldom waits for anything: the progress and Ctrl-C need their turns.
    if (place % TURN_EVERY === 0) await nextTurn();
    for (const [sample, reply] of (replies[place] ?? []).entries()) {
      signal?.throwIfAborted();
      const question = { ...problem.question, id: questionIdOf(problem.question.id, sample) };
      const recorder = run.question(question.id);
      recorder.emit({ type: "question-started", text: question });
      recorder.emit({ type: "strategy-chosen", strategy: "replay", settings: {}, reason: "" });
      const answer = retell(reply, recorder);
      revealProblem({ problem, sample, question }, recorder);
      const grade =
        answer === undefined
          ? { correct: false, reason: "no answer in the recorded reply" }
          : await gradeProblem(problem, answer);
      recorder.emit({ type: "answer-graded", answer, ...grade });
    }
  }
}

/** Logs one reply as a call, the steps of a chain and an answer. */
function retell(reply: RecordedReply, recorder: Recorder): string | undefined {
  const { steps, answer } = readReply(reply.text);
  const usage = usageOf(reply);
  const call = { site: "replay", occurrence: 0, role: "policy", model: "replay" } as const;
  if (recorder.loggedSample(call.site, call.occurrence, 0) === undefined) {
    recorder.emit({
      ...{ type: "call-finished", ...call, fingerprint: "replay", wallMs: 0, usage, request: {} },
      samples: [{ index: 0, text: reply.text, finishReason: "stop" }],
    });
  }
  let node: string = ROOT;
  for (const [index, text] of (steps.length === 0 ? [""] : steps).entries()) {
    const parent = node;
    node = index === 0 ? "0.0" : `0.0/${index}`;
    recorder.emit({ type: "step-added", node, parent, text });
  }
  if (answer !== undefined) {
    recorder.emit({ type: "answer-proposed", node, answer });
    recorder.emit({ type: "answer-chosen", node, answer, reason: "recorded", checked: false });
  }
  const stopReason = answer === undefined ? "no-answer" : "answered";
  recorder.emit({ type: "question-finished", stopReason, usage: { ...foldUsage.start(), ...usage } });
  return answer;
}

/** The steps and the answer of a reply: what follows `Answer:`, else what a grader would take for the answer. */
function readReply(text: string): { steps: string[]; answer?: string | undefined } {
  const labelled = readLabelledReply(text);
  if (labelled.answer !== undefined) return labelled;
  const found = extractAnswers(text, ["latex", "expr"]);
  // A text of several lines is a thought and not an answer.
  const answer = found.find(({ from }) => from !== "whole" || !text.trim().includes("\n"));
  return { steps: linesOf(text), answer: answer?.text.trim() || undefined };
}

/** Output that was not counted by who recorded it is estimated; what it cost nobody knows. */
function usageOf({ text, inputTokens = 0, outputTokens }: RecordedReply): TokenUsage {
  const estimatedOutputTokens = outputTokens === undefined ? countTokens(text) : 0;
  return {
    ...{ inputTokens, outputTokens: outputTokens ?? 0, estimatedOutputTokens, reasoningTokens: 0 },
    ...{ calls: 0, costUsd: null },
  };
}
