import { describe, expect, test } from "vitest";
import { efforts } from "../effort.ts";
import { findStrategy } from "../registry.ts";
import { planStages, type Situation } from "./stages.ts";

const bare: Omit<Situation, "effort"> = { hardness: "medium", hasChecker: false, hasLogprobs: false };
const planned = (effort: Situation["effort"], more: Partial<Situation> = {}) =>
  planStages({ effort, ...bare, ...more });
const brief = (...asked: Parameters<typeof planned>) =>
  planned(...asked).map(({ strategy, settings }) => [strategy, settings.samples]);

const hardnesses = ["easy", "medium", "hard"] as const;

test("no thinking at effort none and one thought at minimal, however hard the question", () => {
  for (const hardness of hardnesses) {
    for (const more of [{}, { hasChecker: true, hasLogprobs: true }]) {
      expect(brief("none", { hardness, ...more })).toEqual([["direct", undefined]]);
      expect(brief("minimal", { hardness, ...more })).toEqual([["step-by-step", undefined]]);
    }
  }
});

test("the effort's thoughts vote first; while they disagree as many more, then twice as many", () => {
  expect(brief("medium")).toEqual([
    ["vote", 5],
    ["vote", 5],
    ["vote", 10],
  ]);
  expect(brief("max")).toEqual([
    ["vote", 64],
    ["vote", 64],
    ["vote", 128],
  ]);
});

test("an easy question begins with the thoughts of the effort below", () => {
  expect(brief("low", { hardness: "easy" })[0]).toEqual(["step-by-step", undefined]);
  expect(brief("medium", { hardness: "easy" })[0]).toEqual(["vote", 3]);
  expect(brief("high", { hardness: "easy" })[0]).toEqual(["vote", 5]);
});

describe("a hard question", () => {
  test("is searched step by step from xhigh on, where log-probabilities can score steps, and voted on if that leaves doubt", () => {
    for (const effort of ["xhigh", "max"] as const) {
      const strategies = planned(effort, { hardness: "hard", hasLogprobs: true }).map(
        (stage) => stage.strategy,
      );
      expect(strategies).toEqual(["beam", "vote", "vote"]);
      expect(planned(effort, { hardness: "hard" })[0]?.strategy).toBe("vote");
    }
    expect(planned("high", { hardness: "hard", hasLogprobs: true })[0]?.strategy).toBe("vote");
  });
});

test("a checker judges thoughts wherever several are thought, and at last those of a beam", () => {
  for (const effort of ["low", "medium", "high", "xhigh", "max"] as const) {
    const strategies = (more: Partial<Situation>) =>
      planned(effort, { hasChecker: true, ...more }).map((stage) => stage.strategy);
    expect(strategies({})).toEqual(["best-of-n", "best-of-n", "best-of-n"]);
    expect(strategies({ hasLogprobs: true })).toEqual(["best-of-n", "best-of-n", "beam"]);
  }
});

test("a number of thoughts that the caller named is kept: nothing is added to it", () => {
  for (const hardness of hardnesses) {
    const [stage, ...more] = planned("xhigh", { hardness, samples: 7, hasLogprobs: true });
    expect(stage).toMatchObject({ strategy: "vote", what: "7 thoughts vote" });
    expect(more).toEqual([]);
  }
  expect(planned("low", { hardness: "easy", samples: 7 })[0]?.strategy).toBe("vote");
});

test("every stage is a strategy of the registry that needs no instructions, and a harder question never begins with less", () => {
  for (const effort of efforts) {
    for (const hasChecker of [true, false]) {
      for (const hasLogprobs of [true, false]) {
        const firsts = hardnesses.map((hardness) => {
          const stages = planned(effort, { hardness, hasChecker, hasLogprobs });
          for (const { strategy, what } of stages) {
            expect(findStrategy(strategy).needsInstructions ?? false).toBe(false);
            expect(what).not.toBe("");
          }
          return stages[0]?.strategy === "beam" ? 1e6 : (stages[0]?.settings.samples ?? 1);
        });
        expect(firsts).toEqual([...firsts].sort((left, right) => left - right));
      }
    }
  }
});
