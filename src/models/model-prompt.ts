import type { LanguageModelV3Prompt } from "@ai-sdk/provider";
import type { Backend } from "./backend.ts";
import type { ModelTraits, Prompt } from "./client.ts";
import { mostTokens } from "./tokens.ts";

/** Tokens that a chat template adds to a message, and to the whole prompt; more than usual ones do. */
const TOKENS_PER_MESSAGE = 8;
const TOKENS_PER_PROMPT = 16;

/**
 * A prompt in the AI SDK's form: the system message (left out where the model follows none), the turns, and the
 * thought so far as the beginning of the assistant's turn.
 * Throws a RangeError for a thought where the model has no place for one.
 */
export function toModelPrompt(prompt: Prompt, traits: ModelTraits): LanguageModelV3Prompt {
  const messages: LanguageModelV3Prompt = [];
  if (prompt.system !== undefined && prompt.system !== "" && traits.followsInstructions) {
    messages.push({ role: "system", content: prompt.system });
  }
  for (const { role, content } of prompt.messages) {
    messages.push({ role, content: [{ type: "text", text: content }] });
  }
  const { prefill = "", answer = "" } = prompt;
  if (prefill !== "" || answer !== "") {
    if (traits.prefill === "none") throw new RangeError(`${traits.name} cannot continue a thought`);
    const type = traits.prefill === "thinking" ? "reasoning" : "text";
    const parts = [{ type, text: prefill } as const, { type: "text", text: answer } as const];
    messages.push({ role: "assistant", content: parts.filter(({ text }) => text !== "") });
  }
  return messages;
}

/**
 * Most tokens that the prompt is likely to have, for reserving them before a backend has counted. A model inside this
 * process may have a vocabulary of its own, down to bytes.
 */
export function estimateInputTokens(
  prompt: Prompt,
  { traits, tokens }: Pick<Backend, "traits" | "tokens">,
): number {
  const most = tokens === "exact" ? Buffer.byteLength : mostTokens;
  let sum = TOKENS_PER_PROMPT;
  for (const { content } of prompt.messages) sum += most(content) + TOKENS_PER_MESSAGE;
  if (prompt.system !== undefined && traits.followsInstructions)
    sum += most(prompt.system) + TOKENS_PER_MESSAGE;
  if (prompt.answer !== undefined) sum += most(prompt.answer) + TOKENS_PER_MESSAGE;
  if (prompt.prefill !== undefined) sum += most(prompt.prefill) + TOKENS_PER_MESSAGE;
  return sum;
}
