import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { familyNames } from "../../problems/gym/gym.ts";
import { parseRecipe, readRecipe } from "./recipe.ts";

const least = { name: "least", tokenizer: "t.json", data: { families: { addition: 1 }, tokens: 1000 } };

describe("recipes", () => {
  it("fill in what is left out", () => {
    const recipe = parseRecipe(least);
    expect(recipe.model.layers).toBe(6);
    expect(recipe.data.styles).toMatchObject({
      trace: 0.6,
      shortcut: 0.34,
      direct: 0.06,
      judge: 0,
      router: 0,
    });
    expect(recipe.training.logicalShards).toBe(2);
  });

  it.each([
    [{ ...least, modle: {} }, /Unrecognized key: "modle"/],
    [{ ...least, model: { hidden: 100, heads: 3 } }, /wrong at model: hidden must be a multiple/],
    [{ ...least, data: { families: {}, tokens: "many" } }, /wrong at data\.tokens/],
    [{ ...least, model: { context: 500 } }, /batchTokens must be a multiple/],
    ["nonsense", /wrong at its top/],
  ])("say in one line what is wrong: %j", (recipe, message) => {
    expect(() => parseRecipe(recipe)).toThrow(message);
  });

  it("of the shipped model train every family of the gym", async () => {
    const recipe = await readRecipe(fileURLToPath(new URL("../../../recipes/nano.yaml", import.meta.url)));
    expect(Object.keys(recipe.data.families).sort()).toEqual([...familyNames].sort());
    expect(recipe.tokenizer).toMatch(/recipes.tokenizer\.json$/);
  });

  it("that cannot be read are named", async () => {
    await expect(readRecipe("no/such.yaml")).rejects.toThrow("cannot read the recipe no/such.yaml");
  });
});
