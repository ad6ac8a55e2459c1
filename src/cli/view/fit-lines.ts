import { wrapText } from "./display-width.ts";
import { singleLine } from "./format.ts";
import type { LiveState } from "./live-state.ts";
import { type TreeLine, treeLines } from "./tree-lines.ts";

/**
 * The tree of a question that is being thought about in at most `room` lines: shorter and shorter ends of its branches,
 * and where even one line a branch is too much the newest branches, below a note of how many there are above.
 */
export function fitLines({ thought, writing }: LiveState, room: number): TreeLine[] {
  let lines: TreeLine[] = [];
  for (const tail of [12, 6, 4, 3, 2, 1]) {
    lines = treeLines(thought.tree, { live: writing, tail });
    if (lines.length <= room) return lines;
  }
  const shown = lines.slice(lines.length - Math.max(0, room - 1));
  const hidden = lines.length - shown.length;
  return [{ indent: 0, bar: "│", text: `… ${hidden} more above`, tone: "note" }, ...shown];
}

/** The newest lines of the summaries so far, each broken to the width, in at most `room` lines. */
export function summaryLines(
  { thought }: LiveState,
  { room, columns }: { room: number; columns: number },
): TreeLine[] {
  const lines = thought.summaries.flatMap(({ text }) => text.split("\n"));
  const broken = lines.flatMap((line) => wrapText(singleLine(line), columns - 4));
  return broken.slice(-room).map((text) => ({ indent: 0, bar: "│", text, tone: "open" }));
}

/** Most branches beside the chosen one that the finished tree shows. */
const MOST_OTHERS = 8;

/**
 * The tree of a question that has been thought about: the chosen branch whole, and of everything beside it a line a
 * branch, as far as there are few.
 */
export function finishedLines({ thought }: LiveState): TreeLine[] {
  const { tree, node } = thought;
  const chosen = node === undefined ? undefined : tree.find(node);
  const lines = treeLines(tree, { chosen, collapsed: chosen !== undefined });
  const others = lines.filter(({ tone }) => tone === "note");
  const dropped = new Set(others.slice(MOST_OTHERS));
  const kept = lines.filter((line) => !dropped.has(line));
  if (dropped.size === 0) return kept;
  return [...kept, { indent: 0, bar: "─", text: `… ${dropped.size} more`, tone: "note" }];
}
