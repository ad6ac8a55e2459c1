import type { Split } from "../problems/problem.ts";
import { type CountdownBestOf, countdownBestOf } from "./countdown-best-of.ts";
import { type Accuracy, accuracyOf, answerAll, type Generator, greedy } from "./gym-accuracy.ts";
import { type GymGroup, groupProblems, gymGroups } from "./gym-problems.ts";

/** One line of the table. */
export interface GroupResult {
  group: string;
  /** One greedy sample after thinking, in phrasings that were trained. */
  trained: Accuracy;
  /** The same in phrasings that were held out. */
  heldOut: Accuracy;
  /** One greedy answer without thinking, trained phrasings. */
  direct: Accuracy;
}

/** Everything that the results part of the model card shows. */
export interface NanoResults {
  split: Split;
  seed: number;
  groups: readonly GroupResult[];
  /** On the Countdown problems with three numbers of the column `trained`. */
  countdown: CountdownBestOf;
  /** Temperature of {@link NanoResults.countdown}. */
  temperature: number;
}

/** Options of {@link measureNano}. */
export interface MeasureOptions {
  /** Default `test`; `validation` while settings are still being chosen. */
  split?: Split;
  /** Which problems are drawn, and the random draws of best of 8. Default 1. */
  seed?: number;
  /** Problems a group and phrasing; without thinking, at most 200. Default 500. */
  problems?: number;
  /** Which lines the table has. Default {@link gymGroups}. */
  groups?: readonly GymGroup[];
  /** Told what is being answered, and how many of it are. */
  onProgress?: (what: string, done: number, all: number) => void;
}

const directProblems = 200;
const bestOf = { samples: 8, temperature: 0.8 };

/** Measures a generator on every group of gym problems, and best of 8 with the checker on Countdown with three numbers. */
export async function measureNano(
  generate: Generator,
  { split = "test", seed = 1, problems = 500, groups = gymGroups, onProgress }: MeasureOptions = {},
): Promise<NanoResults> {
  const progress = (what: string) => (done: number, all: number) => onProgress?.(what, done, all);
  const measure = async (
    group: GymGroup,
    phrasing: "trained" | "held-out",
    thinking: boolean,
  ): Promise<Accuracy> => {
    const count = thinking ? problems : Math.min(problems, directProblems);
    const graded = await answerAll(groupProblems(group, { split, phrasing, seed, count }), generate, {
      asking: { ...greedy, thinking },
      onProgress: progress(`${group.name}, ${phrasing} phrasings${thinking ? "" : ", without thinking"}`),
    });
    return accuracyOf(graded);
  };
  const results: GroupResult[] = [];
  for (const group of groups) {
    results.push({
      group: group.name,
      trained: await measure(group, "trained", true),
      heldOut: await measure(group, "held-out", true),
      direct: await measure(group, "trained", false),
    });
  }
  const three = groupProblems(
    { name: "countdown", family: "countdown", numbers: 3 },
    { split, phrasing: "trained", seed, count: problems },
  );
  const countdown = await countdownBestOf(three, generate, {
    ...bestOf,
    seed,
    onProgress: progress(`countdown, 3 numbers, best of ${bestOf.samples}`),
  });
  return { split, seed, groups: results, countdown, temperature: bestOf.temperature };
}
