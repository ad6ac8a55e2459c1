import { BudgetExhaustedError } from "../models/budget.ts";
import type { StrategyEntry } from "../strategies/registry.ts";
import type { Answer, Strategy } from "../strategies/strategy.ts";

/** A text that a writer is to write, and how to tell whether it may stand. */
export interface WritingTask {
  system: string;
  content: string;
  /** The lines of what was written, or in one line why it may not stand. */
  read(
    text: string,
  ): Promise<{ lines: string[] } | { fault: string }> | { lines: string[] } | { fault: string };
}

/** How often a writer may try. */
const ATTEMPTS = 3;

/**
 * A writer as a strategy, so that thousands of texts are written at once, accounted for and resumed like any other
 * thinking. What may not stand is refused: the writer is told why and tries again. The lines are the answer's thought;
 * after the last attempt there is none.
 *
 * @param tasks by the question's id
 */
export function writing(name: string, tasks: ReadonlyMap<string, WritingTask>): StrategyEntry {
  const run: Strategy = async (question, think) => {
    const { client, recorder, settings } = think;
    const task = tasks.get(question.id);
    if (task === undefined) throw new RangeError(`nothing is to be written for ${question.id}`);
    let { content } = task;
    try {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const [sample] = await client.generate({
          ...{ role: "writer", site: `${name}:${attempt}`, maxTokens: settings.maxTokens },
          ...{ temperature: settings.temperature, topP: settings.topP },
          prompt: { system: task.system, messages: [{ role: "user", content }] },
        });
        const read = await task.read(sample?.text ?? "");
        if ("lines" in read) {
          const text = read.lines.join("\n");
          recorder.emit({
            type: "answer-chosen",
            answer: text,
            reason: `attempt ${attempt + 1}`,
            checked: true,
          });
          return { text, stopReason: "answered", thought: read.lines, candidates: [], checked: true };
        }
        recorder.emit({ type: "warning-raised", text: `attempt ${attempt + 1}: ${read.fault}` });
        content = `${task.content}\n\nAn earlier attempt was refused because ${read.fault}.`;
      }
    } catch (error) {
      if (!(error instanceof BudgetExhaustedError)) throw error;
      recorder.emit({ type: "budget-exhausted", limit: error.limit, allowed: error.allowed });
      return none("budget");
    }
    return none("no-answer");
  };
  return {
    name,
    description: "a writer whose work is checked",
    run,
    needsInstructions: true,
    // A text is written once: nobody reads a summary of how it came about.
    defaults: {
      ...{ temperature: 0.7, maxTokens: 8192, summaries: false, writer: false },
      budget: { tokens: 1_000_000 },
    },
  };
}

function none(stopReason: Answer["stopReason"]): Answer {
  return { stopReason, thought: [], candidates: [], checked: false };
}
