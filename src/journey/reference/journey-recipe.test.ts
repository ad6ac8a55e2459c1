import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readJourneyRecipe } from "./journey-recipe.ts";

function recipeFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "sojourn-recipe-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "recipe.yaml");
  writeFileSync(path, text);
  return path;
}

const plain = `
name: tiny
tokenizer: tokenizer.json
model: { hidden: 32, layers: 2, heads: 2, intermediate: 64 }
problems: { grow: 50, test: { new set: 20 } }
quick:
  seeds: [1]
  problems: { test: { new set: 10 } }
`;

describe("a journey's recipe", () => {
  it("has defaults for what it leaves out", async () => {
    const recipe = await readJourneyRecipe(recipeFile(plain));
    expect(recipe).toMatchObject({ seeds: [1, 2, 3], problems: { grow: 50, policy: 10_000 }, smoke: false });
    expect(recipe.second.optimiser).toMatchObject({ learningRate: 1e-3, clip: 1 });
  });

  it("lays its quick part over the rest for a smoke run", async () => {
    const recipe = await readJourneyRecipe(recipeFile(plain), { quick: true });
    expect(recipe).toMatchObject({
      seeds: [1],
      problems: { grow: 50, test: { "new set": 10, "both new": 150 } },
      smoke: true,
    });
  });

  it.each([
    ["arms: [journey]", "is wrong at arms.0"],
    ["arms: [journey-dpo]", "journey-dpo goes on from journey-refined"],
    ["arms: [journey-refined, shortcut-rl]", "shortcut-rl goes on from shortcut-examples"],
    ["grow: { width: 0 }", "is wrong at grow.width"],
    ["reward: judge", "Unrecognized key"],
    ["}", "cannot read the recipe"],
  ])("says where it is wrong: %s", async (line, message) => {
    await expect(readJourneyRecipe(recipeFile(`${plain}${line}\n`))).rejects.toThrow(message);
  });

  it("has to have a quick part for a smoke run", async () => {
    const path = recipeFile(plain.slice(0, plain.indexOf("quick")));
    await expect(readJourneyRecipe(path, { quick: true })).rejects.toThrow("has no quick part");
  });
});
