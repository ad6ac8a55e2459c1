import { z } from "zod";
import type { Question } from "../../thought/question.ts";
import { type ChoosingRole, roleChoices } from "../../thought/role-choices.ts";
import type { Thinking } from "../strategy.ts";
import { askOne } from "./ask-all.ts";
import { questionInContext } from "./question-in-context.ts";
import { askForObject } from "./structured.ts";

/** What a role is asked to choose about. */
export interface ChoiceRequest<Role extends ChoosingRole> {
  role: Role;
  /** Unique within the question. */
  site: string;
  question: Question;
  /** The steps so far; the last one is what is judged. */
  thought: readonly string[];
  /** The answer, where that is what is judged. */
  answer?: string | undefined;
  /** The prompt (in `prompts/`) for a model that follows instructions; it is given `question`, `thought`, `answer`. */
  prompt: string;
}

/** What a role chose. */
export interface Choice<Role extends ChoosingRole> {
  choice: (typeof roleChoices)[Role][number];
  /** The probability of each word, where the model has it. */
  probabilities?: Readonly<Record<string, number>> | undefined;
  /** In a few words, from a model that can say. */
  reason?: string | undefined;
}

/**
 * Asks a role for one of its words. A model that was trained for the role (nano) is read off its distribution; any other
 * is prompted and gives a reason too. Throws a FailureError where no usable reply came, and what `askAll` throws.
 */
export async function choose<Role extends ChoosingRole>(
  think: Thinking,
  request: ChoiceRequest<Role>,
): Promise<Choice<Role>> {
  type Word = Choice<Role>["choice"];
  const { role, site, question, thought, answer } = request;
  const words: readonly string[] = roleChoices[role];
  const isWord = (word: string): word is Word => words.includes(word);

  if (think.client.traits(role).chooses?.includes(role)) {
    const prefill = thought.length === 0 ? undefined : thought.join("\n");
    const prompt = { messages: [{ role: "user", content: question.text } as const], prefill, answer };
    const { text, choices } = await askOne(think, { role, site, prompt, choose: role, maxTokens: 1 });
    if (!isWord(text)) throw new RangeError(`a choice has to be one of ${words.join(", ")}, not "${text}"`);
    return { choice: text, probabilities: choices };
  }
  const form = z.object({
    reason: z.string().optional(),
    choice: z.string().trim().toLowerCase().refine(isWord),
  });
  const content = think.prompts(request.prompt, {
    question: questionInContext(question),
    thought: thought.join("\n"),
    answer: answer ?? "(none yet)",
  });
  return askForObject(think, { role, site, prompt: { messages: [{ role: "user", content }] }, form });
}
