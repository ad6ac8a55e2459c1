import { memoryRun } from "../../src/runs/open-run.ts";
import type { PartialSettings } from "../../src/strategies/settings.ts";
import { type ThinkThroughOptions, type ThoughtThrough, thinkThrough } from "../../src/strategies/think.ts";
import { completeRequest } from "../../src/strategies/think-request.ts";
import type { Event } from "../../src/thought/event.ts";
import type { Question } from "../../src/thought/question.ts";
import { mazeModels, mazeRegistry } from "./maze-endpoint.ts";

/** Thinks about a question with the models of a maze endpoint, in memory. */
export async function thinkOver(
  url: string,
  asked: { question?: Question; strategy: string; settings?: PartialSettings } & Partial<ThinkThroughOptions>,
): Promise<{ thought: ThoughtThrough; events: readonly Event[] }> {
  const {
    question = { id: "q1", text: "Which way leads out of the maze?" },
    strategy,
    settings,
    ...options
  } = asked;
  const { log, events } = memoryRun({ command: "ask", request: {}, models: {}, seed: settings?.seed ?? 0 });
  const request = completeRequest({ ...mazeModels, strategy, settings: settings ?? {} });
  const thought = await thinkThrough(question, request, {
    registry: mazeRegistry(url),
    run: log,
    ...options,
  });
  return { thought, events };
}
