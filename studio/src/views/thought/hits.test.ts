import { Tree } from "sojourn/thought";
import { describe, expect, it } from "vitest";
import { hitsIn, nextHit } from "./hits.ts";
import { keywordPattern } from "./keywords.ts";
import type { ThoughtRow } from "./thought-rows.ts";

function rowsOf(...texts: string[]): ThoughtRow[] {
  const tree = new Tree();
  return texts.map((text, place) => ({
    kind: "step",
    node: tree.add(`0.${place}`, tree.root, text),
    number: place + 1,
    chosen: true,
    reflects: false,
  }));
}

describe("hits in a thought", () => {
  it("are counted over all rows, and the rows that have any are named", () => {
    const rows = rowsOf("wait, wait", "12 + 7", "so wait");
    expect(hitsIn(rows, keywordPattern({ markers: ["wait"], text: "" }))).toEqual({ total: 3, rows: [0, 2] });
    expect(hitsIn(rows, undefined)).toEqual({ total: 0, rows: [] });
  });

  it("are gone through in both directions, around the ends", () => {
    expect(nextHit([2, 5, 9], 5, 1)).toBe(9);
    expect(nextHit([2, 5, 9], 9, 1)).toBe(2);
    expect(nextHit([2, 5, 9], 2, -1)).toBe(9);
    expect(nextHit([2, 5, 9], 7, -1)).toBe(5);
    expect(nextHit([], 0, 1)).toBeUndefined();
  });
});
