import { z } from "zod";
import type { NewRun } from "../../src/runs/open-run.ts";
import type { RunLog } from "../../src/runs/run-log.ts";
import { thinkMany } from "../../src/strategies/think-many.ts";
import { completeRequest, type ThinkRequest } from "../../src/strategies/think-request.ts";
import { mazeModels, mazeQuestions, mazeRegistry } from "./maze-endpoint.ts";

/** Some maze questions that are thought about in one way, so that it can be done again. */
export interface MazeBatch {
  /** Where the maze's models are. */
  url: string;
  strategy: string;
  questions: number;
}

/** The request of a batch as a run keeps it. */
export function batchRun(strategy: string): NewRun {
  const request = z.json().parse(JSON.parse(JSON.stringify(batchRequest(strategy))));
  return { command: "batch", request, models: {}, seed: 0 };
}

/** How a batch is thought about: in the order asked, a sample a request, a few at a time. */
function batchRequest(strategy: string): ThinkRequest {
  const breadth = { samples: 6, confidence: 1, width: 3, depth: 4, rollouts: 6, maxTokens: 400 };
  const settings = { ...breadth, concurrency: 2, order: "asked" as const };
  return completeRequest({ ...mazeModels, strategy, settings });
}

/** Thinks about a batch and gives the answers, or why there is none, by question. */
export async function thinkBatch(
  { url, strategy, questions }: MazeBatch,
  run: RunLog,
): Promise<Record<string, string>> {
  const registry = mazeRegistry(url, { samples: 1 });
  const answers: [string, string][] = [];
  const outcomes = thinkMany(mazeQuestions(questions), batchRequest(strategy), { registry, run, atOnce: 2 });
  for await (const outcome of outcomes) {
    const answer = "thought" in outcome ? (outcome.thought.text ?? "none") : outcome.failed.message;
    answers.push([outcome.question.id, answer]);
  }
  return Object.fromEntries(answers.sort());
}
