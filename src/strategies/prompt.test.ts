import { expect, test } from "vitest";
import { openPrompts, promptNames } from "./prompt.ts";

const promptText = openPrompts();

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

test("a prompt may be replaced by its name, and a name that does not exist is told with the nearest one", () => {
  const replaced = openPrompts({ "step-by-step": "Think about {{what}}." });
  expect(replaced("step-by-step", { what: "it" })).toBe("Think about it.");
  expect(replaced("next-step")).toBe(promptText("next-step"));
  expect(() => openPrompts({ "step-by-stap": "" })).toThrow("did you mean step-by-step?");
  expect(promptNames()).toContain("steps-so-far");
});
