/**
 * Every strategy that nano can follow, on held-out problems of the gym, as the tables of docs/strategies.md:
 * `npx tsx scripts/nano-strategies.ts [--set countdown] [--problems 300] [--seed 1] [--split test] [--timed 12] [--out FOLDER]`.
 * Finished trials are kept in the folder, so that a run that was stopped goes on where it was.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { calibrate } from "../bench/calibration.ts";
import { countdownTask, groupProblems, gymGroups } from "../src/evaluate/gym-problems.ts";
import { formatProportion, proportion } from "../src/evaluate/proportion.ts";
import { type ArmResult, strategyTable } from "../src/evaluate/strategy-table.ts";
import { type Arm, runTrials } from "../src/evaluate/strategy-trials.ts";
import { createRegistry } from "../src/models/registry.ts";
import { solvedByRandomMoves } from "../src/problems/gym/countdown-baseline.ts";
import type { Problem } from "../src/problems/problem.ts";
import { InputError, SojournError } from "../src/thought/errors.ts";
import { Random } from "../src/thought/random.ts";

const { values } = parseArgs({
  options: {
    /** One set alone: countdown, arithmetic, equations or cipher. */
    set: { type: "string" },
    problems: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    /** `validation` while settings are still being chosen. */
    split: { type: "string", default: "test" },
    model: { type: "string", default: "nano" },
    /** Problems thought about at a time. */
    concurrency: { type: "string", default: "48" },
    /** Problems of each set that are thought about once more one at a time, for the time it takes. */
    timed: { type: "string", default: "12" },
    out: { type: "string", default: ".cache/nano-strategies" },
  },
});

/** Families of each set; each gives the same number of problems. */
const sets: Readonly<Record<string, readonly string[]>> = {
  countdown: ["countdown, 3 numbers", "countdown, 4 numbers"],
  arithmetic: ["addition", "subtraction", "multiplication-two-digit"],
  equations: ["equations"],
  cipher: ["cipher"],
};

/** Thoughts a problem, of which majorities of any size are made. */
const poolSamples = 32;

const plain: readonly Arm[] = [
  { name: "direct", strategy: "direct", settings: {} },
  { name: "step-by-step", strategy: "step-by-step", settings: {} },
  { name: "vote, 8", strategy: "vote", settings: { samples: 8, confidence: 1 } },
  { name: "vote, adaptive up to 8", strategy: "vote", settings: { samples: 8 } },
  { name: "best-of-n, 8, likelihood", strategy: "best-of-n", settings: { samples: 8, reward: "likelihood" } },
  { name: "best-of-n, 8, judge", strategy: "best-of-n", settings: { samples: 8, reward: "judge" } },
  { name: "beam, likelihood", strategy: "beam", settings: { width: 4, keep: 2, reward: "likelihood" } },
  { name: "beam, judge", strategy: "beam", settings: { width: 4, keep: 2, reward: "judge" } },
  { name: "dvts, judge", strategy: "dvts", settings: { width: 2, keep: 4, reward: "judge" } },
  {
    name: "lookahead, judge",
    strategy: "lookahead",
    settings: { width: 3, keep: 2, lookahead: 2, reward: "judge" },
  },
  {
    name: "best-first, judge",
    strategy: "best-first",
    settings: { width: 3, keep: 1, rollouts: 48, reward: "judge" },
  },
  {
    name: "depth-first, judge",
    strategy: "depth-first",
    settings: { width: 3, rollouts: 48, reward: "judge" },
  },
  { name: "mcts, judge", strategy: "mcts", settings: { width: 3, rollouts: 8, reward: "judge" } },
  { name: "adaptive-mcts, judge", strategy: "adaptive-mcts", settings: { rollouts: 8, reward: "judge" } },
  { name: "critique", strategy: "critique", settings: { rollouts: 48 } },
  { name: "debate", strategy: "debate", settings: { rounds: 4 } },
  { name: "auto, medium", strategy: "auto", settings: {} },
];

