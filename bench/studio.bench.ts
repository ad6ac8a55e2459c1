import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noBrowser, openStudio } from "../test/studio/open-studio.ts";
import { makeTreeRun } from "../test/support/made-tree.ts";
import { panFrames } from "../test/support/pan-frames.ts";
import { calibrate } from "./calibration.ts";

/**
 * How smoothly the studio pans a large tree, in Debian's chromium without a graphics processor: the wheel is turned once a
 * frame for 150 frames, and the time between frames is taken in the page.
 */
const NODES = 50_000;

if (noBrowser !== undefined) throw new Error(noBrowser);
const runsRoot = mkdtempSync(join(tmpdir(), "sojourn-bench-"));
const run = "20261120-120000-ask-b16b";
makeTreeRun(runsRoot, { id: run, nodes: NODES });
console.log(`calibration loop: ${calibrate().toFixed(0)} ms`);
const studio = await openStudio(runsRoot);
try {
  const startedAt = performance.now();
  const { page, open } = await studio.newPage("light");
  await open(`/tree?run=${run}&question=q1`, "50K steps");
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${NODES} nodes (127,738 events) read, folded and drawn in ${seconds} s`);
  console.log("zoom   mean fps   median fps   late frames   worst frame");
  let zoom = 1;
  for (const closer of [0, 4, 4, 4, 4]) {
    for (let press = 0; press < closer; press++) await page.keyboard.press("+");
    zoom *= 1.4 ** closer;
    await page.waitForTimeout(700);
    const { mean, median, late, frames, worstMs } = await panFrames(page);
    const columns = [
      `${zoom.toFixed(0)}x`.padEnd(4),
      mean.toFixed(1).padStart(10),
      median.toFixed(1).padStart(12),
      `${late} of ${frames}`.padStart(13),
      `${worstMs.toFixed(0)} ms`.padStart(13),
    ];
    console.log(columns.join(" "));
  }
} finally {
  await studio.close();
  rmSync(runsRoot, { recursive: true });
}
