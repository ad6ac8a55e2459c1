import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noBrowser, type OpenStudio, openStudio } from "./open-studio.ts";
import { seedLongThought } from "./seeded-runs.ts";

const STEPS = 100_000;

describe.skipIf(noBrowser !== undefined)(
  `a thought of ${STEPS} steps (${noBrowser ?? "in chromium"})`,
  () => {
    let root: string;
    let run: string;
    let studio: OpenStudio;

    beforeAll(async () => {
      root = mkdtempSync(join(tmpdir(), "sojourn-studio-"));
      run = seedLongThought(root, STEPS);
      studio = await openStudio(root);
    });
    afterAll(async () => {
      await studio?.close();
      rmSync(root, { recursive: true, force: true });
    });

    it("scrolls from its first step to its last, with only what is in sight on the page", {
      timeout: 120_000,
    }, async () => {
      const { open, page, troubles } = await studio.newPage("light");
      await open(`/thought?run=${run}&words=wait`, "100,000");
      await page.getByText("1,030 hits").waitFor();
      const scroller = page.getByRole("region", { name: "Thought", exact: true });
      await scroller.focus();
      const frames = await scroller.evaluate(
        (element) =>
          new Promise<number[]>((resolve) => {
            const times: number[] = [];
            let before = performance.now();
            requestAnimationFrame(function next(now) {
              times.push(now - before);
              before = now;
              element.scrollTop += element.scrollHeight / 60;
              if (times.length <= 60) requestAnimationFrame(next);
              else resolve(times);
            });
          }),
      );
      // Each frame jumps by 1,700 steps. The middle one counts: how busy this machine is, is no part of the promise.
      expect(frames.sort((one, other) => one - other)[30]).toBeLessThan(200);
      await scroller.press("End");
      await page.getByText(`Step ${STEPS - 1}:`).waitFor();
      expect(await page.locator("[data-row]").count()).toBeLessThan(120);
      await page.keyboard.press("n");
      await page.waitForURL((url) => url.searchParams.get("node") === "0.96");
      await page.getByText("Wait, step 96 needs another look.").waitFor();
      expect(troubles).toEqual([]);
    });
  },
);
