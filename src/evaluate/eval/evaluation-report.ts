import type { RunState } from "../../runs/manifest.ts";
import type { Proportion } from "../proportion.ts";
import { benchmarkOf, type EvaluationRequest, modelOf } from "./evaluation-request.ts";
import type { EvaluationRecord } from "./fold-evaluation.ts";
import { accuracyOfRecords, countProblems, type Grouping, groupRecords } from "./group-records.ts";
import { type PaperBudget, paperBudgets } from "./paper-figures.ts";
import { type Quantiles, quantilesOf } from "./quantiles.ts";
import type { Evaluation } from "./read-evaluation.ts";
import { type SeveralSamples, severalSamples } from "./several-samples.ts";
import { type ThoughtForms, thoughtForms } from "./thought-form.ts";

/** An answer that is wrong or missing, for a list. */
export type WrongAnswer = Pick<
  EvaluationRecord,
  "problem" | "sample" | "gold" | "answer" | "reason" | "failed"
>;

/**
 * What an evaluation came to: `report.json`. Everything but `run`, `createdAt` and `timing` follows from the request, the
 * seed and the replies: the same for a run that was killed and resumed as for one that nothing disturbed.
 */
export interface EvaluationReport {
  run: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  state: RunState;
  benchmark: string;
  /** `replay` for answers that others recorded. */
  model: string;
  strategy: string;
  effort: string | null;
  seed: number;
  request: EvaluationRequest;
  version: string;
  commit: string | null;
  /** Problems with at least one graded answer. */
  problems: number;
  /** Graded answers. */
  answers: number;
  /** Answers that were asked for, where the file or the limit said how many. */
  samples: number;
  /** Questions of which nothing came; they count as wrong. */
  failed: number;
  accuracy: Proportion;
  /** pass@k, maj@k and best-of-k; one line, for k of 1, where there is one answer a problem. */
  severalSamples: SeveralSamples[];
  groupings: Grouping[];
  tokens: {
    input: number;
    /** Estimated ones included. */
    output: number;
    estimatedOutput: number;
    reasoning: number;
    inputPerAnswer: number;
    /** The inference budget of O1 Journey, part 2: mean output tokens of an answer. */
    outputPerAnswer: number;
    /** Output tokens of an answer. */
    outputQuantiles: Quantiles;
  };
  calls: { all: number; perAnswer: number };
  /** US dollars; null where no price is known. */
  cost: { all: number | null; perAnswer: number | null; perRightAnswer: number | null };
  form: ThoughtForms;
  /** Other models on this benchmark at their inference budgets, as published. */
  published: readonly PaperBudget[];
  /** Everything that differs between two runs of the same. Milliseconds. */
  timing: { all: number; question: Quantiles; call: Quantiles };
  /** By problem. */
  wrong: WrongAnswer[];
}

/** Works a report out from an evaluation, whole or as far as it is: a pure function of its log. */
export function evaluationReport(evaluation: Evaluation): EvaluationReport {
  const { run, createdAt, state, request, seed, version, commit = null, records } = evaluation;
  const { answers } = request;
  const sum = (value: (record: EvaluationRecord) => number): number =>
    records.reduce((total, record) => total + value(record), 0);
  const each = (total: number): number => (records.length === 0 ? 0 : total / records.length);
  const [input, output] = [sum(({ inputTokens }) => inputTokens), sum(({ outputTokens }) => outputTokens)];
  const accuracy = accuracyOfRecords(records);
  const cost = records.some(({ costUsd }) => costUsd === null) ? null : sum(({ costUsd }) => costUsd ?? 0);
  const calls = sum((record) => record.calls);
  return {
    ...{ run, createdAt, state, request, seed, version, commit },
    benchmark: benchmarkOf(request),
    model: modelOf(request),
    strategy: answers.by === "model" ? answers.think.strategy : "replay",
    effort: answers.by === "model" ? answers.think.effort : null,
    problems: countProblems(records),
    answers: records.length,
    samples: request.samples,
    failed: records.filter(({ failed }) => failed).length,
    accuracy,
    severalSamples: severalSamples(records),
    groupings: groupRecords(records),
    tokens: {
      input,
      output,
      estimatedOutput: sum(({ estimatedOutputTokens }) => estimatedOutputTokens),
      reasoning: sum(({ reasoningTokens }) => reasoningTokens),
      inputPerAnswer: each(input),
      outputPerAnswer: each(output),
      outputQuantiles: quantilesOf(records.map(({ outputTokens }) => outputTokens)),
    },
    calls: { all: calls, perAnswer: each(calls) },
    cost: {
      all: cost,
      perAnswer: cost === null ? null : each(cost),
      perRightAnswer: cost === null || accuracy.right === 0 ? null : cost / accuracy.right,
    },
    form: thoughtForms(records),
    published: paperBudgets[benchmarkOf(request)] ?? [],
    timing: {
      all: evaluation.wallMs,
      question: quantilesOf(records.map(({ wallMs }) => wallMs)),
      call: quantilesOf(evaluation.callMs),
    },
    wrong: records.flatMap(({ correct, problem, sample, gold, answer, reason, failed }) =>
      correct ? [] : [{ problem, sample, gold, answer, reason, failed }],
    ),
  };
}
