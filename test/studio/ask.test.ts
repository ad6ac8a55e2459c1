import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listRuns } from "../../src/runs/run-folder.ts";
import { askedSchema } from "../../src/server/studio/ask-schema.ts";
import { makeTreeRun } from "../support/made-tree.ts";
import { noBrowser, type OpenStudio, openStudio, THEME_RULES } from "./open-studio.ts";

/** A tree with right and wrong answers, older than all that is asked here. */
const MADE = "20261101-120000-ask-7ee0";

describe.skipIf(noBrowser !== undefined)(
  `the studio ${noBrowser ?? "in a browser"}`,
  () => {
    const runsRoot = mkdtempSync(join(tmpdir(), "sojourn-"));
    let studio: OpenStudio;
    let asked = "";
    beforeAll(async () => {
      makeTreeRun(runsRoot, { id: MADE, nodes: 260, depth: 14 });
      studio = await openStudio(runsRoot);
      const body = JSON.stringify({ question: "Use 3, 7 and 12 to make 33.", strategy: "beam" });
      const reply = await fetch(`${studio.url}/api/ask`, { method: "POST", body });
      asked = askedSchema.parse(await reply.json()).run;
    });
    afterAll(async () => {
      await studio.close();
      rmSync(runsRoot, { recursive: true });
    });

    test("asks a question of nano, shows the tree and the answer, and replays them", async () => {
      const { page, troubles, open, violations, close } = await studio.newPage("light");
      await open("/ask", "What shall we think about?");
      await page.getByRole("textbox", { name: "Question" }).fill("Use 3, 7 and 12 to make 33.");
      await page.getByRole("combobox", { name: "Strategy" }).selectOption("beam");
      await page.keyboard.press("Tab");
      await page.getByRole("button", { name: "Think" }).click();
      const answer = page.getByRole("region", { name: "Answer" });
      await answer.getByText("best of a beam").waitFor();
      expect(await answer.innerText()).toMatch(/\d+ [*+] \d+/);
      expect(new URL(page.url()).searchParams.get("strategy")).toBe("beam");
      const run = listRuns(runsRoot).at(-1);
      expect(new URL(page.url()).searchParams.get("run")).toBe(run);
      expect(await page.getByText("Tokens out").locator("xpath=following-sibling::dd").innerText()).toMatch(
        /^[1-9]/,
      );
      expect(await violations()).toEqual([]);

      await page.keyboard.press("Escape");
      await page.getByRole("link", { name: "Tree" }).click();
      await page.getByRole("img", { name: /Reasoning tree of \d+ steps/ }).waitFor();
      const steps = await page.getByRole("img").getAttribute("aria-label");
      await page.keyboard.press("{");
      await page.getByRole("img", { name: "Reasoning tree of 0 steps" }).waitFor();
      await page.waitForURL(/at=0/);
      await page.keyboard.press("Space");
      await page.getByRole("img", { name: steps ?? "" }).waitFor({ timeout: 15_000 });
      await page.keyboard.press("c");
      await page.waitForURL(/node=/);
      await page.getByRole("region", { name: "Node under the cursor" }).getByText("chosen").waitFor();
      expect(await violations()).toEqual([]);
      expect(troubles).toEqual([]);
      await close();
    });

    test("says in one line what the model does not know, and leaves the question where it is", async () => {
      const { page, open, close } = await studio.newPage("light");
      await open("/ask?ask=Who+wrote+Faust%3F", "What shall we think about?");
      await page.getByRole("textbox", { name: "Question" }).press("Enter");
      await page.getByRole("alert").getByText("nano").waitFor();
      expect(await page.getByRole("textbox", { name: "Question" }).inputValue()).toBe("Who wrote Faust?");
      await close();
    });

    test("goes everywhere by keyboard, in both themes", async () => {
      const { page, troubles, open, violations, inTheme, picture, close } = await studio.newPage("light");
      await open("/ask", "What shall we think about?");
      const themes = ["light", "dark"] as const;
      const views = {
        a: "ask",
        r: "runs",
        t: "tree",
        h: "thought",
        c: "compare",
        n: "annotate",
        p: "reports",
      };
      await page.keyboard.press("Escape");
      for (const [key, view] of Object.entries(views)) {
        await page.keyboard.press("g");
        await page.keyboard.press(key);
        await page.waitForURL(`**/${view}**`);
        await page.getByRole("main").getByRole("heading").first().waitFor();
        await page.evaluate("document.activeElement.blur()");
        await inTheme("light");
        expect(await violations(), view).toEqual([]);
        await inTheme("dark");
        expect(await violations(THEME_RULES), view).toEqual([]);
      }
      await open(`/ask?run=${asked}&ask=Use+3%2C+7+and+12+to+make+33.`, "best of a beam");
      for (const theme of themes) {
        await inTheme(theme);
        await picture("ask");
      }
      await open(`/tree?run=${MADE}&question=q1`, "260 steps");
      await page.keyboard.press("c");
      await page.waitForURL(/node=/);
      for (const theme of themes) {
        await inTheme(theme);
        await picture("tree");
      }
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
      expect(await violations()).toEqual([]);
      await page.keyboard.press("Escape");
      await page.keyboard.press("t");
      await page.locator("html[data-theme=light]").waitFor();
      await page.reload();
      await page.locator("html[data-theme=light]").waitFor();
      expect(troubles).toEqual([]);
      await close();
    });
  },
  60_000,
);
