import { drawAt, example, gymProblem } from "../../problems/gym/gym.ts";
import { splitOf } from "../../problems/gym/splits.ts";
import type { Split } from "../../problems/problem.ts";
import { InputError } from "../../thought/errors.ts";

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
  /** How many of the stream's problems to pass over: those that another choice took. Default: none. */
  skip?: number | undefined;
  /** Only problems of this novelty, whose other contents are training's. Default: all of the split. */
  novelty?: Novelty | undefined;
}

/** Where the gym has a problem of a choice, with its set of numbers and its target. */
export interface CountdownPlace {
  at: { family: string; split: Split; seed: number; index: number };
  numbers: number;
  /** The numbers in order, with commas. */
  set: string;
  novelty: Novelty | "none";
}

/** A Countdown problem as a data set's line: with the shortcut that the gym's own solver writes. */
interface SolvedProblem {
  id: string;
  question: string;
  thought: string[];
  answer: string;
}

/** So many draws in a row without a new problem mean that there are none left. */
const FRUITLESS = 3_000;

/**
 * The places of a choice's problems, no set of numbers and target twice. Three numbers from 1 to 25 make 13,441 training
 * problems, and 198 that are new in both set and target to test on: throws an InputError where a choice wants more than
 * can be found.
 */
export function* countdownPlaces(choice: CountdownChoice): Generator<CountdownPlace> {
  const { split, numbers, count, seed, skip = 0, novelty } = choice;
  const known = new Set<string>();
  let fruitless = 0;
  for (let index = 0; known.size < skip + count; index++) {
    if (++fruitless > FRUITLESS) throw tooMany(choice, known.size);
    const at = { family: "countdown", split, seed, index };
    const [set = "", target = ""] = drawAt(at).drawn.keys;
    const key = `${set} ${target}`;
    if (set.split(",").length !== numbers || known.has(key)) continue;
    const found = noveltyOf(set, target, split);
    if (novelty !== undefined && found !== novelty) continue;
    known.add(key);
    fruitless = 0;
    if (known.size > skip) yield { at, numbers, set, novelty: found ?? "none" };
  }
}

function tooMany({ numbers, count, skip = 0, novelty, split }: CountdownChoice, found: number): InputError {
  const kind = novelty === undefined ? "" : ` (${novelty})`;
  return new InputError(
    `${split} has about ${found} problems of ${numbers} numbers${kind}, and ${skip + count} are asked for: lower problems in the recipe`,
  );
}

/** The problem at a place, with the tags `numbers`, `set` and `novelty`, by which reports group and cluster. */
export function problemAt({ at, numbers, set, novelty }: CountdownPlace) {
  return { ...gymProblem(at), split: at.split, tags: { numbers: String(numbers), set, novelty } };
}

/** The problem at a place with its shortcut, for a first policy to learn from. */
export function solvedAt({ at }: CountdownPlace): SolvedProblem {
  const { family, split, seed, index } = at;
  const { question, thought, answer } = example({ ...at, style: "shortcut" });
  return { id: `gym/${family}/${split}/${seed}/${index}`, question, thought, answer };
}

/** What of a problem is new; undefined for a training problem, and where contents of another held-out split are in it. */
function noveltyOf(set: string, target: string, split: Split): Novelty | undefined {
  if (split === "train") return undefined;
  const [ofSet, ofTarget] = [splitOf(set), splitOf(target)];
  if (ofSet === split && ofTarget === split) return "both new";
  if (ofSet === split && ofTarget === "train") return "new set";
  return ofSet === "train" && ofTarget === split ? "new target" : undefined;
}
