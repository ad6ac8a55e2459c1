import { expect, test } from "vitest";
import { z } from "zod";
import type { Question } from "../thought/question.ts";
import type { Role } from "../thought/usage.ts";
import { questionInContext } from "./agents/question-in-context.ts";
import { findStrategy } from "./registry.ts";
import { thinkScripted } from "./scripted-world.ts";

const question: Question = {
  id: "q1",
  text: "And which way leads out of it?",
  system: "Speak like a lighthouse keeper.",
  turns: [
    { role: "user", content: "Tell me of the maze at Hampton." },
    { role: "assistant", content: "It has hedges and one way out." },
  ],
};

const said = [question.system, ...(question.turns ?? []).map(({ content }) => content), question.text];

const requestSchema = z.object({
  system: z.string().optional(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
});

/** What was said to a model in one call, as one text. */
function toldTo(request: unknown): string {
  const { system = "", messages } = requestSchema.parse(request);
  return [system, ...messages.map(({ content }) => content)].join("\n");
}

test("the question in its context names what the assistant was told and what was said, and is the bare question without", () => {
  expect(questionInContext(question)).toBe(
    [
      "(The user's assistant was told: Speak like a lighthouse keeper.)",
      "(The user said: Tell me of the maze at Hampton.)",
      "(The assistant said: It has hedges and one way out.)",
      "And which way leads out of it?",
    ].join("\n\n"),
  );
  expect(questionInContext({ id: "q", text: "Why?" })).toBe("Why?");
});

test.each<[string, Role[]]>([
  ["auto", ["policy", "router", "summarizer", "writer"]],
  ["vote", ["policy", "summarizer", "writer"]],
  ["debate", ["policy", "critic", "judge"]],
  ["critique", ["policy", "critic"]],
  ["panel", ["planner", "judge", "writer"]],
  ["plan", ["planner", "writer"]],
])("every role of %s knows the caller's system message and the earlier turns", async (strategy, roles) => {
  expect(findStrategy(strategy).name).toBe(strategy);
  const asked = new Set<Role>();
  for (let seed = 0; seed < 8; seed++) {
    const { result, events } = thinkScripted({
      ...{ strategy, question },
      settings: {
        seed,
        summaries: true,
        writer: true,
        maxTokens: 60,
        order: "asked",
        rollouts: 4,
        rounds: 2,
      },
    });
    await result;
    for (const event of events) {
      if (event.type !== "call-finished") continue;
      asked.add(event.role);
      const told = toldTo(event.request);
      for (const part of said) expect(told, `${event.role} at ${event.site}`).toContain(part);
    }
  }
  expect([...asked]).toEqual(expect.arrayContaining(roles));
});
