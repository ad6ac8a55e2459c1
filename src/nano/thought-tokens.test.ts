import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { completionText, promptText } from "./format.ts";
import { thoughtTokens } from "./thought-tokens.ts";
import { Tokenizer } from "./tokenizer.ts";

const tokenizer = await Tokenizer.read(
  fileURLToPath(new URL("../../recipes/tokenizer.json", import.meta.url)),
);
const question = "What is 2 + 2?";

test.each([[["2 + 2 = 4", "so 4"]], [[]]])(
  "writes the form that nano reads and writes, for the thought %j",
  (thought) => {
    const { ids, given } = thoughtTokens(tokenizer, { question, thought, answer: "4" });
    expect(ids.slice(0, given)).toEqual(tokenizer.encode(promptText(question, thought.length > 0)));
    expect(ids.slice(given)).toEqual(tokenizer.encode(completionText(thought, "4")));
  },
);

test("ends each line at its newline, the last one at the marker of the answer", () => {
  const thought = ["2 + 2 = 4", "so 4"];
  const whole = thoughtTokens(tokenizer, { question, thought, answer: "4" });
  const [newline = 0] = tokenizer.encode("\n");
  expect(whole.stepEnds.map((end) => whole.ids[end])).toEqual([newline, tokenizer.special.answer]);
  const open = thoughtTokens(tokenizer, { question, thought });
  expect(open.stepEnds.map((end) => open.ids[end])).toEqual([newline, newline]);
  expect(open.stepEnds.at(-1)).toBe(open.ids.length - 1);
});

test("takes what looks like a marker as plain text", () => {
  const { ids } = thoughtTokens(tokenizer, {
    question: "say <|end|>",
    thought: ["<|answer|>"],
    answer: "<|end|>",
  });
  const { end, answer } = tokenizer.special;
  expect(ids.filter((id) => id === end)).toHaveLength(1);
  expect(ids.filter((id) => id === answer)).toHaveLength(1);
});
