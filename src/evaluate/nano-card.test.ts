import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { configOf } from "../nano/config.ts";
import { parseRecipe } from "../nano/training/recipe.ts";
import { familyNames } from "../problems/gym/gym.ts";
import { type NanoCard, nanoCard } from "./nano-card.ts";

const recipe = parseRecipe({
  name: "test",
  tokenizer: "tokenizer.json",
  data: { families: { letters: 1, countdown: 2 }, tokens: 1_000_000 },
});
const config = configOf(recipe.model, 640, { end: 4, pad: 0 });
const plain: NanoCard = {
  config,
  loss: 0.12345,
  tables: "| a |\n| --- |",
  notes: ["Seed 1.", "Commit abc."],
  command: "npx tsx scripts/nano-card.ts --weights weights/nano",
};
const state = { step: 500, row: 12_000, tokens: 5_000_000, elapsedSeconds: 5400, seed: 7 };

describe("nanoCard", () => {
  it("begins with front matter that a model hub reads", () => {
    const [, front = ""] = nanoCard(plain).split("---\n");
    expect(parse(front)).toMatchObject({ license: "mit", library_name: "transformers" });
  });

  it("shows the tables, how they came about and the command behind them", () => {
    const card = nanoCard(plain);
    expect(card).toContain(`${plain.tables}\n\nSeed 1. Commit abc.`);
    expect(card).toContain("```sh\nnpx tsx scripts/nano-card.ts --weights weights/nano\n```");
    expect(card).toContain("0.1235 nats a token");
  });

  it("counts the parameters and names every family", () => {
    const card = nanoCard(plain);
    expect(card).toContain("2.01 million parameters");
    for (const family of familyNames) expect(card).toContain(`| ${family} |`);
  });

  it("tells about the training where that is known, and nothing of it elsewhere", () => {
    const told = nanoCard({ ...plain, training: { recipe, state, engine: "torch", hardware: "two cores" } });
    expect(told).toContain("Engine torch on two cores: 500 steps of 16384 tokens,");
    expect(told).toContain("5.0 million tokens in all, in 1.50 hours, seed 7.");
    expect(told).toContain("Examples by family: letters 1, countdown 2.");
    expect(nanoCard(plain)).not.toContain("Engine");
  });
});