const searches = [
  "best-of-n",
  "beam",
  "dvts",
  "lookahead",
  "best-first",
  "depth-first",
  "mcts",
  "adaptive-mcts",
];

/** The searches once more with the rule that verifies Countdown. */
const checked: readonly Arm[] = plain
  .filter(({ name, strategy }) => searches.includes(strategy) && !name.includes("likelihood"))
  .map(({ name, settings, ...arm }) => ({
    ...arm,
    name: name.replace("judge", "checker"),
    settings: { ...settings, reward: "auto" },
    checker: "countdown",
  }));

try {
  for (const [name, groups] of Object.entries(sets)) {
    if (values.set === undefined || values.set === name) await table(name, groups);
  }
  if (values.set !== undefined && sets[values.set] === undefined)
    throw new InputError(`no set "${values.set}"; there are ${Object.keys(sets).join(", ")}`);
} catch (error) {
  if (!(error instanceof SojournError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}

async function table(set: string, groups: readonly string[]): Promise<void> {
  const seed = Number(values.seed);
  const problems = problemsOf(groups, Math.floor(Number(values.problems) / groups.length), seed);
  const options = {
    model: values.model,
    registry: createRegistry(),
    seed,
    concurrency: Number(values.concurrency),
    file: join(values.out, `${set}-${values.split}-${seed}.jsonl`),
  };
  const arms = set === "countdown" ? [...plain, ...checked] : plain;
  const poolArm: Arm = { name: "pool", strategy: "vote", settings: { samples: poolSamples, confidence: 1 } };
  const pool = { trials: await watched(set, poolArm, problems, options), samples: poolSamples };
  const results: ArmResult[] = [];
  for (const arm of arms) {
    const trials = await watched(set, arm, problems, options);
    const alone = await runTrials(arm, someOf(problems), { ...options, concurrency: 1, file: undefined });
    results.push({ arm: arm.name, trials, alone });
  }
  console.log(`\n### ${set}\n\n${strategyTable(problems, results, pool)}`);
  console.log(`\nThe calibration loop of \`bench/calibration.ts\` took ${calibrate().toFixed(0)} ms.`);
  if (set === "countdown") console.log(`\n${baseline(problems, seed)}`);
}

/** Some problems of all families alike. */
function someOf(problems: readonly Problem[]): Problem[] {
  const count = Math.min(problems.length, Number(values.timed));
  return Array.from(
    { length: count },
    (_, index) => problems[Math.floor((index * problems.length) / count)],
  ).filter((problem) => problem !== undefined);
}

async function watched(
  set: string,
  arm: Arm,
  problems: readonly Problem[],
  options: Parameters<typeof runTrials>[2],
) {
  const show = (done: number, all: number): void => {
    if (process.stderr.isTTY || done === all)
      process.stderr.write(`\r${set}: ${arm.name} ${done} of ${all}   `);
  };
  const trials = await runTrials(arm, problems, { ...options, onProgress: show });
  process.stderr.write("\n");
  return trials;
}

function problemsOf(groups: readonly string[], count: number, seed: number): Problem[] {
  const { split } = values;
  if (split !== "test" && split !== "validation")
    throw new InputError(`no split "${split}": take test or validation`);
  return groups.flatMap((name) => {
    const group = gymGroups.find((each) => each.name === name);
    if (group === undefined) throw new InputError(`no group of problems "${name}"`);
    return groupProblems(group, { split, phrasing: "trained", seed, count });
  });
}

/** What the checker alone is worth: random legal moves with as many tries. */
function baseline(problems: readonly Problem[], seed: number): string {
  const lines = [1, 8, 32].map((tries) => {
    const solved = problems.filter((problem) =>
      solvedByRandomMoves(countdownTask(problem), tries, new Random(`${seed}/${problem.question.id}`)),
    );
    return `- ${tries} ${tries === 1 ? "try" : "tries"}: ${formatProportion(proportion(solved.length, problems.length))}`;
  });
  return `Random legal moves with the same checker:\n\n${lines.join("\n")}`;
}
