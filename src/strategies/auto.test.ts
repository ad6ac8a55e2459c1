import { expect, test } from "vitest";
import { chooseStrategy } from "./auto.ts";
import { efforts } from "./effort.ts";
import { findStrategy } from "./registry.ts";

const bare = { hasChecker: false, hasLogprobs: false };

test("one thought is enough up to effort minimal, and none is asked for at effort none", () => {
  for (const more of [bare, { hasChecker: true, hasLogprobs: true }]) {
    expect(chooseStrategy({ effort: "none", ...more }).strategy).toBe("direct");
    expect(chooseStrategy({ effort: "minimal", ...more }).strategy).toBe("step-by-step");
  }
});

test("several thoughts vote from effort low on", () => {
  for (const effort of ["low", "medium", "high", "xhigh", "max"] as const) {
    expect(chooseStrategy({ effort, ...bare }).strategy).toBe("vote");
  }
});

test("a checker judges thoughts wherever several are thought", () => {
  for (const effort of ["low", "medium", "high", "xhigh", "max"] as const) {
    const choice = chooseStrategy({ effort, hasChecker: true, hasLogprobs: true });
    expect(choice).toEqual({
      strategy: "best-of-n",
      reason: `effort ${effort}: thoughts judged by the checker`,
    });
  }
});

test("effort xhigh searches step by step where log-probabilities can score unfinished thoughts", () => {
  expect(chooseStrategy({ effort: "xhigh", hasChecker: false, hasLogprobs: true }).strategy).toBe("beam");
});

test("every choice is a strategy of the registry and says why in a few words", () => {
  for (const effort of efforts) {
    for (const hasChecker of [true, false]) {
      for (const hasLogprobs of [true, false]) {
        const { strategy, reason } = chooseStrategy({ effort, hasChecker, hasLogprobs });
        expect(findStrategy(strategy).name).toBe(strategy);
        expect(reason).toContain(`effort ${effort}: `);
      }
    }
  }
});
