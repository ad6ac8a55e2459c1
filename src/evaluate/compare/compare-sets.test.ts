import { describe, expect, test } from "vitest";
import { mcnemarTest } from "../mcnemar.ts";
import { compareSets } from "./compare-sets.ts";
import type { GradedSet } from "./graded-set.ts";

/** A set whose answers are right as the letters say: `r` right, `w` wrong; problems are numbered. */
function setOf(
  name: string,
  outcomes: string,
  more: { tokens?: number; costUsd?: number | null } = {},
): GradedSet {
  return {
    name,
    samples: [...outcomes].map((letter, index) => ({
      ...{ problem: `p${index}`, sample: 0, correct: letter === "r", answer: letter, gold: "r" },
      outputTokens: more.tokens ?? 100,
      inputTokens: 50,
      costUsd: more.costUsd === undefined ? 0.5 : more.costUsd,
    })),
  };
}

describe("two sets on the same problems", () => {
  const base = setOf("base", "rrrrrwwwww");
  const other = setOf("other", "rrrwwrrrrw");

  test("fall into four cells", () => {
    const { contrasts, sets, problems, samples } = compareSets([base, other]);
    expect(contrasts[0]?.cells).toEqual({ bothRight: 3, fixed: 4, broken: 2, bothWrong: 1 });
    expect(sets.map(({ name, accuracy }) => [name, accuracy.right, accuracy.trials])).toEqual([
      ["base", 5, 10],
      ["other", 7, 10],
    ]);
    expect([problems, samples]).toEqual([10, 10]);
  });

  test("differ by the second less the first, with McNemar's test of the flips", () => {
    const [one] = compareSets([base, other]).contrasts;
    expect(one?.accuracy.difference).toBeCloseTo(0.2, 12);
    expect(one?.pValue).toBe(mcnemarTest(4, 2));
    const [turned] = compareSets([other, base]).contrasts;
    expect(turned?.accuracy.difference).toBeCloseTo(-0.2, 12);
    expect(turned?.accuracy.low).toBeCloseTo(-(one?.accuracy.high ?? 0), 10);
  });

  test("list what flipped first, then what both got wrong", () => {
    const { rows } = compareSets([base, other]);
    expect(rows.map(({ problem }) => problem).join(" ")).toBe("p3 p4 p5 p6 p7 p8 p9 p0 p1 p2");
    expect(rows[0]?.each.map(({ answer }) => answer)).toEqual(["r", "w"]);
  });

  test("are the same every time for the same seed", () => {
    const [one, again] = [1, 1].map((seed) => compareSets([base, other], { seed }));
    expect(one).toEqual(again);
  });

  test("are at equal tokens or not, which is said", () => {
    const remark = (tokens: number): string | undefined =>
      compareSets([base, setOf("other", "rrrwwrrrrw", { tokens })]).contrasts[0]?.remark;
    expect(remark(105)).toContain("at equal tokens: 1.05 times");
    expect(remark(320)).toContain("not at equal tokens: 3.20 times");
    expect(remark(320)).toContain("a vote of 3 thoughts");
    expect(remark(25)).toContain("a vote of 4 thoughts");
    expect(remark(0)).toContain("only one of them says");
  });

  test("have a cost only where all prices are known", () => {
    const known = compareSets([base, setOf("other", "rrrwwrrrrw", { costUsd: 0.75 })]);
    expect(known.contrasts[0]?.costUsd?.difference).toBeCloseTo(0.25, 12);
    const unknown = compareSets([base, setOf("other", "rrrwwrrrrw", { costUsd: null })]);
    expect(unknown.contrasts[0]?.costUsd).toBeUndefined();
    expect(unknown.sets.map(({ costUsd }) => costUsd)).toEqual([0.5, null]);
  });
});

test("several samples of a problem are not taken for several problems", () => {
  const repeat = (set: GradedSet, times: number): GradedSet => ({
    ...set,
    samples: set.samples.flatMap((one) => Array.from({ length: times }, (_, sample) => ({ ...one, sample }))),
  });
  const [base, other] = [setOf("base", "wwwwwwrrrrrr"), setOf("other", "rrrrrwwrrrrr")];
  const once = compareSets([base, other]).contrasts[0];
  const eight = compareSets([repeat(base, 8), repeat(other, 8)]);
  expect(eight.samples).toBe(96);
  expect(eight.problems).toBe(12);
  expect(eight.contrasts[0]?.accuracy.difference).toBeCloseTo(once?.accuracy.difference ?? 0, 12);
  // Eight copies of each answer know no more than one: the p-value stays, where one of pairs alone would be tiny.
  expect(eight.contrasts[0]?.pValue).toBeCloseTo(once?.pValue ?? 0, 10);
});

test("three sets are each compared with the first, with p-values made larger for asking twice", () => {
  const [a, b, c] = [setOf("a", "wwwwwwwwww"), setOf("b", "rrrrrrrrww"), setOf("c", "rrrrrrwwww")];
  const { contrasts } = compareSets([a, b, c]);
  expect(contrasts.map(({ name }) => name)).toEqual(["b", "c"]);
  expect(contrasts[0]?.pValue).toBeCloseTo(2 * mcnemarTest(8, 0), 12);
  expect(contrasts[1]?.pValue).toBeCloseTo(mcnemarTest(6, 0), 12);
});

test("a few problems with several samples that agree throughout keep an interval", () => {
  const twice = (name: string): GradedSet => {
    const { samples } = setOf(name, "rrwr");
    return { name, samples: [...samples, ...samples.map((one) => ({ ...one, sample: 1 }))] };
  };
  const [one] = compareSets([twice("a"), twice("b")]).contrasts;
  const [single] = compareSets([setOf("a", "rrwr"), setOf("b", "rrwr")]).contrasts;
  expect(one?.accuracy).toEqual(single?.accuracy);
  expect(one?.accuracy.low).toBeLessThan(-0.2);
});
