import { Random } from "../../thought/random.ts";
import type { Grade, Problem, Split } from "../problem.ts";
import type { Drawn, Style } from "./family.ts";
import { addNoise } from "./noise.ts";
import { families, findFamily } from "./registry.ts";
import { splitOfAll } from "./splits.ts";

/** Which of the gym's endlessly many problems is meant. The same place always gives the same problem. */
export interface GymPlace {
  /** The name of a family. */
  family: string;
  split: Split;
  seed: number;
  index: number;
  /** The largest size drawn, 0 to 1; default 1, the whole family. */
  difficulty?: number;
  /** Default `trained`. */
  phrasing?: "trained" | "held-out";
}

/** A problem written out for training: the question, the lines of the thought, the answer. */
export interface Example {
  question: string;
  thought: string[];
  answer: string;
}

/** Draws the problem at a place, with the random streams for its wording and for the turns of its thought. */
export function drawAt(place: GymPlace): { drawn: Drawn; wording: Random; turns: Random } {
  const family = findFamily(place.family);
  const random = new Random(`gym/${place.family}/${place.split}/${place.seed}/${place.index}`);
  const wording = random.fork("wording");
  const turns = random.fork("turns");
  for (let attempt = 0; ; attempt++) {
    const drawn = family.draw(random.fork(attempt), place.difficulty ?? 1, place.split);
    if (splitOfAll(drawn.keys) === place.split) return { drawn, wording, turns };
  }
}

/** The problem at a place, asked cleanly (no typing noise). Throws a SojournError for an unknown family. */
export function gymProblem(place: GymPlace): Problem {
  const { drawn, wording } = drawAt(place);
  const { family, split, seed, index, difficulty = 1, phrasing = "trained" } = place;
  const heldOut = phrasing === "held-out";
  return {
    question: {
      id: `gym/${family}/${split}/${phrasing}/${seed}/${index}`,
      text: drawn.ask(heldOut, wording),
    },
    gold: drawn.gold,
    family,
    difficulty,
    source: "gym",
    split,
  };
}

/** The training example at a place, with a little typing noise. Throws a SojournError for an unknown family. */
export function example(place: GymPlace & { style: Style }): Example {
  const { drawn, wording, turns } = drawAt(place);
  const clean = drawn.ask(place.phrasing === "held-out", wording);
  const thought = drawn.think(place.style, turns);
  return { question: addNoise(clean, wording), thought, answer: drawn.conclude(thought) };
}

/** Grades an answer to a gym problem exactly. Throws a SojournError when the problem's family is no gym family. */
export function gradeGym(problem: Pick<Problem, "family" | "gold">, answer: string): Grade {
  return findFamily(problem.family).grade(problem.gold, answer);
}

/** The names of the gym's families. */
export const familyNames: readonly string[] = families.map((family) => family.name);
