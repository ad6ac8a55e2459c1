import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ThoughtLine } from "../../src/journey/dataset.ts";
import { keepProgress } from "../../src/nano/training/progress-file.ts";

/** Writes a training folder as an engine leaves it: a loss that falls, reported every ten steps. */
export function writeTraining(
  folder: string,
  { steps, done, at }: { steps: number; done: number; at: number },
): void {
  const tell = keepProgress(folder, undefined, () => at);
  for (let step = 10; step <= done; step += 10) {
    tell({
      ...{ kind: "step", step, steps, loss: lossAt(step), tokens: step * 6144, tokensPerSecond: 5700 },
      ...{ learningRate: 1e-3 * (1 - step / steps), gradientNorm: 1, elapsedSeconds: step },
      remainingSeconds: steps - step,
    });
  }
  if (done === steps) tell({ kind: "finished", step: steps, steps, reason: "steps" });
}

const lossAt = (step: number): number => 0.4 + 2 * Math.exp(-step / 60) + 0.05 * Math.sin(step);

/** Writes a journey's folder: two stages that are done and, where it is finished, its report. */
export function writeJourney(folder: string, { finished }: { finished: boolean }): void {
  const curve = Array.from({ length: 20 }, (_, place) => ({
    step: 10 * (place + 1),
    loss: lossAt(10 * (place + 1)),
  }));
  const stages = {
    "policy-0123456789": {
      name: "policy",
      wallMs: 600_000,
      result: { steps: 200, tokens: 1_228_800, curve },
    },
    "evaluate-policy-0123456789": {
      ...{ name: "evaluate-policy", wallMs: 60_000 },
      result: { problems: 300, greedyRight: 0.25, skipped: {} },
    },
  };
  for (const [place, [name, stage]] of Object.entries(stages).entries()) {
    const file = join(folder, name, "stage.json");
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(file, JSON.stringify({ key: "0123456789", settings: {}, after: {}, ...stage }));
    utimesSync(file, place, place);
  }
  if (!finished) return;
  const report = {
    title: "Journey: countdown",
    headline: "Long thoughts against shortcuts of the same trees: +8.0 (2.1 to 13.9) points.",
    sections: [
      {
        title: "Accuracy",
        table: {
          header: ["arm", "right"],
          rows: [
            ["shortcut-examples", "31.0% (26.0 to 36.5)"],
            ["journey-refined", "39.0% (33.6 to 44.6)"],
          ],
        },
      },
      { title: "An example", lines: ["12 * 3 = 36", "That leads nowhere.", "Back to the start: 7 * 3 = 21"] },
    ],
  };
  writeFileSync(join(folder, "report.json"), JSON.stringify(report));
  writeFileSync(join(folder, "report.html"), "<!doctype html><title>Journey</title><svg></svg>");
}

/** Writes data sets of drafts and refined thoughts, one thought about each of these questions of a run. */
export function writeWoven(
  folder: string,
  { run, questions }: { run: string; questions: readonly string[] },
): void {
  mkdirSync(folder, { recursive: true });
  const kinds: ThoughtLine["lines"] = ["wrong", "reflection", "return", "step"];
  const words = {
    "journey-draft": [
      "12 * 3 = 36",
      "wrong: 36 is too large",
      "back to the start",
      "7 * 3 = 21, and 21 + 12 = 33",
    ],
    "journey-refined": [
      "12 * 3 = 36",
      "Hmm, 36 is more than 33, and nothing is left to take away but 7. That does not work.",
      "Let me go back to the start and use the 7 first.",
      "7 * 3 = 21, and 21 + 12 = 33",
    ],
  };
  for (const kind of ["journey-draft", "journey-refined"] as const) {
    const lines = questions.map(
      (question): ThoughtLine => ({
        ...{
          id: `${question}/0`,
          question: "Use 3, 7 and 12 to make 33.",
          thought: words[kind],
          answer: "7 * 3 + 12",
        },
        ...{ kind, source: { run, question }, lines: kinds, wrongTurns: 1 },
        wording: kind === "journey-draft" ? "draft" : "grammar",
      }),
    );
    writeFileSync(join(folder, `${kind}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  }
}
