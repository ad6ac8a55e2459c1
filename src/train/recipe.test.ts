import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { scratch } from "../../test/support/tiny-training.ts";
import { InputError } from "../thought/errors.ts";
import { namesMethod, parseMethodRecipe, readMethodRecipe } from "./recipe.ts";

const dpo = { name: "t", method: "dpo", from: "org/model", data: "pairs.jsonl" };

test("fills in a method's own defaults, and lets a recipe change single ones", () => {
  const recipe = parseMethodRecipe({ ...dpo, optimiser: { clip: 2 } }, "/somewhere");
  expect(recipe).toMatchObject({ method: "dpo", beta: 0.1, epochs: 1, data: "/somewhere/pairs.jsonl" });
  expect(recipe.optimiser).toMatchObject({ learningRate: 1e-4, weightDecay: 0, clip: 2 });
});

test("takes data at the top for a single stage", () => {
  const short = parseMethodRecipe({ name: "t", method: "sft", from: "m", data: "a.jsonl", epochs: 3 }, "/x");
  expect(short.method === "sft" && short.stages).toMatchObject([{ data: "/x/a.jsonl", epochs: 3 }]);
});

test("takes from as a folder beside the recipe where there is one, else as a model's name", async () => {
  const folder = await scratch();
  await mkdir(join(folder, "base"));
  expect(parseMethodRecipe({ ...dpo, from: "base" }, folder).from).toBe(join(folder, "base"));
  expect(parseMethodRecipe(dpo, folder).from).toBe("org/model");
});

test("reads the recipes that come with the repository", async () => {
  const file = fileURLToPath(new URL("../../recipes/countdown-grpo.yaml", import.meta.url));
  const recipe = await readMethodRecipe(file);
  expect(recipe.from).toBe(join(dirname(file), "../weights/nano"));
  expect(namesMethod({ name: "nano", data: {} })).toBe(false);
});

test.each([
  [{ ...dpo, method: "dpoo" }, /names no method that there is: write one of sft, dpo, process-reward, grpo/],
  [{ ...dpo, beta: -1 }, /wrong at beta/],
  [{ ...dpo, betta: 1 }, /betta/],
  [{ ...dpo, from: undefined }, /says nothing to begin with/],
  [{ ...dpo, optimiser: { learningRate: "fast" } }, /wrong at optimiser.learningRate/],
  [{ name: "t", method: "sft", from: "m", stages: [] }, /wrong at stages/],
  [{ name: "t", method: "sft", from: "m", data: "a", epochs: 1, tokens: 5 }, /epochs or tokens, not both/],
  [
    { name: "t", method: "grpo", from: "m", problems: { family: "letters", split: "test" } },
    /wrong at problems/,
  ],
  [
    { name: "t", method: "grpo", from: "m", problems: { family: "letters" }, groupSize: 1 },
    /wrong at groupSize/,
  ],
  [7, /wrong at its top/],
])("refuses %j in one line", (value, message) => {
  let told = "";
  try {
    parseMethodRecipe(value, "/x");
  } catch (error) {
    if (error instanceof InputError) told = error.message;
  }
  expect(told).toMatch(message);
  expect(told).not.toContain("\n");
});

test("says what is not YAML", async () => {
  const path = join(await scratch(), "bad.yaml");
  await writeFile(path, "method: [sft");
  await expect(readMethodRecipe(path)).rejects.toThrow(/is not YAML/);
});
