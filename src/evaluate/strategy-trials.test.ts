import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import type { Prompt } from "../models/client.ts";
import type { ModelRegistry } from "../models/registry.ts";
import { scriptedBackend } from "../models/scripted.ts";
import { gymProblem } from "../problems/gym/gym.ts";
import { type Arm, runTrials, type TrialOptions } from "./strategy-trials.ts";

const problems = Array.from({ length: 6 }, (_, index) =>
  gymProblem({ family: "addition", split: "test", seed: 1, index }),
);
const vote: Arm = { name: "vote", strategy: "vote", settings: { samples: 3, confidence: 1 } };
const single: Arm = { name: "single", strategy: "step-by-step", settings: {} };

/** The problem that a prompt asks. */
const placeOf = ({ messages }: Prompt): number =>
  problems.findIndex(({ question }) => messages.some(({ content }) => content.includes(question.text)));

let file: string;
/** The problems that the model was asked, by place. */
let asked: number[];
beforeEach(() => {
  file = join(temporaryFolder(), "trials/kept.jsonl");
  asked = [];
});

/** A model that adds well but for the third problem, and never answers where `fails` says so. */
function options(fails: (place: number) => boolean = () => false): TrialOptions {
  const backend = scriptedBackend({
    reply: (prompt) => {
      const place = placeOf(prompt);
      asked.push(place);
      if (fails(place)) throw new Error("no such model");
      return `so it is clear\nAnswer: ${place === 2 ? "-1" : problems[place]?.gold}`;
    },
  });
  const registry: ModelRegistry = { open: () => backend, list: () => [] };
  return { model: "adder", registry, seed: 1, concurrency: 3, file };
}

const lines = (): string[] => readFileSync(file, "utf8").trimEnd().split("\n");

it("grades each problem in one way, with all answers and what they cost", async () => {
  const trials = await runTrials(vote, problems, options());
  expect(trials.map(({ problem }) => problem)).toEqual(problems.map(({ question }) => question.id));
  expect(trials.map(({ correct }) => correct)).toEqual([true, true, false, true, true, true]);
  for (const [place, trial] of trials.entries()) {
    expect(trial.answers).toEqual(Array(3).fill(place === 2 ? "-1" : problems[place]?.gold));
    expect(trial).toMatchObject({ arm: "vote", outputTokens: 3 * 6 });
    expect(trial.inputTokens).toBeGreaterThan(0);
    expect(trial.error).toBeUndefined();
  }
  expect(lines()).toHaveLength(6);
});

it("keeps the place of a thought that comes to no answer", async () => {
  let thoughts = 0;
  const reply = () => (thoughts++ % 3 === 1 ? "I give up" : "so it is clear\nAnswer: 7");
  const registry: ModelRegistry = { open: () => scriptedBackend({ reply }), list: () => [] };
  const [trial] = await runTrials(vote, problems.slice(0, 1), { ...options(), registry });
  expect(trial?.answers).toEqual(["7", null, "7"]);
});

it("makes no trial again that the file has, and tells of those alone that it makes", async () => {
  const first = await runTrials(vote, problems.slice(0, 4), options());
  asked = [];
  let made = 0;
  const told: [number, number][] = [];
  const again = await runTrials(vote, problems, {
    ...options(),
    onMade: () => made++,
    onProgress: (done, all) => told.push([done, all]),
  });
  expect(again.slice(0, 4)).toEqual(first);
  expect([...new Set(asked)].sort()).toEqual([4, 5]);
  expect(made).toBe(2);
  expect(told.at(-1)).toEqual([6, 6]);
  expect(lines()).toHaveLength(6);
});

it("keeps the trials of several ways in one file apart", async () => {
  await runTrials(vote, problems.slice(0, 2), options());
  asked = [];
  const trials = await runTrials(single, problems.slice(0, 2), options());
  expect(asked.sort()).toEqual([0, 1]);
  expect(trials.map(({ arm }) => arm)).toEqual(["single", "single"]);
});

it("makes a trial again whose line was torn, and loses none of those that follow it", async () => {
  const whole = await runTrials(single, problems.slice(0, 3), options());
  const kept = lines();
  writeFileSync(file, `${kept.slice(0, 2).join("\n")}\n`);
  appendFileSync(file, kept[2]?.slice(0, 25) ?? "");
  asked = [];
  const resumed = await runTrials(single, problems.slice(0, 3), options());
  const untimed = (trials: typeof whole) => trials.map((trial) => ({ ...trial, wallMs: 0 }));
  expect(untimed(resumed)).toEqual(untimed(whole));
  expect(asked).toHaveLength(1);
  asked = [];
  await runTrials(single, problems.slice(0, 3), options());
  expect(asked).toEqual([]);
});

it("counts a trial that fails as wrong, with its error, and goes on with the others", async () => {
  const trials = await runTrials(
    single,
    problems,
    options((place) => place === 4),
  );
  expect(trials.map(({ correct }) => correct)).toEqual([true, true, false, true, false, true]);
  expect(trials[4]).toMatchObject({ answers: [], error: expect.stringContaining("no such model"), calls: 1 });
  asked = [];
  expect(await runTrials(single, problems, options())).toEqual(trials);
  expect(asked).toEqual([]);
});
