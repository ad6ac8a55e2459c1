import { readFileSync } from "node:fs";
import type { LanguageModelV3Prompt } from "@ai-sdk/provider";
import { z } from "zod";
import { InputError, messageOf } from "../thought/errors.ts";

/** One message as a template is given it. */
export interface TemplateMessage {
  role: "system" | "user" | "assistant";
  content: string;
}

/** Writes a conversation as the text that a model reads, up to where its reply begins. */
export type ChatTemplate = (messages: readonly TemplateMessage[]) => string;

const tokenizerConfigSchema = z.object({
  chat_template: z.union([
    z.string(),
    z.array(z.object({ name: z.string(), template: z.string() })).transform((templates) => {
      return templates.find(({ name }) => name === "default")?.template ?? templates[0]?.template ?? "";
    }),
  ]),
});

/**
 * A chat template in the Jinja of Hugging Face. The marks of a text's beginning and end are left empty, since whoever reads
 * the text adds them. Throws where the source is no template.
 */
export async function compileTemplate(source: string): Promise<ChatTemplate> {
  const { Template } = await import("@huggingface/jinja");
  const template = new Template(source);
  return (messages) =>
    template.render({
      messages: messages.map((message) => ({ ...message })),
      ...{ add_generation_prompt: true, bos_token: "", eos_token: "" },
    });
}

/**
 * Reads a chat template from a Jinja file, or a `tokenizer_config.json` that holds one. Throws an InputError where that is
 * not possible.
 */
export async function readChatTemplate(file: string): Promise<ChatTemplate> {
  try {
    const text = readFileSync(file, "utf8");
    const config = file.endsWith(".json") ? tokenizerConfigSchema.parse(JSON.parse(text)) : undefined;
    return await compileTemplate(config?.chat_template ?? text);
  } catch (error) {
    const why = error instanceof z.ZodError ? "it holds no chat_template" : messageOf(error);
    throw new InputError(`cannot read the chat template ${file}: ${why}`, error);
  }
}

/** A prompt of the AI SDK as one text that the model is to continue; a trailing assistant message is its beginning. */
export function promptText(
  prompt: LanguageModelV3Prompt,
  template: ChatTemplate | undefined,
  options: { steps: boolean },
): string {
  const messages = prompt.flatMap(({ role, content }): TemplateMessage[] => {
    if (role === "tool") return [];
    if (typeof content === "string") return [{ role, content }];
    const texts = content.flatMap((part) => (part.type === "text" ? part.text : []));
    return [{ role, content: texts.join("") }];
  });
  const begun = messages.at(-1)?.role === "assistant" ? messages.pop() : undefined;
  const asked = template === undefined ? plainPrompt(messages, options) : template(messages);
  return asked + (begun?.content ?? "");
}

/**
 * The form in which a model without a template is asked: what is to be done, then each question with its steps, the last
 * of them open. Our own; it means nothing to a model but what the words say.
 *
 * @param steps false leaves no room for steps, and has the result follow at once
 */
function plainPrompt(messages: readonly TemplateMessage[], { steps }: { steps: boolean }): string {
  const parts = messages.map(({ role, content }) =>
    role === "system" ? content : role === "user" ? `Question: ${content}` : `Steps:\n${content}`,
  );
  return `${parts.join("\n\n")}\n\n${steps ? "Steps:\n" : "Answer:"}`;
}

/** Where a model that was asked by the plain form begins to ask itself the next question. */
export const PLAIN_END = "\nQuestion:";
