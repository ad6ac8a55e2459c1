import { describe, expect, it } from "vitest";
import { reflects } from "./reflection.ts";

describe("the mark of reflection", () => {
  it.each([
    "wait, back to 3 7 12",
    "Hmm. That gives 40.",
    "But wait: the tenths come first.",
    "**Wait**, no.",
    "Let me double-check the sum.",
    "Let's verify.",
    "Alternatively, use modulo 7.",
    "I made a mistake above.",
  ])("stands at: %s", (step) => {
    expect(reflects(step)).toBe(true);
  });

  it.each([
    "12 + 7 = 19",
    "The waiter brings 3 plates.",
    "We wait 5 minutes for the train.",
    "Actual cost: 7",
    "hmac of the key",
    "",
  ])("does not stand at: %s", (step) => {
    expect(reflects(step)).toBe(false);
  });
});
