import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { journeyLineSchema, type ThoughtLine, thoughtLineSchema } from "../dataset.ts";
import type { GradedRun } from "../read-trees.ts";
import { gradedThought, madeUpTree } from "./made-up-trees.ts";
import { mergeTree } from "./merged-tree.ts";
import { chooseShortcuts, stepsOf } from "./shortcut.ts";
import { weave } from "./weave.ts";
import { type WeaveRequest, weaveRequestSchema } from "./weave-request.ts";

const asked = (more: Partial<WeaveRequest> = {}): WeaveRequest =>
  weaveRequestSchema.parse({
    runs: ["run"],
    arms: ["shortcut", "journey-draft", "journey-refined"],
    ...more,
  });

function runOf(seeds: readonly number[], policy = "openai/x"): GradedRun {
  const thoughts = seeds.map((seed, index) => ({
    ...gradedThought(madeUpTree(seed), {}, `maze ${seed}`),
    ...{ id: `q${index}`, question: { id: `q${index}`, text: `Which way out of maze ${seed}?` } },
  }));
  const manifest = {
    ...{ schema: 1 as const, id: "run", command: "grow", request: null, models: { policy } },
    ...{ versions: { sojourn: "0", node: "20" }, seed: 0, createdAt: "2026-11-21T12:00:00Z" },
    ...{ state: "finished" as const, sessions: [{ startedAt: "2026-11-21T12:00:00Z", firstLine: 1 }] },
  };
  return { id: "run", manifest, thoughts, ungraded: 0 };
}

const thoughtsOf = (woven: ReturnType<typeof weave>, arm: "shortcut" | "journey-draft" | "journey-refined") =>
  thoughtLineSchema.array().parse(woven.arms[arm]?.lines);

describe.each(["english", "gym"] as const)("woven in %s", (words) => {
  const games = fc.record({
    seeds: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
    seed: fc.nat(),
    shortcuts: fc.constantFrom("all" as const, "shortest" as const, "most-rewarded" as const),
    trials: fc.integer({ min: 1, max: 4 }),
  });

  test("a long thought holds each step of its shortcut once, in order, and ends in its last step and right answer", () => {
    fc.assert(
      fc.property(games, ({ seeds, ...how }) => {
        const woven = weave([runOf(seeds)], asked({ ...how, words }));
        const shortcuts = thoughtsOf(woven, "shortcut");
        for (const arm of ["journey-draft", "journey-refined"] as const) {
          const long = thoughtsOf(woven, arm);
          expect(long.map(({ id }) => id)).toEqual(shortcuts.map(({ id }) => id));
          for (const [index, { thought, lines = [], answer }] of long.entries()) {
            const steps = thought.filter((_, at) => lines[at] === "step");
            expect(steps).toEqual(shortcuts[index]?.thought);
            expect(lines.at(-1)).toBe("step");
            expect(answer).toBe("1");
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("every wrong turn is followed by a return before the thought goes on", () => {
    fc.assert(
      fc.property(games, ({ seeds, ...how }) => {
        const woven = weave([runOf(seeds)], asked({ ...how, words }));
        for (const arm of ["journey-draft", "journey-refined"] as const) {
          for (const { lines = [], wrongTurns } of thoughtsOf(woven, arm)) {
            const story = lines.filter((line) => line !== "reflection").join(" ");
            expect(story).toMatch(/^(?:(?:step|(?:wrong )+return)(?: |$))*$/);
            expect(lines.filter((line) => line === "return")).toHaveLength(wrongTurns ?? -1);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

test("shortcuts verify: each is a path of the tree to a leaf that was graded right", () => {
  for (let seed = 0; seed < 60; seed++) {
    const tree = mergeTree(madeUpTree(seed));
    const all = chooseShortcuts(tree, "all");
    for (const path of all) {
      expect(path.at(-1)).toMatchObject({ correct: true, answer: "1" });
      for (const [index, node] of path.entries()) expect(node.parent).toBe(path[index - 1] ?? tree.root);
    }
    const [shortest] = chooseShortcuts(tree, "shortest");
    expect(shortest?.length ?? 0).toBe(
      Math.min(...all.map(({ length }) => length), all.length === 0 ? 0 : 99),
    );
    expect(new Set(all.map((path) => stepsOf(path).join("|"))).size).toBe(all.length);
  }
});

test("speaks the gym's language to nano and English to others, unless told otherwise", () => {
  const seeds = [3, 4, 5, 6, 7, 8];
  const returns = (policy: string, words: WeaveRequest["words"] = "auto") =>
    thoughtsOf(weave([runOf(seeds, policy)], asked({ words })), "journey-refined").flatMap(
      ({ thought, lines = [] }: ThoughtLine) => thought.filter((_, at) => lines[at] === "return"),
    );
  expect(returns("nano").length).toBeGreaterThan(0);
  for (const line of returns("nano/runs/policy")) expect(line).toMatch(/^wait, (again|back)/);
  for (const line of returns("openai/x")) expect(line).toMatch(/^(Let me|Alternatively)/);
  expect(returns("nano", "english")).toEqual(returns("openai/x"));
});

test("the same seed weaves the same, another one other turns", () => {
  const seeds = Array.from({ length: 12 }, (_, index) => index);
  const lines = (seed: number) =>
    weave([runOf(seeds)], asked({ seed, trials: 2 })).arms["journey-refined"]?.lines;
  expect(lines(1)).toEqual(lines(1));
  expect(lines(2)).not.toEqual(lines(1));
});

test("leaves out what was not asked for, in every arm, and says why", () => {
  const seeds = Array.from({ length: 20 }, (_, index) => index);
  const woven = weave([runOf(seeds)], asked({ leastWrongTurns: 1, mostLines: 8 }));
  const { lines = [], skipped } = woven.arms["journey-draft"] ?? {};
  expect(lines.length).toBeGreaterThan(0);
  expect(woven.arms.shortcut?.lines).toHaveLength(lines.length);
  expect(woven.arms.shortcut?.skipped).toEqual(skipped);
  expect(Object.keys(skipped ?? {})).toEqual(
    expect.arrayContaining([
      "no leaf with steps is right",
      "fewer than 1 wrong turns",
      "longer than 8 lines",
    ]),
  );
  const reasons = Object.values(skipped ?? {}).reduce((sum, times) => sum + times, 0);
  expect(lines.length + reasons).toBe(seeds.length);
});

test("questions of one id in two runs keep lines of their own", () => {
  const woven = weave([runOf([3, 4]), runOf([3, 4])], asked({ runs: ["a", "b"] }));
  const ids = woven.arms.shortcut?.lines.map(({ id }) => id) ?? [];
  expect(ids.length).toBeGreaterThan(1);
  expect(new Set(ids).size).toBe(ids.length);
});

test("every line of every arm is one that the schema knows", () => {
  const arms = ["shortcut", "journey-draft", "journey-refined", "preference", "process-reward"] as const;
  const woven = weave([runOf([1, 2, 3, 4, 5])], asked({ arms: [...arms], pairs: 1 }));
  for (const arm of arms) for (const line of woven.arms[arm]?.lines ?? []) journeyLineSchema.parse(line);
  expect(woven.arms.preference?.lines.length).toBeGreaterThan(0);
});
