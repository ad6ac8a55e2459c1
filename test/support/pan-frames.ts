import type { Page } from "playwright-core";
import { z } from "zod";

/** Turns the wheel once a frame, as a hand on a touch pad does, and takes the time of every frame. */
const PAN = `new Promise((resolve) => {
  const canvas = document.querySelector("canvas");
  const times = [];
  requestAnimationFrame(function frame(time) {
    times.push(time);
    if (times.length > 150) return resolve(times.slice(1).map((at, place) => at - times[place]));
    const way = Math.floor(times.length / 50) % 2 === 1 ? -1 : 1;
    const turn = { deltaX: 9 * way, deltaY: 14 * way, bubbles: true, cancelable: true };
    canvas.dispatchEvent(new WheelEvent("wheel", turn));
    requestAnimationFrame(frame);
  });
})`;

/** How smoothly a tree was panned. */
export interface Panning {
  /** Frames a second over all of it. */
  mean: number;
  /** Frames a second by the frame in the middle: what a frame takes when nobody else has the processor. */
  median: number;
  /** Frames that took longer than two of the screen's. */
  late: number;
  frames: number;
  worstMs: number;
}

/** Pans the tree on the page to and fro for 150 frames. */
export async function panFrames(page: Page): Promise<Panning> {
  const frames = z.array(z.number()).parse(await page.evaluate(PAN));
  const sorted = [...frames].sort((left, right) => left - right);
  const total = frames.reduce((sum, time) => sum + time, 0);
  return {
    mean: (1000 * frames.length) / total,
    median: 1000 / (sorted[sorted.length >> 1] ?? total),
    late: frames.filter((time) => time > 34).length,
    frames: frames.length,
    worstMs: sorted.at(-1) ?? 0,
  };
}
