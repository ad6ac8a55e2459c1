import { findHits } from "./keywords.ts";
import { type ThoughtRow, textOf } from "./thought-rows.ts";

/** Where the wanted words stand in a thought. */
export interface ThoughtHits {
  total: number;
  /** The rows that have any, in order. */
  rows: readonly number[];
}

/** Looks through all rows. */
export function hitsIn(rows: readonly ThoughtRow[], pattern: RegExp | undefined): ThoughtHits {
  const found: number[] = [];
  let total = 0;
  if (pattern !== undefined) {
    for (const [index, row] of rows.entries()) {
      const hits = findHits(textOf(row), pattern).length;
      total += hits;
      if (hits > 0) found.push(index);
    }
  }
  return { total, rows: found };
}

/** The row behind (`step` 1) or before (-1) a row among those with hits; around the end, and undefined without any. */
export function nextHit(rows: readonly number[], from: number, step: 1 | -1): number | undefined {
  if (step === 1) return rows.find((row) => row > from) ?? rows[0];
  return rows.findLast((row) => row < from) ?? rows.at(-1);
}
