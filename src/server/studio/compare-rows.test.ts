import { describe, expect, it } from "vitest";
import type { ThoughtRow } from "../../runs/store/thought-row.ts";
import { analyzeStructure } from "../../thought/structure.ts";
import { compareRuns } from "./compare-rows.ts";
import { compareReplySchema } from "./compare-schema.ts";

function row(
  run: string,
  problem: string,
  correct: boolean | null,
  more: Partial<ThoughtRow> = {},
): ThoughtRow {
  return {
    ...{
      run,
      question: `${problem}@${run}`,
      ordinal: 0,
      command: "eval",
      createdAt: 0,
      asked: `${problem}?`,
    },
    ...{
      problem,
      sample: 0,
      source: "gym",
      family: "addition",
      tags: {},
      level: null,
      text: "",
      characters: 0,
      answer: "7",
    },
    ...{ gold: "7", correct, checked: false, stopReason: "answered", strategy: "vote", model: "nano" },
    ...{ effort: null, tokens: 10, inputTokens: 5, reasoningTokens: 0, calls: 1, costUsd: 0, wallMs: 1 },
    ...{ words: 0, lines: 0, steps: 0, depth: 0, reward: null, markers: analyzeStructure("").markers },
    ...more,
  };
}

const before = [row("a", "p1", true), row("a", "p2", false), row("a", "p3", true), row("a", "p4", false)];
const after = [row("b", "p1", true), row("b", "p2", true), row("b", "p3", false), row("b", "p4", false)];

describe("runs beside each other", () => {
  it("are paired by problem: four cells, flipped problems first, each with the question of its run", () => {
    const reply = compareReplySchema.parse(
      compareRuns([
        { run: "a", rows: before },
        { run: "b", rows: [...after].reverse() },
      ]),
    );
    expect(reply.contrasts[0]?.cells).toEqual({ bothRight: 1, fixed: 1, broken: 1, bothWrong: 1 });
    expect(reply.rows.map(({ problem }) => problem)).toEqual(["p2", "p3", "p4", "p1"]);
    expect(reply.rows[0]).toMatchObject({ asked: "p2?", each: [{ question: "p2@a" }, { question: "p2@b" }] });
    expect(reply.sets.map(({ what }) => what)).toEqual(["vote on nano", "vote on nano"]);
  });

  it("may share a single problem, which has no interval", () => {
    const reply = compareRuns([
      { run: "a", rows: before.slice(0, 1) },
      { run: "b", rows: after.slice(0, 1) },
    ]);
    const read = compareReplySchema.parse(JSON.parse(JSON.stringify(reply)));
    expect(read.contrasts[0]?.outputTokens).toEqual({ difference: 0, low: null, high: null });
  });

  it("leave out what one of them lacks, and say so", () => {
    const reply = compareRuns([
      { run: "a", rows: before },
      { run: "b", rows: after.slice(1) },
    ]);
    expect(reply.samples).toBe(3);
    expect(reply.leftOut).toEqual([{ name: "b", lacks: 1, such: ["p1"] }]);
  });

  it("are refused where one has nothing graded, or where there is only one", () => {
    const open = [row("b", "p1", null)];
    expect(() =>
      compareRuns([
        { run: "a", rows: before },
        { run: "b", rows: open },
      ]),
    ).toThrow(/is graded/);
    expect(() => compareRuns([{ run: "a", rows: before }])).toThrow(/two runs/);
  });
});
