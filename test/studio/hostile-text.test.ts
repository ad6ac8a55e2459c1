import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRun } from "../../src/runs/open-run.ts";
import { emptyTokenUsage } from "../../src/thought/usage.ts";
import { hostileTexts, MARK } from "./hostile-texts.ts";
import { noBrowser, type OpenStudio, openStudio } from "./open-studio.ts";

const short = hostileTexts.filter(({ length }) => length < 10_000);

/** A run in which everything that a model, or whoever speaks through it, may write means harm. */
function hostileRun(runsRoot: string): string {
  const log = createRun(
    { command: "ask", request: {}, models: { policy: "x" }, seed: 0 },
    { root: runsRoot },
  );
  const question = log.question("q1");
  const all = short.join("\n\n");
  question.emit({ type: "question-started", text: { id: "q1", text: `Harm? ${all}` } });
  question.emit({ type: "strategy-chosen", strategy: "beam", settings: {}, reason: all });
  for (const [place, text] of hostileTexts.entries()) {
    const node = `0.${place}`;
    const some = text.slice(0, 300);
    question.emit({ type: "step-added", node, parent: "0", text });
    question.emit({ type: "step-scored", node, value: 0.5, by: some, reason: some });
    question.emit({ type: "agent-spoke", agent: some, text });
    question.emit({ type: "answer-proposed", node, answer: text });
    question.emit({ type: "summary-written", node, text });
    question.emit({ type: "warning-raised", text: some });
  }
  const chosen = { node: "0.0", answer: all, reason: all, checked: false, written: all };
  question.emit({ type: "answer-chosen", ...chosen });
  const usage = { ...emptyTokenUsage(), byRole: {} };
  question.emit({ type: "question-finished", stopReason: "answered", usage });
  log.finish();
  return log.id;
}

describe.skipIf(noBrowser !== undefined)(
  `hostile model text ${noBrowser ?? "in a browser"}`,
  () => {
    const runsRoot = mkdtempSync(join(tmpdir(), "sojourn-"));
    let studio: OpenStudio;
    let run = "";
    beforeAll(async () => {
      run = hostileRun(runsRoot);
      studio = await openStudio(runsRoot);
    });
    afterAll(async () => {
      await studio.close();
      rmSync(runsRoot, { recursive: true });
    });

    /** Elements that would act, links that lead elsewhere, and controls of the writing direction that were let through. */
    const ACTING = `[
    ...document.querySelectorAll("#root :is(script, iframe, form[action], style, img, object, embed, link, foreignObject)"),
    ...[...document.querySelectorAll("#root a")].filter((a) => !a.href.startsWith(location.origin)),
  ].map(({ outerHTML }) => outerHTML.slice(0, 200)).concat(
    [...document.body.innerText.matchAll(/.{0,20}[\\u202a-\\u202e\\u2066-\\u2069].{0,20}/g)].map(String),
    "${MARK}" in window ? ["${MARK}"] : [],
  )`;

    test("is shown inert beside the tree, step by step, and what is too long can be had as a file", async () => {
      const { page, troubles, open, close } = await studio.newPage("light");
      await open(`/tree?run=${run}&question=q1&node=0`, "Harm?");
      for (const place of hostileTexts.keys()) {
        await page.keyboard.press("j");
        await page.waitForURL(new RegExp(`node=0\\.${place}(&|$)`));
        expect(await page.evaluate(ACTING)).toEqual([]);
      }
      const all = page.getByRole("button", { name: "Download all of it" }).first();
      const [download] = await Promise.all([page.waitForEvent("download"), all.click()]);
      expect(download.suggestedFilename()).toBe("text.txt");
      expect(await page.title()).toBe("Sojourn");
      expect(troubles).toEqual([]);
      await close();
    });

    test("is shown inert where a question is watched: voices, answer, summaries, warnings", async () => {
      const { page, troubles, open, close } = await studio.newPage("dark");
      await open(`/ask?run=${run}&question=q1`, "finished");
      await page.getByText("More characters", { exact: false }).first().waitFor();
      expect(await page.evaluate(ACTING)).toEqual([]);
      expect(troubles).toEqual([]);
      await close();
    });
  },
  60_000,
);
