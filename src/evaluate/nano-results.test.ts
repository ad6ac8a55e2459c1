import { describe, expect, it } from "vitest";
import type { Asking, Generator } from "./gym-accuracy.ts";
import { gymGroups } from "./gym-problems.ts";
import { measureNano } from "./nano-results.ts";
import { nanoTables } from "./nano-table.ts";

/** Answers `0` in five tokens, in one when it may not think. */
const zero: Generator = async (_question, { samples, thinking }) =>
  Array.from({ length: samples }, () => ({ thought: "", answer: "0", tokens: thinking ? 5 : 1 }));

describe("measureNano", () => {
  it("measures every group in both phrasings and without thinking, and Countdown with the checker", async () => {
    const asked: (Asking & { id: string })[] = [];
    const spy: Generator = (question, asking) => {
      asked.push({ ...asking, id: question.id });
      return zero(question, asking);
    };
    const results = await measureNano(spy, { problems: 3, seed: 2, split: "validation" });
    expect(results.groups.map(({ group }) => group)).toEqual(gymGroups.map(({ name }) => name));
    for (const { trained, heldOut, direct } of results.groups) {
      expect([trained, heldOut, direct].map(({ solved }) => solved.trials)).toEqual([3, 3, 3]);
      expect([trained, heldOut, direct].map(({ tokensPerAnswer }) => tokensPerAnswer)).toEqual([5, 5, 1]);
    }
    expect(results.countdown.model.trials).toBe(3);
    expect(asked).toHaveLength(gymGroups.length * 9 + 3);
    expect(asked.every(({ id }) => id.includes("/validation/") && id.includes("/2/"))).toBe(true);
    expect(asked.filter(({ samples }) => samples === 8).every(({ temperature }) => temperature === 0.8)).toBe(
      true,
    );
  });

  it("asks at most 200 problems of a group without thinking", async () => {
    const results = await measureNano(zero, { problems: 210, groups: gymGroups.slice(0, 1) });
    expect(results.groups[0]?.direct.solved.trials).toBe(200);
    expect(results.groups[0]?.trained.solved.trials).toBe(210);
  });

  it("tells what it is doing", async () => {
    const lines = new Set<string>();
    await measureNano(zero, { problems: 1, onProgress: (what) => lines.add(what) });
    expect(lines.size).toBe(gymGroups.length * 3 + 1);
    expect(lines).toContain("letters, held-out phrasings");
    expect(lines).toContain("letters, trained phrasings, without thinking");
  });
});

describe("nanoTables", () => {
  it("has one line a group, and Countdown beside random moves", async () => {
    const tables = nanoTables(await measureNano(zero, { problems: 2 }));
    const lines = tables.split("\n");
    expect(lines[0]).toBe(
      "| family | trained phrasings (2 problems) | held-out phrasings (2 problems) | tokens an answer | without thinking (2 problems) |",
    );
    expect(lines[1]).toBe("| --- | ---: | ---: | ---: | ---: |");
    for (const { name } of gymGroups) expect(tables).toContain(`| ${name} |`);
    expect(tables).toMatch(/\| nano, best of 8 at temperature 0\.8 \| 0\.0% \(0\.0 to 65\.8\) \|/);
    expect(tables).toMatch(/\| nano less random, both best of 8 \| .* points \(.*\) \|/);
  });
});
