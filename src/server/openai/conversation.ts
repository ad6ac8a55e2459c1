import type { Question, Turn } from "../../thought/question.ts";
import { ApiError } from "./api-error.ts";

/** A message of any of the APIs, its parts of text joined. */
export interface Message {
  role: "system" | "developer" | "user" | "assistant";
  content: string;
}

/** Thinking that a client sends back within the text of an earlier turn; it was never part of what was said. */
const THINKING = /^\s*<think>[\s\S]*?(?:<\/think>\s*|$)/;

/**
 * A conversation as a question: system messages apart, earlier turns as turns, the last message as what is asked. Throws
 * an ApiError where that is not the user's.
 *
 * @param param the name of the parameter that holds the messages
 */
export function readConversation(messages: readonly Message[], param: string): Omit<Question, "id"> {
  const system: string[] = [];
  const turns: Turn[] = [];
  for (const { role, content } of messages) {
    if (role === "system" || role === "developer") system.push(content);
    else if (role === "user") turns.push({ role, content });
    else {
      const said = content.replace(THINKING, "");
      // A turn of nothing but thinking says nothing that a question could build on.
      if (said !== "") turns.push({ role, content: said });
    }
  }
  const asked = turns.pop();
  if (asked?.role !== "user" || asked.content.trim() === "") {
    const message = `Invalid value for '${param}': the last message has to be the user's question, as text.`;
    throw new ApiError(message, { status: 400, code: "invalid_value", param });
  }
  return {
    text: asked.content,
    ...(system.length === 0 ? {} : { system: system.join("\n\n") }),
    ...(turns.length === 0 ? {} : { turns }),
  };
}
