import { drawAt, example, gymProblem } from "../../problems/gym/gym.ts";
import { splitOf } from "../../problems/gym/splits.ts";
import type { Problem, Split } from "../../problems/problem.ts";

/** What of a problem was never trained on: its set of numbers, its target, or both. */
export const novelties = ["new set", "new target", "both new"] as const;
/** One of {@link novelties}. */
export type Novelty = (typeof novelties)[number];

/** Which Countdown problems are meant. The same choice gives the same problems. */
export interface CountdownChoice {
  split: Split;
  /** How many numbers a problem has, 3 or 4. */
  numbers: number;
  count: number;
  /** Draws the problems; choices of different seeds are different streams, whose problems may meet. */
  seed: number;
  /** Only problems of this novelty, whose other contents are training's. Default: all of the split. */
  novelty?: Novelty | undefined;
}

/** A Countdown problem as a data set's line: with the shortcut that the gym's own solver writes. */
export interface SolvedProblem {
  id: string;
  question: string;
  thought: string[];
  answer: string;
}

/**
 * Problems of a choice, no set of numbers and target twice. Each has the tags `numbers`, `set` and `novelty`, by which
 * reports group and cluster.
 */
export function countdownProblems(choice: CountdownChoice): Problem[] {
  return places(choice).map(({ place, keys }) => {
    const [set = "", target = ""] = keys;
    const tags = {
      numbers: String(choice.numbers),
      set,
      novelty: noveltyOf(set, target, choice.split) ?? "none",
    };
    return { ...gymProblem(place), tags };
  });
}

/** Problems of a choice with their shortcuts, for a first policy to learn from. */
export function solvedCountdown(choice: CountdownChoice): SolvedProblem[] {
  return places(choice).map(({ place }) => {
    const { family, split, seed, index } = place;
    const { question, thought, answer } = example({ ...place, style: "shortcut" });
    return { id: `gym/${family}/${split}/${seed}/${index}`, question, thought, answer };
  });
}

function places({ split, numbers, count, seed, novelty }: CountdownChoice) {
  const found: { place: { family: string; split: Split; seed: number; index: number }; keys: string[] }[] =
    [];
  const known = new Set<string>();
  for (let index = 0; found.length < count; index++) {
    const place = { family: "countdown", split, seed, index };
    const keys = [...drawAt(place).drawn.keys];
    const [set = "", target = ""] = keys;
    if (set.split(",").length !== numbers || known.has(keys.join())) continue;
    if (novelty !== undefined && noveltyOf(set, target, split) !== novelty) continue;
    known.add(keys.join());
    found.push({ place, keys });
  }
  return found;
}

/** What of a problem is new; undefined for a training problem, and where contents of another held-out split are in it. */
function noveltyOf(set: string, target: string, split: Split): Novelty | undefined {
  if (split === "train") return undefined;
  const [ofSet, ofTarget] = [splitOf(set), splitOf(target)];
  if (ofSet === split && ofTarget === split) return "both new";
  if (ofSet === split && ofTarget === "train") return "new set";
  return ofSet === "train" && ofTarget === split ? "new target" : undefined;
}
