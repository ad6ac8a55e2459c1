import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeGroups } from "./merge-groups.ts";

const MIB = 2 ** 20;
const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 60 });
const eightSmall = Array.from({ length: 8 }, () => 1);
const groupsOf = (files: readonly number[]) => mergeGroups(files, (size) => size * MIB);
const sum = (group: readonly number[]) => group.reduce((total, size) => total + size, 0);

describe("mergeGroups", () => {
  it("keeps every file once, in its order", () => {
    fc.assert(
      fc.property(sizes, (files) => {
        expect(groupsOf(files).flat()).toEqual(files);
      }),
    );
  });

  it("brings together small files alone, and none to more than 128 MiB", () => {
    fc.assert(
      fc.property(sizes, (files) => {
        for (const group of groupsOf(files).filter(({ length }) => length > 1)) {
          expect(Math.max(...group)).toBeLessThan(64);
          expect(sum(group)).toBeLessThanOrEqual(128);
        }
      }),
    );
  });

  it("leaves no two small neighbours apart that fit together, once there are eight", () => {
    fc.assert(
      fc.property(sizes, (files) => {
        const groups = groupsOf([...files, ...eightSmall]);
        for (const [index, group] of groups.slice(0, -1).entries()) {
          const next = groups[index + 1]?.[0] ?? Infinity;
          if (Math.max(...group, next) < 64) expect(sum(group) + next).toBeGreaterThan(128);
        }
      }),
    );
  });

  it("leaves everything as it is while fewer than eight are small", () => {
    expect(groupsOf([1, 2, 3, 100, 4, 5, 6, 7])).toEqual([[1], [2], [3], [100], [4], [5], [6], [7]]);
  });
});
