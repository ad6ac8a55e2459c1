import { expect, test } from "vitest";
import { promptText } from "./prompt.ts";

test("a prompt is its file's text, with values in place of its placeholders", () => {
  const text = promptText("steps-so-far", { question: "What is 2 + 3?", steps: "first\nsecond" });
  expect(text).toMatch(/^What is 2 \+ 3\?\n\nSteps so far:\nfirst\nsecond\n/);
  expect(text).not.toMatch(/[{}]|\s$/);
});

test("a value is put in as it is, also where it looks like a placeholder or a replacement pattern", () => {
  const text = promptText("steps-so-far", { question: "What is {{steps}} for $& and $1?", steps: "s" });
  expect(text).toMatch(/^What is \{\{steps\}\} for \$& and \$1\?/);
});

test("a placeholder without a value is refused, so that a typo never reaches a model", () => {
  expect(() => promptText("steps-so-far", { question: "?" })).toThrow(
    "prompt steps-so-far needs a value for {{steps}}",
  );
});

test("the prompts that are sent without values have no placeholders", () => {
  expect(promptText("step-by-step")).not.toMatch(/\{\{/);
  expect(promptText("next-step")).not.toMatch(/\{\{/);
});
