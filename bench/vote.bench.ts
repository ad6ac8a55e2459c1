import { formatDifference, pairedDifference } from "../src/evaluate/paired-difference.ts";
import { formatProportion, proportion } from "../src/evaluate/proportion.ts";
import { adaptiveVote } from "../src/search/adaptive-vote.ts";
import { bestOfN } from "../src/search/best-of-n.ts";
import { drawBeta } from "../src/search/beta-distribution.ts";
import type { Search } from "../src/search/search.ts";
import type { Task } from "../src/thought/event.ts";
import { Random } from "../src/thought/random.ts";

/** The figures of the documentation are of this seed; the rule was chosen on others (`npm run bench vote choosing`). */
const [seed = "reported", count = "10000"] = process.argv.slice(2);
const problems = Number(count);
const samples = 40;
const slots = 8;
const distractors = 5;
const right = "right";

/** How often a model is right, and how its wrong answers share the rest. */
interface World {
  name: string;
  /** Beta distribution of the chance that a thought is right. */
  chance: readonly [alpha: number, beta: number];
  sharing: "equal" | "uneven";
  /** Samples that have to be saved, in parts of all. */
  bar: number;
}

const worlds: readonly World[] = [
  { name: "easy", chance: [9, 1], sharing: "equal", bar: 0.75 },
  { name: "easy", chance: [9, 1], sharing: "uneven", bar: 0.75 },
  { name: "hard", chance: [2, 2], sharing: "equal", bar: 0.3 },
  { name: "hard", chance: [2, 2], sharing: "uneven", bar: 0.3 },
];

/** Points of accuracy that may be lost. */
const mostLost = 0.5;

/** A problem as a search sees it: what its n-th thought answers and how long that takes, in mean calls. */
interface Thoughts {
  answers: string[];
  durations: number[];
}

/** Uneven: the wrong answers share the rest as a draw from Dirichlet(1, ..., 1), so that one of them may be likely. */
function drawProblem(random: Random, { chance, sharing }: World): Thoughts {
  const sure = drawBeta(random, ...chance);
  const parts = Array.from({ length: distractors }, () =>
    sharing === "equal" ? 1 : -Math.log(1 - random.next()),
  );
  const whole = parts.reduce((sum, part) => sum + part, 0);
  const answers = Array.from({ length: samples }, () => {
    if (random.chance(sure)) return right;
    let left = random.next() * whole;
    let wrong = 0;
    for (const part of parts) {
      left -= part;
      if (left < 0) break;
      wrong++;
    }
    return `wrong ${wrong}`;
  });
  return { answers, durations: Array.from({ length: samples }, () => 0.5 + random.next()) };
}

/** Plays a search in the order of arrival. All that was asked for counts, also what was in flight at the end. */
function play(search: Search, { answers, durations }: Thoughts) {
  const inFlight: { task: Task; ends: number; ordinal: number }[] = [];
  let now = 0;
  let asked = 0;
  while (!search.finished) {
    for (const task of search.ask(slots - inFlight.length)) {
      const ordinal = Number(task.id.slice(2));
      inFlight.push({ task, ordinal, ends: now + (durations[ordinal] ?? 1) });
      asked++;
    }
    inFlight.sort((left, rightOne) => left.ends - rightOne.ends);
    const next = inFlight.shift();
    if (next === undefined) throw new Error("the search has stalled");
    now = next.ends;
    search.tell({
      task: next.task,
      outcome: "proposed",
      proposal: { steps: [], answer: answers[next.ordinal] },
    });
  }
  return { asked, cancelled: inFlight.length, time: now, solved: search.best()?.answer === right };
}

/** `5.4 (5.3 to 5.5)`: the mean and its 95% interval. */
function formatMean(values: readonly number[], digits: number, scale = 1): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const reach = 1.959964 * Math.sqrt(variance / values.length);
  const show = (value: number) => (scale * value).toFixed(digits);
  return `${show(mean)} (${show(mean - reach)} to ${show(mean + reach)})`;
}

const same = (left: string, other: string) => left === other;

console.log(`${problems} problems a world, seed "${seed}", up to ${samples} samples, ${slots} in flight`);
console.log("samples count all that was asked for, cancelled ones included; in brackets 95% intervals");
for (const world of worlds) {
  const [alpha, beta] = world.chance;
  console.log(
    `\n${world.name}: right with a chance from Beta(${alpha}, ${beta}), ${world.sharing} distractors`,
  );
  const drawn = Array.from({ length: problems }, (_, index) =>
    drawProblem(new Random(`${seed}/${world.name}/${world.sharing}/${index}`), world),
  );
  const fixed = drawn.map((problem) => play(bestOfN({ samples, score: false, same }), problem));
  const solved = proportion(fixed.filter((one) => one.solved).length, problems);
  const rounds = formatMean(
    fixed.map(({ time }) => time),
    2,
  );
  console.log(
    `  fixed             ${samples} samples; right ${formatProportion(solved)}; ${rounds} calls long`,
  );
  for (const confidence of [0.9, 0.95, 0.99]) {
    const played = drawn.map((problem) =>
      play(adaptiveVote({ samples, confidence, score: false, cancels: true, same }), problem),
    );
    const saved = played.map(({ asked }) => 1 - asked / samples);
    const lost = pairedDifference(played.map((one, index) => [one.solved, fixed[index]?.solved ?? false]));
    const parts = [
      `${formatMean(
        played.map(({ asked }) => asked),
        2,
      )} samples`,
      `${formatMean(
        played.map(({ cancelled }) => cancelled),
        2,
      )} of them cancelled`,
      `saved ${formatMean(saved, 1, 100)}%`,
      formatDifference(lost),
      `${formatMean(
        played.map(({ time }) => time),
        2,
      )} calls long`,
    ];
    console.log(`  confidence ${confidence.toFixed(2)}   ${parts.join("; ")}`);
    if (confidence !== 0.95) continue;
    const mean = saved.reduce((sum, part) => sum + part, 0) / problems;
    const met = mean >= world.bar && lost.difference * 100 >= -mostLost;
    console.log(
      `    the bar (at least ${100 * world.bar}% saved, at most ${mostLost} point lost): ${met ? "met" : "MISSED"}`,
    );
    if (!met) process.exitCode = 1;
  }
}
