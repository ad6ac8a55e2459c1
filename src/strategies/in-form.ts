import { z } from "zod";
import { BudgetExhaustedError } from "../models/budget.ts";
import { FailureError } from "../thought/errors.ts";
import { askForObject } from "./agents/structured.ts";
import type { StrategyEntry } from "./registry.ts";

/** The writer did not bring the answer into the form that was asked for. */
export class FormNotKeptError extends FailureError {}

/**
 * A strategy whose answer is a JSON object of a form: it thinks as it always does, and then the writer puts what it came to
 * into the form. A reply that does not have it is asked for again, at most twice; then the strategy throws a FormNotKeptError.
 * Needs a writer that follows instructions.
 */
export function inForm(entry: StrategyEntry, form: z.ZodType): StrategyEntry {
  return {
    ...entry,
    // What streams is on its way into the form.
    streams: entry.streams === "answer" ? undefined : entry.streams,
    async run(question, think) {
      const answer = await entry.run(question, think);
      if (answer.text === undefined) return answer;
      const content = think.prompts("format-answer", {
        ...{ question: question.text, thought: answer.thought.join("\n"), answer: answer.text },
        schema: JSON.stringify(z.toJSONSchema(form, { io: "input" })),
      });
      try {
        const object = await askForObject(think, {
          ...{ role: "writer", site: "form", form },
          prompt: {
            system: question.system,
            messages: [...(question.turns ?? []), { role: "user", content }],
          },
        });
        return { ...answer, text: JSON.stringify(object) };
      } catch (error) {
        if (error instanceof BudgetExhaustedError)
          return { ...answer, text: undefined, stopReason: "budget" };
        if (!(error instanceof FailureError)) throw error;
        throw new FormNotKeptError(`the answer has no form: ${error.message}; name another writer`, error);
      }
    },
  };
}
