import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { writeJsonLines } from "../jsonl.ts";
import type { StageDone } from "../stages/stage.ts";
import { ATTEMPTS, type Attempt } from "./evaluate-stage.ts";
import { type JourneyRecipe, journeyRecipeSchema } from "./journey-recipe.ts";
import { writeJourneyReport } from "./journey-report.ts";
import { armName } from "./journey-stages.ts";
import { readProblems, TEST_PROBLEMS, testProblemsStage } from "./problem-stages.ts";

const recipe: JourneyRecipe = journeyRecipeSchema.parse({
  ...{ name: "made", tokenizer: "tokenizer.json", seeds: [1, 2], smoke: true },
  ...{
    model: { hidden: 32, layers: 1, heads: 2, intermediate: 32 },
    arms: ["shortcut-examples", "journey-refined"],
  },
  ...{
    problems: { test: { "new set": 8, "new target": 8, "both new": 8 }, testFourNumbers: 4 },
    evaluate: { samples: 2 },
  },
});

const neverRead = (): never => {
  throw new Error("drawing problems reads no other stage");
};

/** Stages whose journey arm is right on all and whose shortcut arm on every other problem, at half the tokens. */
async function doneStages(folder: string): Promise<Map<string, StageDone>> {
  const done = new Map<string, StageDone>();
  const add = (name: string, result: StageDone["result"]) => {
    const own = join(folder, name);
    mkdirSync(own, { recursive: true });
    done.set(name, { folder: own, result, wallMs: 60_000, reused: false });
    return own;
  };
  add("trees", { trees: 5, steps: 40, right: 6, wrong: 9, withRight: 4 });
  add("thoughts", { "journey-refined": { lines: 4, tokens: 400, turns: 6 } });
  add("journey-refined-seed-1", { curve: [{ step: 1, loss: 2 }] });
  const { signal } = new AbortController();
  const place = { folder: add(TEST_PROBLEMS, {}), signal, progress() {}, input: neverRead };
  await testProblemsStage(recipe).run(place);
  const names = ["policy", ...recipe.arms.flatMap((arm) => recipe.seeds.map((seed) => armName(arm, seed)))];
  for (const name of names) {
    const isJourney = name.startsWith("journey");
    const attempts = readProblems(place).flatMap(({ question, tags = {} }, index) =>
      [0, 0, 1].map((sample, attempt): Attempt => {
        const correct = isJourney || index % 2 === 0;
        return {
          ...{ problem: question.id, set: tags["set"] ?? "", novelty: tags["novelty"] as Attempt["novelty"] },
          ...{
            numbers: tags["numbers"] as Attempt["numbers"],
            decoding: attempt === 0 ? "greedy" : "sampled",
            sample,
          },
          ...{ text: "Make <b>5</b>.", answer: "2 + 3", correct, outputTokens: isJourney ? 100 : 50 },
          thought: isJourney ? "2 * 3 = 6\nwait, back to 2 3" : "2 + 3 = 5",
        };
      }),
    );
    writeJsonLines(join(add(`evaluate-${name}`, {}), ATTEMPTS), attempts);
  }
  return done;
}

it("says what the journey gains, with intervals, at equal tokens, and that a smoke run is one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sojourn-report-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const results = {
    recipe,
    done: await doneStages(folder),
    command: "sojourn journey recipe.yaml",
    version: "sojourn 0",
  };
  const page = await writeJourneyReport(results, folder);
  expect(page.title).toContain("smoke run");
  expect(page.headline).toContain("+50.0 points");
  const table = (title: string) =>
    page.sections.find((section) => section.title === title)?.table?.rows ?? [];
  expect(table("Accuracy").map(([arm, greedy]) => [arm, greedy?.split(" ")[0]])).toEqual([
    ["policy", "50.0%"],
    ["shortcut-examples", "50.0%"],
    ["journey-refined", "100.0%"],
  ]);
  // Twice the tokens buy two samples of the shortcut's, which are alike here.
  expect(table("At equal tokens")).toEqual([["journey-refined", "100", "100.0%", "2.00", "50.0%", "50.0%"]]);
  expect(table("By seed of training")[1]).toEqual(["journey-refined", "100.0%", "100.0%"]);
  expect(page.sections.find(({ title }) => title === "A wrong turn that was mended")?.lines).toContain(
    "wait, back to 2 3",
  );
  const html = readFileSync(join(folder, "report.html"), "utf8");
  expect(html.match(/<svg/g)?.length).toBeGreaterThanOrEqual(4);
  expect(html).not.toContain("<b>5</b>");
  expect(readFileSync(join(folder, "report.md"), "utf8")).toContain("| journey-refined | 100.0%");
});
