import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Endpoint, faultPlan, startEndpoint } from "../../src/models/testing/index.ts";
import { noBrowser, type OpenStudio, openStudio } from "./open-studio.ts";

/** Begins like a thought and says nothing twice: a text that repeats itself would be ended early. */
const endless = `count the doors\n${Array.from({ length: 6000 }, (_, place) => ((place * 7919) % 20_011).toString(36)).join(" ")}`;

describe.skipIf(noBrowser !== undefined)(
  `a slow question ${noBrowser ?? "in a browser"}`,
  () => {
    const runsRoot = mkdtempSync(join(tmpdir(), "sojourn-"));
    let endpoint: Endpoint;
    let studio: OpenStudio;
    beforeAll(async () => {
      // The first thought comes whole; the others begin and never end.
      let asked = 0;
      endpoint = await startEndpoint({
        reply: () => (asked++ === 0 ? "count the doors\nit is the third\nAnswer: 3" : endless),
        fault: faultPlan([{ fault: { kind: "never-ending" }, requests: [1, 2, 3, 4] }]),
      });
      studio = await openStudio(runsRoot, {
        config: { providers: { slow: { baseUrl: endpoint.url, samples: 1 } } },
      });
    });
    afterAll(async () => {
      await studio.close();
      await endpoint.close();
      rmSync(runsRoot, { recursive: true });
    });

    test("shows what models write, takes edited prompts, and stops with the best answer so far", async () => {
      const { page, troubles, open, violations, close } = await studio.newPage("dark");
      await open("/ask?ask=Which+door%3F&strategy=vote&model=slow%2Fmodel", "What shall we think about?");
      await page.getByRole("textbox", { name: "Question" }).press("Enter");
      const voices = page.getByRole("region", { name: "Voices" });
      await voices.getByText("count the doors").first().waitFor();
      await page.getByText("one answer so far").waitFor();
      expect(await violations()).toEqual([]);

      await page.getByRole("group").getByText("step-by-step").click();
      await page.getByRole("textbox", { name: "Text of step-by-step" }).fill("Think in rhymes.");
      await page.getByText("1 edited").waitFor();

      await page.getByRole("button", { name: "Stop, keep the best answer" }).click();
      await page.getByText("stopped early, best so far").waitFor();
      const answer = page.getByRole("region", { name: "Answer" });
      expect((await answer.innerText()).split("\n")[0]).toBe("3");
      // What was under way is cancelled on the other side, too.
      await expect
        .poll(() => endpoint.ledger.entries.slice(1).every(({ outcome }) => outcome !== "under-way"))
        .toBe(true);

      await page.keyboard.press("x");
      await page.getByRole("complementary", { name: "Agents" }).waitFor({ state: "detached" });
      const asked = endpoint.ledger.entries.length;
      await page.getByRole("textbox", { name: "Question" }).press("Enter");
      await expect.poll(() => endpoint.ledger.entries.length).toBeGreaterThan(asked);
      expect(JSON.stringify(endpoint.ledger.entries.at(-1)?.request)).toContain("Think in rhymes.");
      expect(troubles).toEqual([]);
      await close();
    });
  },
  60_000,
);
