import { drawTree } from "./draw-tree.ts";
import type { Scene } from "./scene.ts";
import type { Viewport } from "./viewport.ts";

/** Side of a tile in CSS pixels. */
const TILE = 256;

/** So many tiles are kept; on a screen of 1,600 by 1,000 some thirty are seen. */
const MOST_TILES = 160;

/** How long one frame may draw new tiles, in milliseconds: the rest of it is left for showing them. */
const FRAME_MS = 5;

interface Sheet {
  scene: Scene;
  view: Viewport;
  tiles: Map<string, HTMLCanvasElement>;
}

/**
 * A large picture as tiles that are drawn once and then only moved, as maps are: while it is panned, a frame costs some
 * copies and at most a few new tiles. While the scale changes, the tiles of the last one are shown stretched until those
 * of the new one are there.
 */
export class TileCache {
  #now: Sheet | undefined;
  #before: Sheet | undefined;

  /** Shows the picture; returns true where tiles are missing yet, so that another frame has to follow. */
  show(
    context: CanvasRenderingContext2D,
    scene: Scene,
    view: Viewport,
    screen: { width: number; height: number; ratio: number; zooming: boolean },
  ): boolean {
    const { width, height, ratio, zooming } = screen;
    if (this.#now?.scene !== scene || (!sameScale(this.#now.view, view) && !zooming)) {
      if (this.#now !== undefined && (this.#now.tiles.size > 0 || this.#before === undefined))
        this.#before = this.#now;
      this.#now = { scene, view, tiles: new Map() };
    }
    const sheet = this.#now;
    const startedAt = performance.now();
    const wanted = sameScale(sheet.view, view) ? tilesIn(view, width, height) : [];
    const missing = wanted.filter((key) => !sheet.tiles.has(key));
    if ((missing.length > 0 || wanted.length === 0) && this.#before !== undefined)
      stretch(context, this.#before, view);
    if (wanted.length === 0) stretch(context, sheet, view);
    let left = missing.length;
    for (const key of missing) {
      if (performance.now() - startedAt > FRAME_MS && left < missing.length) break;
      sheet.tiles.set(key, drawTile(sheet, key, ratio));
      left--;
    }
    for (const key of wanted) {
      const tile = sheet.tiles.get(key);
      if (tile !== undefined) place(context, tile, key, view, { x: 1, y: 1 });
    }
    // The tiles around come in the time that is left, so that they are there when they come into sight.
    let around = 0;
    if (left === 0 && wanted.length > 0) {
      this.#before = undefined;
      for (const key of tilesIn(view, width, height, 1)) {
        if (sheet.tiles.has(key)) continue;
        if (performance.now() - startedAt > FRAME_MS) {
          around++;
          continue;
        }
        sheet.tiles.set(key, drawTile(sheet, key, ratio));
      }
    }
    for (const key of sheet.tiles.keys()) {
      if (sheet.tiles.size <= MOST_TILES) break;
      if (!wanted.includes(key)) sheet.tiles.delete(key);
    }
    return left > 0 || around > 0;
  }
}

/** The keys of the tiles that are seen, and of so many around them. */
function tilesIn({ shiftX, shiftY }: Viewport, width: number, height: number, around = 0): string[] {
  const keys: string[] = [];
  const range = (shift: number, size: number): [number, number] => [
    Math.floor(-shift / TILE) - around,
    Math.floor((size - shift) / TILE) + around,
  ];
  const [left, right] = range(shiftX, width);
  const [top, bottom] = range(shiftY, height);
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) keys.push(`${column}:${row}`);
  return keys;
}

function cornerOf(key: string): { x: number; y: number } {
  const [column = "0", row = "0"] = key.split(":");
  return { x: Number(column) * TILE, y: Number(row) * TILE };
}

function drawTile({ scene, view }: Sheet, key: string, ratio: number): HTMLCanvasElement {
  const tile = document.createElement("canvas");
  tile.width = TILE * ratio;
  tile.height = TILE * ratio;
  const context = tile.getContext("2d");
  if (context === null) return tile;
  context.scale(ratio, ratio);
  const { x, y } = cornerOf(key);
  drawTree(
    context,
    scene,
    { ...view, shiftX: -x, shiftY: -y },
    { left: 0, top: 0, right: TILE, bottom: TILE },
  );
  return tile;
}

function place(
  context: CanvasRenderingContext2D,
  tile: HTMLCanvasElement,
  key: string,
  { shiftX, shiftY }: Viewport,
  factor: { x: number; y: number },
): void {
  const { x, y } = cornerOf(key);
  // Whole pixels: a tile between two would be blurred.
  if (factor.x === 1 && factor.y === 1)
    context.drawImage(tile, Math.round(x + shiftX), Math.round(y + shiftY), TILE, TILE);
  else
    context.drawImage(tile, x * factor.x + shiftX, y * factor.y + shiftY, TILE * factor.x, TILE * factor.y);
}

/** Shows the tiles of another scale, stretched to this one. */
function stretch(context: CanvasRenderingContext2D, sheet: Sheet, view: Viewport): void {
  const factor = { x: view.scaleX / sheet.view.scaleX, y: view.scaleY / sheet.view.scaleY };
  for (const [key, tile] of sheet.tiles) place(context, tile, key, view, factor);
}

function sameScale(one: Viewport, other: Viewport): boolean {
  return one.scaleX === other.scaleX && one.scaleY === other.scaleY;
}
