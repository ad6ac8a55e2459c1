import { firstAtLeast } from "./layout.ts";
import { gaps, planeAt, type Scene } from "./scene.ts";
import { TreePen } from "./tree-pen.ts";
import { type Box, onScreen, type Viewport } from "./viewport.ts";

/** Edges to nodes this far out of sight, as a share of the distance, are drawn once. */
const FAN = 0.04;

/** The node nearest to a point of the screen within reach of a finger; undefined where there is none. */
export function nodeUnder(scene: Scene, view: Viewport, x: number, y: number): number | undefined {
  const { layout, looks, grows } = scene;
  const gap = gaps[grows];
  const plane = { x: (x - view.shiftX) / view.scaleX, y: (y - view.shiftY) / view.scaleY };
  const across = (grows === "down" ? plane.x : plane.y) / gap.column;
  const along = (grows === "down" ? plane.y : plane.x) / gap.depth;
  const row = layout.rows[Math.round(along)];
  if (row === undefined) return undefined;
  const next = firstAtLeast(row, (place) => layout.column[place] ?? 0, across);
  let best: { place: number; distance: number } | undefined;
  for (const at of [next - 1, next]) {
    const place = row[at];
    if (place === undefined || looks.there[place] !== 1) continue;
    const node = planeAt(scene, place);
    const on = onScreen(view, node.x, node.y);
    const distance = Math.hypot(on.x - x, on.y - y);
    if (distance < (best?.distance ?? 16)) best = { place, distance };
  }
  return best?.place;
}

/**
 * Draws what of a tree is seen in `region` of the screen. Only nodes and edges there are looked at, found by bisection; what
 * would fall on one pixel is drawn once. Labels and texts come in as the picture comes closer.
 */
export function drawTree(context: CanvasRenderingContext2D, scene: Scene, view: Viewport, region: Box): void {
  const { layout, grows } = scene;
  const gap = gaps[grows];
  const down = grows === "down";
  const axis = {
    /** Pixels of a column, and of a depth. */
    column: gap.column * (down ? view.scaleX : view.scaleY),
    depth: gap.depth * (down ? view.scaleY : view.scaleX),
    acrossShift: down ? view.shiftX : view.shiftY,
    alongShift: down ? view.shiftY : view.shiftX,
    from: down ? region.left : region.top,
    to: down ? region.right : region.bottom,
  };
  const near = down ? region.top : region.left;
  const far = down ? region.bottom : region.right;
  // Labels stand beside their nodes and may reach in from outside.
  const pad = view.scale > 0.5 ? 190 : 14;
  const firstRow = Math.max(0, Math.floor((near - pad - axis.alongShift) / axis.depth));
  const lastRow = Math.min(layout.rows.length - 1, Math.ceil((far + pad - axis.alongShift) / axis.depth) + 1);
  const across = (place: number): number => (layout.column[place] ?? 0) * axis.column + axis.acrossShift;
  const pen = new TreePen(context, scene, view);
  for (let row = Math.max(1, firstRow); row <= lastRow; row++) {
    const places = layout.rows[row];
    if (places === undefined) continue;
    const parentOf = (place: number): number => across(layout.parent[place] ?? 0);
    const start = firstAtLeast(places, (place) => Math.max(across(place), parentOf(place)), axis.from - 4);
    const child = row * axis.depth + axis.alongShift;
    let drawn = Number.NEGATIVE_INFINITY;
    for (let at = start; at < places.length; at++) {
      const place = places[at] ?? 0;
      const here = across(place);
      const above = parentOf(place);
      if (Math.min(here, above) > axis.to + 4) break;
      // Of a fan of edges that leads far out of sight only so many are drawn as can be told apart here.
      const outside = Math.max(0, axis.from - here, here - axis.to);
      if (here - drawn < 0.7 + outside * FAN) continue;
      drawn = here;
      pen.edge(place, { above, here, from: child - axis.depth, to: child });
    }
  }
  pen.strokeEdges();
  for (let row = firstRow; row <= lastRow; row++) {
    const places = layout.rows[row];
    if (places === undefined) continue;
    const along = row * axis.depth + axis.alongShift;
    let drawn = Number.NEGATIVE_INFINITY;
    for (let at = firstAtLeast(places, across, axis.from - pad); at < places.length; at++) {
      const place = places[at] ?? 0;
      const here = across(place);
      if (here > axis.to + pad) break;
      if (here - drawn < 0.7) continue;
      drawn = here;
      if (down) pen.node(place, here, along);
      else pen.node(place, along, here);
    }
  }
}
