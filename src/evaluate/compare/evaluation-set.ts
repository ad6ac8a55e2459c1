import { basename } from "node:path";
import { type EvaluationRequest, modelOf } from "../eval/evaluation-request.ts";
import type { Evaluation } from "../eval/read-evaluation.ts";
import type { GradedSet } from "./graded-set.ts";

/** An evaluation's graded answers under its run's id. */
export function evaluationSet({
  run,
  request,
  records,
}: Pick<Evaluation, "run" | "request" | "records">): GradedSet {
  return { name: run, what: howOf(request), samples: records };
}

/** `vote on nano`, `replay of answers.jsonl`. */
function howOf(request: EvaluationRequest): string {
  const { answers } = request;
  if (answers.by === "replay") return `replay of ${basename(answers.file)}`;
  const { arm } = answers.think.settings;
  return `${answers.think.strategy}${arm === undefined ? "" : ` (${arm})`} on ${modelOf(request)}`;
}
