import { type Estimate, estimateEvaluation } from "../evaluate/eval/estimate.ts";
import type { EvaluationRequest } from "../evaluate/eval/evaluation-request.ts";
import { createRegistry } from "../models/registry.ts";
import type { Problem } from "../problems/problem.ts";
import { openChecker } from "./ask-session.ts";
import type { ResumableSession } from "./resumable.ts";
import { formatCost, formatCount, plural } from "./view/format.ts";
import { table } from "./view/table.ts";

/** Says what an evaluation would come to, and sends nothing. */
export async function runDry(
  request: EvaluationRequest,
  problems: readonly Problem[],
  { json, output, config, environment }: ResumableSession,
): Promise<void> {
  const registry = createRegistry(config, withoutKeys(environment));
  const checker = await openChecker(request.answers.by === "model" ? request.answers.checker : undefined);
  const estimate = await estimateEvaluation(request, problems, { registry, checker });
  if (json) output.line(JSON.stringify(estimate));
  else for (const line of estimateLines(estimate)) output.line(line);
}

/** Every key that is not set is made up: who sends nothing needs none. */
export function withoutKeys(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const keys = ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GOOGLE_GENERATIVE_AI_API_KEY"];
  const made = keys.map((name) => [name, environment[name] || "none, since nothing is sent"]);
  return { ...environment, ...Object.fromEntries(made) };
}

function estimateLines({ problems, questions, rehearsed, tokensPerSample, ...uses }: Estimate): string[] {
  const asked = `${plural(problems, "problem")}, ${plural(questions, "question")}`;
  if (rehearsed === 0) return [`${asked}; the answers are recorded, no model is asked`];
  const rows = [
    ["thoughts agree", uses.low],
    ["no thoughts agree", uses.high],
    ["and are as long as they may be", uses.most],
  ] as const;
  return [
    asked,
    "",
    ...table(
      ["where", "calls", "input tokens", "output tokens", "cost"],
      rows.map(([where, { calls, inputTokens, outputTokens, costUsd }]) => [
        where,
        ...[calls, inputTokens, outputTokens].map(formatCount),
        formatCost(costUsd),
      ]),
    ),
    "",
    `${tokensPerSample} output tokens a sample assumed; ${plural(rehearsed, "question")} rehearsed with a scripted model, nothing sent`,
  ];
}
