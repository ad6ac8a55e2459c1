/**
 * Which part of the plane is seen: a point of the plane stands on the screen at `point * scale + shift`, in pixels, with a
 * scale for each axis. `scale` is the one that the reader changes; along the way the tree grows it has a floor, below
 * which depths do not come closer together: a tree of 40 depths and 10,000 leaves fills the screen.
 */
export interface Viewport {
  scale: number;
  scaleX: number;
  scaleY: number;
  shiftX: number;
  shiftY: number;
}

/** The least scale of each axis. */
export interface Floor {
  x: number;
  y: number;
}

/** A rectangle, in whatever units. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Closest and furthest. */
const SCALES = { least: 0.0005, most: 4 };

/** A fitted picture is never larger than this: a tree of three nodes is no poster. */
const FIT_MOST = 1.15;

/** Pixels at the lower end that the legend lies over. */
const LEGEND = 36;

/** A view of which only the scale and the place of the plane's origin matter. */
export function viewport(
  scale: number,
  shiftX: number,
  shiftY: number,
  floor: Floor = { x: 0, y: 0 },
): Viewport {
  return { scale, scaleX: Math.max(scale, floor.x), scaleY: Math.max(scale, floor.y), shiftX, shiftY };
}

/** Moves what is seen by pixels. */
export function panned(view: Viewport, byX: number, byY: number): Viewport {
  return { ...view, shiftX: view.shiftX + byX, shiftY: view.shiftY + byY };
}

/** Comes closer by a factor, or goes away below 1; the point under (x, y) of the screen stays where it is. */
export function zoomed(view: Viewport, factor: number, x: number, y: number, floor: Floor): Viewport {
  const scale = Math.min(SCALES.most, Math.max(SCALES.least, view.scale * factor));
  const next = viewport(scale, 0, 0, floor);
  return {
    ...next,
    shiftX: x - (x - view.shiftX) * (next.scaleX / view.scaleX),
    shiftY: y - (y - view.shiftY) * (next.scaleY / view.scaleY),
  };
}

/** The floors at which a box fills a screen of this size along the way the tree grows. */
export function floorOf(box: Box, width: number, height: number, grows: "down" | "right"): Floor {
  const room = roomOf(width, height);
  if (grows === "right") return { x: Math.min(FIT_MOST, room.x / Math.max(1, box.right - box.left)), y: 0 };
  return { x: 0, y: Math.min(FIT_MOST, room.y / Math.max(1, box.bottom - box.top)) };
}

/** All of a box in the middle of a screen of this size, in pixels, with a margin around it. */
export function fitted(box: Box, width: number, height: number, floor: Floor): Viewport {
  const room = roomOf(width, height);
  const [wide, high] = [Math.max(1, box.right - box.left), Math.max(1, box.bottom - box.top)];
  const scale = Math.max(SCALES.least, Math.min(FIT_MOST, room.x / wide, room.y / high));
  const view = viewport(scale, 0, 0, floor);
  return panned(
    view,
    width / 2 - ((box.left + box.right) / 2) * view.scaleX,
    (height - LEGEND) / 2 - ((box.top + box.bottom) / 2) * view.scaleY,
  );
}

function roomOf(width: number, height: number): { x: number; y: number } {
  const margin = 36;
  return { x: Math.max(40, width - 2 * margin), y: Math.max(40, height - 2 * margin - LEGEND) };
}

/** What is seen moved just as far as it takes to have a point of the plane on the screen, with room around it. */
export function showing(view: Viewport, x: number, y: number, width: number, height: number): Viewport {
  const margin = Math.min(56, width / 4, height / 4);
  const at = onScreen(view, x, y);
  const into = (value: number, most: number): number =>
    Math.min(most - margin, Math.max(margin, value)) - value;
  return panned(view, into(at.x, width), into(at.y, height));
}

/** Where a point of the plane stands on the screen. */
export function onScreen(view: Viewport, x: number, y: number): { x: number; y: number } {
  return { x: x * view.scaleX + view.shiftX, y: y * view.scaleY + view.shiftY };
}

/** A view between two, `share` of the way: scales by ratio, so that coming closer is even. */
export function between(from: Viewport, to: Viewport, share: number): Viewport {
  const ratio = (start: number, end: number): number => start * (end / start) ** share;
  const [scaleX, scaleY] = [ratio(from.scaleX, to.scaleX), ratio(from.scaleY, to.scaleY)];
  // The point that stays put while scaling keeps the motion straight on the screen.
  const part = (start: number, now: number, end: number): number =>
    Math.abs(end / start - 1) < 1e-6 ? share : (now - start) / (end - start);
  return {
    scale: ratio(from.scale, to.scale),
    scaleX,
    scaleY,
    shiftX: from.shiftX + (to.shiftX - from.shiftX) * part(from.scaleX, scaleX, to.scaleX),
    shiftY: from.shiftY + (to.shiftY - from.shiftY) * part(from.scaleY, scaleY, to.scaleY),
  };
}
