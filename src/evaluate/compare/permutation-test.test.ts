import fc from "fast-check";
import { expect, test } from "vitest";
import { mcnemarTest } from "../mcnemar.ts";
import { pairedPermutationTest } from "./permutation-test.ts";

test("is McNemar's test where each problem has one sample", () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(40), fc.nat(5), (fixed, broken, same) => {
      const differences = [...Array(fixed).fill(1), ...Array(broken).fill(-1), ...Array(same).fill(0)];
      expect(pairedPermutationTest(differences)).toBeCloseTo(mcnemarTest(fixed, broken), 10);
    }),
    { seed: 1, numRuns: 50 },
  );
});

test("agrees with trying all signs", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -6, max: 6 }), { maxLength: 9 }), (differences) => {
      const observed = Math.abs(differences.reduce((sum, one) => sum + one, 0));
      let extreme = 0;
      for (let signs = 0; signs < 2 ** differences.length; signs++) {
        const sum = differences.reduce((all, one, bit) => all + ((signs >> bit) & 1 ? one : -one), 0);
        if (Math.abs(sum) >= observed) extreme++;
      }
      expect(pairedPermutationTest(differences)).toBeCloseTo(extreme / 2 ** differences.length, 12);
    }),
    { seed: 2, numRuns: 60 },
  );
});

test("comes out as worked out by hand for two problems", () => {
  // Sums of +-3 and +-2: 5, 1, -1, -5; two of four reach 5 either way, all reach 1.
  expect(pairedPermutationTest([3, 2])).toBe(0.5);
  expect(pairedPermutationTest([3, -2])).toBe(1);
});

test("says nothing of no problems and refuses parts of samples", () => {
  expect(pairedPermutationTest([])).toBe(1);
  expect(pairedPermutationTest([0, 0])).toBe(1);
  expect(() => pairedPermutationTest([0.5])).toThrow(RangeError);
});
