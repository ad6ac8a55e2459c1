import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linesOf, readLabelledReply, readStepReply, readThinkingReply } from "./reply.ts";

describe("a reply with a label", () => {
  test.each([
    "Answer: 42",
    "answer : 42",
    "ANSWER:42",
    "Answer： 42",
    "Final answer: 42",
    "**Answer:** 42",
    "**Answer: 42**",
    "**Answer**: 42",
    "__Final Answer:__ **42**",
    "## Answer: 42",
    "> Answer: 42",
    "- Answer: 42",
    "Answer:\n42",
    "**Answer:**\n\n  **42**\n",
    "### Answer:\n42",
  ])("reads its result from %j", (text) => {
    expect(readLabelledReply(`six sevens\n${text}`)).toEqual({ steps: ["six sevens"], answer: "42" });
  });

  test.each([
    ["Answer: -42", "-42"],
    ["Answer: 6*7", "6*7"],
    ["Answer: time: 10:30", "time: 10:30"],
    ["Answer:\none\ntwo", "one\ntwo"],
  ])("keeps what belongs to the result of %j", (text, answer) => {
    expect(readLabelledReply(text)).toEqual({ steps: [], answer });
  });

  test.each(["The answer is 42.", "We answer: 42", "Answer 42", "My answers: 42"])(
    "takes %j for a step, since it bears no label",
    (text) => {
      expect(readLabelledReply(text)).toEqual({ steps: [text] });
    },
  );

  test("counts the last of several labels, and keeps the others as steps", () => {
    expect(readLabelledReply("Answer: 41\nno, I dropped one\nAnswer: 42")).toEqual({
      steps: ["Answer: 41", "no, I dropped one"],
      answer: "42",
    });
  });

  test("passes over a last label that was cut off before its result", () => {
    expect(readLabelledReply("think\nAnswer: 42\nAnswer:")).toEqual({
      steps: ["think", "Answer:"],
      answer: "42",
    });
    expect(readLabelledReply("think\n**Answer:**")).toEqual({ steps: ["think"] });
  });

  test("keeps an explanation behind the result as steps", () => {
    expect(readLabelledReply("Answer: 42\nSix sevens are 42.")).toEqual({
      steps: ["Six sevens are 42."],
      answer: "42",
    });
  });

  test("has no steps and no answer when it is empty", () => {
    expect(readLabelledReply(" \n\n")).toEqual({ steps: [] });
  });
});

const line = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("Answer:", "**Answer:**", "Answer: 7", "## Final answer", "answer: **", "  ", "\r"),
);
const replies = fc.array(line, { maxLength: 8 }).map((lines) => lines.join("\n"));

test("any reply is read, and each of its words stays in a step or the answer, bare labels apart", () => {
  fc.assert(
    fc.property(replies, (text) => {
      for (const { steps, answer = "" } of [readLabelledReply(text), readThinkingReply(text, "")]) {
        const kept = [...steps, answer].join("\n");
        for (const line of linesOf(text)) {
          const bare = line.replace(/^[\s>#*_-]*(?:final\s+)?answer[\s*_]*[:：]/i, "").replace(/[*_\s]/g, "");
          expect(kept.replace(/[*_\s]/g, "")).toContain(bare);
        }
      }
    }),
  );
});

describe("a reply to a prompt that asked for one step", () => {
  test("is that step", () => {
    expect(readStepReply("add the tens")).toEqual({ steps: ["add the tens"] });
  });

  test("is cut behind its first step when the model writes on", () => {
    expect(readStepReply("add the tens\nadd the ones\nAnswer: 42")).toEqual({ steps: ["add the tens"] });
  });

  test("keeps a result right behind its only step", () => {
    expect(readStepReply("add the ones\nAnswer: 42")).toEqual({ steps: ["add the ones"], answer: "42" });
  });

  test("is the answer where it begins with the result, whatever is said behind it", () => {
    expect(readStepReply("**Answer:** 42\nI hope\nthis helps")).toEqual({ steps: [], answer: "42" });
    expect(readStepReply("Answer:\n42")).toEqual({ steps: [], answer: "42" });
  });

  test("has at most one step, whatever comes", () => {
    fc.assert(fc.property(replies, (text) => readStepReply(text).steps.length <= 1));
  });
});

test("a model that thinks apart gives its thinking as steps and its text as the answer", () => {
  expect(readThinkingReply("3 + 4\n\n 7\n", " 7 \n")).toEqual({ steps: ["3 + 4", "7"], answer: "7" });
  expect(readThinkingReply("3 + 4", "\n")).toEqual({ steps: ["3 + 4"] });
});
