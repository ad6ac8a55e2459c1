import type { CommandOutput } from "../command-output.ts";
import { wrapText } from "./display-width.ts";
import type { Tone, TreeLine } from "./tree-lines.ts";

/** How printed lines look. */
export interface DrawOptions {
  colors: CommandOutput["colors"];
  /** Columns of the terminal; lines are broken there. Undefined leaves them whole. */
  columns?: number | undefined;
}

/** A drawn tree as text for a terminal's history: bars, texts and scores, long lines broken behind their bar. */
export function drawLines(lines: readonly TreeLine[], { colors, columns }: DrawOptions): string[] {
  const paint: Record<Tone, (text: string) => string> = {
    chosen: colors.green,
    answered: colors.cyan,
    open: String,
    live: colors.dim,
    pruned: colors.dim,
    note: colors.dim,
  };
  return lines.flatMap(({ indent, bar, text, tone, score }) => {
    const before = ` ${"│ ".repeat(indent)}`;
    const behind = score === undefined ? "" : `  ${score.toFixed(2)}`;
    const room =
      columns === undefined ? Number.POSITIVE_INFINITY : columns - before.length - 2 - behind.length;
    const pieces = wrapText(text, room);
    return pieces.map((piece, index) => {
      const last = index === pieces.length - 1;
      const barHere = pieces.length === 1 ? bar : brokenBar(bar, index === 0, last);
      return `${colors.dim(before + barHere)} ${paint[tone](piece)}${last ? colors.dim(behind) : ""}`;
    });
  });
}

/** The bar beside one piece of a broken line. */
function brokenBar(bar: TreeLine["bar"], first: boolean, last: boolean): TreeLine["bar"] {
  const begins = bar === "┌" || bar === "─";
  const ends = bar === "└" || bar === "─";
  if (first && begins) return "┌";
  return last && ends ? "└" : "│";
}
