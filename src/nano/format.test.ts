import { describe, expect, it } from "vitest";
import { completionText, promptText } from "./format.ts";

describe("the form of an example", () => {
  it("puts the thought between its markers, a line a step", () => {
    const text = promptText("1 + 1?", true) + completionText(["1 + 1", "so 2"], "2");
    expect(text).toBe("<|user|>1 + 1?<|think|>1 + 1\nso 2<|answer|>2<|end|>");
  });

  it("goes straight to the answer without a thought", () => {
    expect(promptText("1 + 1?", false) + completionText([], "2")).toBe("<|user|>1 + 1?<|answer|>2<|end|>");
  });
});
