import { type ThinkManyOptions, thinkMany } from "../strategies/think-many.ts";
import type { ThinkRequest } from "../strategies/think-request.ts";
import { type WritingTask, writing } from "./writing.ts";

/** What many texts are written with. */
export interface WriteManyOptions extends Pick<ThinkManyOptions, "registry" | "run" | "signal" | "atOnce"> {
  /** Names the writer. */
  request: ThinkRequest;
  /** Told after each text. */
  onProgress?: ((done: number, all: number) => void) | undefined;
}

/** What was written. */
export interface Written {
  /** The lines of each text that may stand, by its id. */
  texts: Map<string, string[]>;
  /** Texts that may not, by reason. */
  faults: Record<string, number>;
}

/** Has a writer write many texts at once, in a run that can be resumed. What may not stand is counted. */
export async function writeMany(
  name: string,
  tasks: ReadonlyMap<string, WritingTask>,
  { request, onProgress, ...options }: WriteManyOptions,
): Promise<Written> {
  const questions = [...tasks].map(([id, { content }]) => ({ id, text: content }));
  const texts = new Map<string, string[]>();
  const faults: Record<string, number> = {};
  let done = 0;
  for await (const outcome of thinkMany(questions, request, { ...options, entry: writing(name, tasks) })) {
    const reason = faultOf(outcome);
    if (reason !== undefined) faults[reason] = (faults[reason] ?? 0) + 1;
    else if ("thought" in outcome) texts.set(outcome.question.id, outcome.thought.thought);
    onProgress?.(++done, questions.length);
  }
  return { texts, faults };
}

type Outcome = ReturnType<typeof thinkMany> extends AsyncGenerator<infer One> ? One : never;

function faultOf(outcome: Outcome): string | undefined {
  if ("failed" in outcome) return "the writer could not be reached";
  const { text, stopReason } = outcome.thought;
  if (text !== undefined) return undefined;
  return stopReason === "budget" ? "the budget ended" : "every attempt of the writer was refused";
}
