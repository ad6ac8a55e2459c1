import { expect, it } from "vitest";
import { format, rational } from "./rational.ts";
import { raise } from "./surd.ts";

function shown(top: bigint, bottom: bigint, exponent: [bigint, bigint]): string {
  const { factor, roots } = raise(rational(top, bottom), rational(...exponent));
  return [format(factor), ...[...roots].map(([prime, part]) => `${prime}^${format(part)}`)].join(" ");
}

it("draws squares and cubes out of a root", () => {
  expect(shown(12n, 1n, [1n, 2n])).toBe("2 3^1/2");
  expect(shown(16n, 1n, [1n, 2n])).toBe("4");
  expect(shown(54n, 1n, [1n, 3n])).toBe("3 2^1/3");
  expect(shown(1n, 2n, [1n, 2n])).toBe("1/2 2^1/2");
});

it("knows the square of a large prime, and leaves other large parts under the root", () => {
  expect(shown(1_000_003n ** 2n, 1n, [1n, 2n])).toBe("1000003");
  expect(shown(1_000_003n, 1n, [1n, 2n])).toBe("1 1000003^1/2");
});
