import { expect, it } from "vitest";
import { journeyRecipeSchema } from "./journey-recipe.ts";
import { transparencyIndex } from "./transparency.ts";

const recipe = journeyRecipeSchema.parse({
  ...{ name: "made", tokenizer: "tokenizer.json" },
  model: { hidden: 32, layers: 1, heads: 2, intermediate: 32 },
});

it("has 25 items over 100 points, in the paper's shares", () => {
  const items = transparencyIndex(recipe, "command");
  const sums: Record<string, number> = {};
  for (const { part, points } of items) sums[part] = (sums[part] ?? 0) + points;
  expect(items).toHaveLength(25);
  expect(sums).toEqual({ data: 14, methodology: 33, evaluation: 24, "open source": 29 });
});

it("gives no point for what a run did not do", () => {
  const earned = (changes: Partial<typeof recipe>) =>
    transparencyIndex({ ...recipe, ...changes }, "command").reduce(
      (sum, { points, where }) => sum + (where === undefined ? 0 : points),
      0,
    );
  expect(earned({})).toBeLessThan(100);
  expect(earned({ arms: ["shortcut-examples", "journey-refined"] })).toBe(earned({}) - 8);
  expect(earned({ seeds: [1] })).toBe(earned({}) - 5);
});
