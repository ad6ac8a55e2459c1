import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readConversation } from "./conversation.ts";

describe("a conversation", () => {
  test("keeps its turns in their order and its system messages apart", () => {
    const message = fc.record({
      role: fc.constantFrom("system" as const, "developer" as const, "user" as const, "assistant" as const),
      content: fc.string({ minLength: 1, unit: fc.constantFrom("a", "b", "\n") }),
    });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), (messages) => {
        const asked = { role: "user" as const, content: "and now?" };
        const question = readConversation([...messages, asked], "messages");
        const instructs = ({ role }: { role: string }) => role === "system" || role === "developer";
        expect(question.text).toBe("and now?");
        expect(question.turns ?? []).toEqual(messages.filter((one) => !instructs(one)));
        expect(question.system).toBe(
          messages.some(instructs)
            ? messages
                .filter(instructs)
                .map(({ content }) => content)
                .join("\n\n")
            : undefined,
        );
      }),
    );
  });

  test.each([
    ["<think>hm\nhm</think>\n\nLeft", [{ role: "assistant", content: "Left" }]],
    ["<think>cut off in the middle", undefined],
    ["Left, as <think> said", [{ role: "assistant", content: "Left, as <think> said" }]],
  ])("leaves thinking that was sent back aside: %j", (content, turns) => {
    const messages = [
      { role: "assistant" as const, content },
      { role: "user" as const, content: "And?" },
    ];
    expect(readConversation(messages, "messages").turns).toEqual(turns);
  });

  test.each([
    [[]],
    [[{ role: "assistant" as const, content: "hi" }]],
    [[{ role: "user" as const, content: " \n" }]],
  ])("that does not end with a question is refused", (messages) => {
    expect(() => readConversation(messages, "input")).toThrow(
      "'input': the last message has to be the user's question",
    );
  });
});
