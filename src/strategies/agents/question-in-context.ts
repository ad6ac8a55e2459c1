import type { Question } from "../../thought/question.ts";

/**
 * The question as an agent is told of it: behind the caller's system message and the earlier turns, where there are any.
 * For roles that think about the conversation. Whoever speaks to the user in it gets these as messages instead.
 */
export function questionInContext({ text, system, turns = [] }: Question): string {
  const parts = [
    ...(system === undefined || system.trim() === ""
      ? []
      : [`(The user's assistant was told: ${system.trim()})`]),
    ...turns.map(
      ({ role, content }) => `(${role === "user" ? "The user" : "The assistant"} said: ${content.trim()})`,
    ),
    text,
  ];
  return parts.join("\n\n");
}
