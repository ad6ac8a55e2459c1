import type { LanguageModelV3Prompt, SharedV3Warning } from "@ai-sdk/provider";
import { InputError } from "../thought/errors.ts";
import type { ChoosingRole } from "../thought/role-choices.ts";
import { markers, promptText } from "./format.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** A conversation as nano reads it. */
export interface NanoPrompt {
  readonly tokens: readonly number[];
  /** What of the conversation nano leaves out. */
  readonly warnings: readonly SharedV3Warning[];
}

/**
 * The last user message is the question. An assistant message after it is continued: its reasoning is the thought so
 * far, its text, if any, the answer so far. With a role its marker stands behind them. Nano knows nothing else, and says so in the warnings.
 * Throws {@link InputError} when there is no question.
 */
export function nanoPrompt(
  prompt: LanguageModelV3Prompt,
  tokenizer: Tokenizer,
  { think, role }: { think: boolean; role?: ChoosingRole | undefined },
): NanoPrompt {
  const last = prompt.findLastIndex(({ role }) => role === "user");
  const question = textOf(prompt[last], "text").trim();
  if (question === "")
    throw new InputError("nano was asked nothing: the last user message has to hold the question");
  const after = prompt.slice(last + 1).findLast(({ role }) => role === "assistant");
  const thought = textOf(after, "reasoning");
  const answer = textOf(after, "text");
  const thinking = think || thought !== "";
  const tokens =
    role === "router"
      ? [tokenizer.special.user, ...tokenizer.encode(question, { markers: "text" })]
      : [
          ...withMarkers(tokenizer, question, thinking),
          ...tokenizer.encode(role === undefined ? thought : thought.trimEnd(), { markers: "text" }),
          ...(answer !== "" && thinking ? [tokenizer.special.answer] : []),
          ...tokenizer.encode(answer, { markers: "text" }),
        ];
  if (role !== undefined) tokens.push(roleToken(tokenizer, role));
  return { tokens, warnings: warningsOf(prompt, last) };
}

function roleToken(tokenizer: Tokenizer, role: ChoosingRole): number {
  const [token, ...others] = tokenizer.encode(markers[role]);
  if (token !== undefined && others.length === 0) return token;
  throw new InputError(
    `this nano checkpoint was not trained as a ${role}: use the shipped one, or train one`,
  );
}

/** The tokens of {@link promptText}, with whatever looks like a marker inside the question kept as plain text. */
function withMarkers(tokenizer: Tokenizer, question: string, thinking: boolean): number[] {
  const [before = "", after = ""] = promptText("\n", thinking).split("\n");
  return [
    ...tokenizer.encode(before),
    ...tokenizer.encode(question, { markers: "text" }),
    ...tokenizer.encode(after),
  ];
}

function textOf(message: LanguageModelV3Prompt[number] | undefined, type: "text" | "reasoning"): string {
  if (message === undefined || message.role === "system") return "";
  return message.content
    .flatMap((part) => (part.type === type && "text" in part ? [part.text] : []))
    .join("");
}

function warningsOf(prompt: LanguageModelV3Prompt, last: number): SharedV3Warning[] {
  const warnings: SharedV3Warning[] = [];
  const unsupported = (feature: string, details: string) =>
    warnings.push({ type: "unsupported", feature, details });
  if (prompt.some(({ role }) => role === "system")) {
    unsupported("system message", "nano follows no instructions; it reads the question alone");
  }
  if (prompt.some(({ role }, index) => index < last && role !== "system")) {
    unsupported(
      "earlier turns",
      "nano has no memory of a conversation; it reads the last user message alone",
    );
  }
  const parts = prompt.flatMap(({ content }) =>
    typeof content === "string" ? [] : content.map(({ type }) => type),
  );
  if (parts.some((type) => type !== "text" && type !== "reasoning")) {
    unsupported("files and tools", "nano reads text alone");
  }
  return warnings;
}
