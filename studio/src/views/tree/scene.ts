import type { TreeLayout } from "./layout.ts";
import type { TreeLooks } from "./looks.ts";
import type { Palette } from "./palette.ts";
import type { Box } from "./viewport.ts";

/** Which way a tree grows on the screen. */
export type Grows = "down" | "right";

/** Everything that a picture of a tree is made of. */
export interface Scene {
  layout: TreeLayout;
  looks: TreeLooks;
  grows: Grows;
  palette: Palette;
}

/** Plane units between two columns, and between two depths. */
export const gaps: Readonly<Record<Grows, { column: number; depth: number }>> = {
  down: { column: 58, depth: 70 },
  right: { column: 34, depth: 172 },
};

/** A picture reaches so far beyond its nodes, in plane units: their labels, and room to the side of a chain. */
const BEYOND = { along: 36, across: 30 };

/** Where a node stands on the plane. */
export function planeAt(
  { layout, grows }: Pick<Scene, "layout" | "grows">,
  place: number,
): { x: number; y: number } {
  const gap = gaps[grows];
  const across = (layout.column[place] ?? 0) * gap.column;
  const along = (layout.depth[place] ?? 0) * gap.depth;
  return grows === "down" ? { x: across, y: along } : { x: along, y: across };
}

/** The box of the plane that a tree takes. */
export function boxOf({ layout, grows }: Pick<Scene, "layout" | "grows">): Box {
  const gap = gaps[grows];
  const across = (layout.columns - 1) * gap.column + BEYOND.across;
  const along =
    (layout.rows.length - 1) * gap.depth + BEYOND.along + (grows === "right" ? gap.depth * 0.6 : 0);
  const [right, bottom] = grows === "down" ? [across, along] : [along, across];
  return { left: -BEYOND.across, top: -BEYOND.across, right, bottom };
}
