import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readAnnotations } from "../../src/runs/annotations/annotation-file.ts";
import { writeJourney, writeTraining, writeWoven } from "../support/made-journey.ts";
import { noBrowser, type OpenStudio, openStudio, type StudioPage, THEME_RULES } from "./open-studio.ts";
import { type SeededRuns, seedRuns } from "./seeded-runs.ts";

// A browser on a busy machine may take its time; what is slow for a reader is measured elsewhere.
const patience = { timeout: 120_000 };

describe.skipIf(noBrowser !== undefined)(`reading (${noBrowser ?? "in chromium"})`, patience, () => {
  let root: string;
  let runs: SeededRuns;
  let studio: OpenStudio;
  let tab: StudioPage;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "sojourn-studio-"));
    runs = await seedRuns(join(root, "runs"));
    writeTraining(training(), { steps: 500, done: 100, at: Date.now() });
    writeJourney(join(root, "journeys", "countdown"), { finished: true });
    writeWoven(join(root, "data"), { run: runs.search, questions: ["q1"] });
    const folders = [join(root, "journeys"), join(root, "data")];
    studio = await openStudio(join(root, "runs"), { folders });
    tab = await studio.newPage("light");
  });
  afterAll(async () => {
    await studio?.close();
    rmSync(root, { recursive: true, force: true });
  });

  const training = (): string => join(root, "runs", "nano");
  const parameter = (name: string): string | null => new URL(tab.page.url()).searchParams.get(name);
  const waitForParameter = (name: string, value: string | null): Promise<void> =>
    tab.page.waitForURL((url) => url.searchParams.get(name) === value);

  it("lists thoughts: controls write the filter, a wrong one is answered, the keyboard leads into one", async () => {
    const { page } = tab;
    await tab.open("/runs", "Question and answer");
    await page.getByRole("button", { name: "Wrong" }).click();
    await waitForParameter("filter", "correct:false");
    await page.getByLabel("Strategy").selectOption("vote");
    await waitForParameter("filter", "correct:false strategy:vote");
    await page.getByLabel("Filter").fill("colour:red");
    await page.getByRole("alert").getByText("colour").waitFor();
    await page.getByLabel("Filter").fill("strategy:mcts");
    await page.getByRole("cell", { name: "mcts" }).first().waitFor();
    await page.getByLabel("Filter").press("Escape");
    await page.keyboard.press("j");
    await waitForParameter("at", `${runs.search}/q1`);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/thought/);
    expect(parameter("run")).toBe(runs.search);
    tab.troubles.splice(0);
  });

  it("searches in thoughts", async () => {
    await tab.open("/runs?text=take%20door%20a", "maze");
    expect(await tab.page.getByRole("row").count()).toBe(2);
  });

  it("reads a thought: scores, returns, the chosen path alone, words in colour, one cursor with the tree", async () => {
    const { page } = tab;
    await tab.open(`/thought?run=${runs.search}&find=door`, "back to the question");
    await page.getByText("48 hits").waitFor();
    expect(await page.evaluate(() => CSS.highlights.get("keyword")?.size)).toBeGreaterThan(10);
    expect(await page.locator("[data-row=step]").count()).toBeGreaterThan(10);
    await page.keyboard.press("j");
    await waitForParameter("node", "0.0");
    // To the second return, and to the step behind it.
    for (const key of ["]", "]", "j"]) await page.keyboard.press(key);
    await waitForParameter("node", "0.2");
    const cursor = parameter("node");
    await page.keyboard.press("c");
    await waitForParameter("reading", "chosen");
    expect(await page.locator("[data-row=return]").count()).toBe(0);
    expect(await page.locator("[data-row=step]").count()).toBe(4);
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await page.waitForURL(/\/tree/);
    expect(parameter("node")).toBe(cursor);
    expect(parameter("run")).toBe(runs.search);
  });

  it("compares two runs: what flipped first, one cell alone, text and tree beside each other", async () => {
    const { page } = tab;
    await tab.open("/compare", "vote on nano");
    await page.getByRole("checkbox", { name: runs.direct }).check();
    await page.getByRole("checkbox", { name: runs.vote }).check();
    await page.getByRole("button", { name: "Compare 2" }).click();
    await page.getByRole("button", { name: "Fixed" }).waitFor();
    const cells = await page.getByRole("button", { name: /Fixed|Broken|Both/ }).allInnerTexts();
    const counts = cells.map((text) => Number.parseInt(text, 10));
    expect(counts.reduce((sum, count) => sum + count)).toBe(8);
    expect(counts[0]).toBeGreaterThan(0);
    await page.locator("[data-same]").first().waitFor();
    await page.getByRole("button", { name: "Fixed" }).click();
    await waitForParameter("cell", "fixed");
    const flipped = page.getByRole("listitem").filter({ hasText: /wrong.*right/s });
    await expect.poll(() => flipped.count()).toBe(counts[0]);
    await page.keyboard.press("x");
    await page.getByText("steps in both").waitFor();
    await page.keyboard.press("s");
    await waitForParameter("runs", `${runs.vote},${runs.direct}`);
  });

  it("keeps labels of steps by author, beside the models' scores", async () => {
    const { page } = tab;
    const address = `/annotate?run=${runs.search}`;
    await tab.open(address, "0 of 48 steps labelled");
    await page.getByLabel("Who annotates").fill("ada");
    await page.getByLabel("Who annotates").press("Enter");
    for (const key of ["j", "1", "-", "0"]) await page.keyboard.press(key);
    await page.getByText("3 of 48 steps labelled").waitFor();
    await page.keyboard.press("k");
    await page.keyboard.press("Backspace");
    await page.getByText("2 of 48 steps labelled").waitFor();
    await expect.poll(() => readAnnotations(join(root, "runs", runs.search)).annotations.length).toBe(4);
    await tab.open(address, "2 of 48 steps labelled");
    expect(await page.getByRole("button", { name: "right", pressed: true }).count()).toBe(1);
    await page.getByLabel("Who annotates").fill("bob");
    await page.getByText("0 of 48 steps labelled").waitFor();
    await page.getByTitle("ada: wrong").waitFor();
    await page.getByText("1.00").first().waitFor();
  });

  it("keeps a long thought that a person wrote, and lists what is annotated", async () => {
    const { page } = tab;
    await tab.open(`/annotate?run=${runs.search}&pane=write`, "Write a long thought");
    await page.getByLabel("What part 1 does").selectOption("common-sense");
    await page.getByLabel("Part 1", { exact: true }).fill("A door that was taken stays open.");
    await page.reload();
    await page.getByRole("button", { name: "+ Correction" }).click();
    await page.getByLabel("Part 2", { exact: true }).fill("So the third door it is: $c^2$.");
    await page.getByLabel("Answer it arrives at").fill("cabb");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("article").getByText("A door that was taken stays open.").waitFor();
    await page.getByRole("button", { name: "All annotated" }).click();
    await page.getByRole("row", { name: /ada, bob/ }).waitFor();
  });

  it("sets what a model makes of a written thought beside it, and takes it over only when told to", async () => {
    const { page } = tab;
    await tab.open(`/annotate?run=${runs.search}&pane=write`, "Write a long thought");
    await page.getByLabel("Part 1", { exact: true }).fill("Take door c.");
    await page.getByLabel("Answer it arrives at").fill("cabb");
    await page.getByRole("button", { name: "Pauses" }).click();
    await page.getByRole("alert").getByText("nano follows no instructions").waitFor();
    const lines = ["Hmm, three doors.", "Take door c."];
    await page.route("**/api/augment", (route) => route.fulfill({ json: { lines, writer: "some/writer" } }));
    await page.getByRole("button", { name: "Pauses" }).click();
    await page.getByRole("list", { name: "What would change" }).getByText("Hmm, three doors.").waitFor();
    expect(await page.getByLabel("Part 1", { exact: true }).inputValue()).toBe("Take door c.");
    await page.getByRole("button", { name: "Accept" }).click();
    await expect.poll(() => page.getByLabel("Part 2", { exact: true }).inputValue()).toBe("Take door c.");
    expect(await page.getByLabel("What part 1 does").inputValue()).toBe("reflection");
    // The browser calls a refused request an error of the page's.
    tab.troubles.splice(0);
  });

  it("reports on an evaluation: plots, tables, and the way to what it got wrong", async () => {
    const { page } = tab;
    await tab.open(`/reports?report=${runs.vote}`, "Accuracy by family");
    await page.getByRole("img", { name: "Accuracy by family, 95% intervals" }).locator("svg").waitFor();
    await page.getByText("Cipher").waitFor();
    await page.getByRole("button", { name: /direct on nano/ }).click();
    await waitForParameter("report", runs.direct);
    await page.getByRole("link", { name: "What it got wrong" }).click();
    await waitForParameter("filter", `run:${runs.direct} correct:false`);
  });

  it("draws a training's curve while it goes on, and a journey's report with its own page", async () => {
    const { page } = tab;
    await page.goBack();
    await page.getByRole("button", { name: "Trainings" }).waitFor();
    await page.keyboard.press("2");
    await waitForParameter("show", "trainings");
    await page.getByText("100 of 500", { exact: true }).waitFor();
    await page.getByRole("img", { name: "Loss by optimiser step" }).locator("svg").waitFor();
    writeTraining(training(), { steps: 500, done: 300, at: Date.now() });
    await page.getByText("300 of 500", { exact: true }).waitFor();
    await page.keyboard.press("3");
    await page.getByRole("cell", { name: "journey-refined" }).waitFor();
    const link = await page.getByRole("link", { name: "With all its plots" }).getAttribute("href");
    expect(await (await page.request.get(studio.url + link)).text()).toContain("<svg");
  });

  it("sets the refined thought beside its draft, line by line", async () => {
    const { page } = tab;
    await tab.open(`/thought?run=${runs.search}`, "back to the question");
    await page.getByRole("button", { name: "Draft and refined" }).click();
    await waitForParameter("beside", "refined");
    const lines = page.locator("[data-same]");
    await lines.first().waitFor();
    const same = await lines.evaluateAll((all) => all.map((line) => line.getAttribute("data-same")));
    expect(same).toEqual(["true", "false", "false", "true"]);
    await lines.nth(1).getByRole("img", { name: "a reflection" }).first().waitFor();
  });

  it("shows hostile texts as texts, in every view", async () => {
    const { page } = tab;
    for (const address of [
      "/thought?beside=written",
      "/thought?reading=chosen",
      "/annotate?pane=write",
      "/tree?node=0.0",
    ]) {
      const [path, query = ""] = address.split("?");
      await tab.open(`${path}?run=${runs.hostile}&${query}`, "<script>");
      await page.mouse.wheel(0, 1500);
      for (const key of ["j", "j", "j", "n"]) await page.keyboard.press(key);
    }
    await tab.open("/runs?filter=problem:hostile", "<script>");
    await page.keyboard.press("j");
    await tab.open(`/compare?runs=${runs.hostile},${runs.hostileToo}`, "<script>");
    await page.locator("[data-same]").first().waitFor();
    const harm = await page.evaluate(() => ({
      harmed: "harmed" in window,
      elements: document.querySelectorAll("main :is(script, iframe, img, object, embed, form, style)").length,
      links: document.querySelectorAll('a[href^="javascript:" i], a[href*="example.invalid"]').length,
    }));
    expect(harm).toEqual({ harmed: false, elements: 0, links: 0 });
  });

  it("is without an error on the console after all of this", () => {
    expect(tab.troubles).toEqual([]);
  });

  const shown: [string, () => string, string][] = [
    [
      "runs",
      () => `/runs?filter=-problem:hostile&at=${encodeURIComponent(`${runs.search}/q1`)}`,
      "take door",
    ],
    ["thought", () => `/thought?run=${runs.search}&find=door&node=0.1`, "Summary so far"],
    ["compare", () => `/compare?runs=${runs.direct},${runs.vote}`, "Read it"],
    ["reports", () => `/reports?report=${runs.vote}`, "What was run"],
    ["trainings", () => "/reports?show=trainings", "Loss by optimiser step"],
    ["journeys", () => "/reports?show=journeys", "Loss of each training"],
    ["woven", () => `/thought?run=${runs.search}&beside=refined`, "by grammar"],
    ["annotate", () => `/annotate?run=${runs.vote}&pane=write`, "Written so far"],
  ];
  it.each(shown)("%s is accessible and without an error in both themes", async (name, address, shows) => {
    await tab.open(address(), shows);
    await tab.page.evaluate(() => document.fonts.ready.then(() => undefined));
    await tab.inTheme("light");
    expect(await tab.violations()).toEqual([]);
    await tab.picture(name);
    await tab.inTheme("dark");
    expect(await tab.violations(THEME_RULES)).toEqual([]);
    await tab.picture(name);
    expect(tab.troubles).toEqual([]);
  });
});
