import { describe, expect, test } from "vitest";
import { InputError } from "../../thought/errors.ts";
import type { GradedSample, GradedSet } from "./graded-set.ts";
import { pairSets } from "./pair-sets.ts";

function sampleOf(problem: string, more: Partial<GradedSample> = {}): GradedSample {
  return {
    ...{ problem, sample: 0, correct: true, answer: "1", gold: "1" },
    ...{ outputTokens: 10, inputTokens: 5, costUsd: 0, ...more },
  };
}

const setOf = (name: string, ...problems: string[]): GradedSet => ({
  name,
  samples: problems.map((problem) => sampleOf(problem)),
});

describe("sets of graded samples", () => {
  test("are paired by problem and sample, whatever their order", () => {
    const first = { name: "a", samples: [sampleOf("p", { sample: 1 }), sampleOf("p"), sampleOf("q")] };
    const second = { name: "b", samples: [...first.samples].reverse() };
    const { pairs, leftOut } = pairSets([first, second]);
    expect(pairs.map(({ problem, sample }) => `${problem}${sample}`)).toEqual(["p1", "p0", "q0"]);
    for (const { problem, sample, each } of pairs)
      for (const one of each) expect(one).toMatchObject({ problem, sample });
    expect(leftOut).toEqual([]);
  });

  test("that do not answer the same problems are refused, with what lacks where", () => {
    const compare = () => pairSets([setOf("a", "p", "q", "r"), setOf("b", "q", "s")]);
    expect(compare).toThrow(InputError);
    expect(compare).toThrow(
      "these runs do not answer the same problems: a lacks s; b lacks p, r; compare what they have in common with --on-common",
    );
  });

  test("name five problems that lack and count the others", () => {
    const many = Array.from({ length: 12 }, (_, index) => `p${index}`);
    expect(() => pairSets([setOf("a", ...many), setOf("b", "p0")])).toThrow(
      "b lacks p1, p2, p3, p4, p5 and 6 more;",
    );
  });

  test("with more samples of a problem on one side are refused too", () => {
    const more = { name: "b", samples: [sampleOf("p"), sampleOf("p", { sample: 1 })] };
    expect(() => pairSets([setOf("a", "p"), more])).toThrow("a lacks p#1;");
  });

  test("are compared on what all have where that is asked for, and the rest is named", () => {
    const sets = [setOf("a", "p", "q"), setOf("b", "q", "s"), setOf("c", "q")];
    const { pairs, leftOut } = pairSets(sets, { onCommon: true });
    expect(pairs.map(({ problem }) => problem)).toEqual(["q"]);
    expect(leftOut).toEqual([
      { name: "a", lacks: ["s"] },
      { name: "b", lacks: ["p"] },
      { name: "c", lacks: ["p", "s"] },
    ]);
    expect(() => pairSets([setOf("a", "p"), setOf("b", "q")], { onCommon: true })).toThrow(
      "a and b have no problem in common",
    );
  });

  test("are not taken for the same problems by their ids alone", () => {
    const other = { name: "b", samples: [sampleOf("p", { gold: "2" })] };
    for (const onCommon of [false, true])
      expect(() => pairSets([setOf("a", "p"), other], { onCommon })).toThrow(
        'p is not the same problem in a and b: its reference answers are "1" and "2"',
      );
  });

  test("need two names and no answer twice", () => {
    expect(() => pairSets([setOf("a", "p")])).toThrow("needs two runs");
    expect(() => pairSets([setOf("a", "p"), setOf("a", "p")])).toThrow("a is named twice");
    expect(() => pairSets([setOf("a", "p", "p"), setOf("b", "p")])).toThrow("a has two answers for p");
  });
});
