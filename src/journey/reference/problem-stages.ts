import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import type { Problem } from "../../problems/problem.ts";
import { readJsonLines, writeJsonLines } from "../jsonl.ts";
import type { Stage, StageDone, StagePlace } from "../stages/stage.ts";
import {
  type CountdownChoice,
  type CountdownPlace,
  countdownPlaces,
  novelties,
  problemAt,
  solvedAt,
} from "./countdown-problems.ts";
import type { JourneyRecipe } from "./journey-recipe.ts";

/** The file of problems of {@link growProblemsStage} and {@link testProblemsStage}. */
const PROBLEMS = "problems.jsonl";

/** The problems that trees are grown over. */
export const GROW_PROBLEMS = "grow-problems";
/** The problems that every model is evaluated on. */
export const TEST_PROBLEMS = "test-problems";

const problemLineSchema = z.strictObject({
  question: z.strictObject({ id: z.string(), text: z.string() }),
  gold: z.string(),
  family: z.string(),
  difficulty: z.number(),
  source: z.string(),
  split: z.enum(["train", "validation", "test"]),
  tags: z.record(z.string(), z.string()),
});

/** The problems that one of these stages wrote. */
export function readProblems({ folder }: Pick<StageDone, "folder">): Problem[] {
  return readJsonLines(join(folder, PROBLEMS), problemLineSchema);
}

/** `count` of the problems, spread evenly over their order, so that three and four numbers keep their shares. */
export function spread<Item>(items: readonly Item[], count: number): Item[] {
  return items.filter(
    (_, index) =>
      Math.floor(((index + 1) * count) / items.length) > Math.floor((index * count) / items.length),
  );
}

/** Writes the shortcuts of the gym's own solver: what the first policy learns, as the paper's learnt worked solutions. */
export function solutionsStage({ problems, seed }: JourneyRecipe): Stage {
  const { policy, fourNumbers } = problems;
  return {
    name: "solutions",
    settings: { policy, fourNumbers, seed },
    after: [],
    async run(place) {
      const choices = sharesOf(policy, fourNumbers).map(
        (share) => ({ split: "train", seed, ...share }) as const,
      );
      const lines = (await drawn(choices, place)).map(solvedAt);
      writeJsonLines(join(place.folder, "data.jsonl"), lines);
      return { lines: lines.length };
    },
  };
}

/** Draws the training problems that trees are grown over, none of which the policy learnt the solution of. */
export function growProblemsStage({ problems, seed }: JourneyRecipe): Stage {
  const { policy, grow, fourNumbers } = problems;
  return {
    name: GROW_PROBLEMS,
    settings: { policy, grow, fourNumbers, seed },
    after: [],
    async run(place) {
      const skips = new Map(sharesOf(policy, fourNumbers).map(({ numbers, count }) => [numbers, count]));
      const choices = sharesOf(grow, fourNumbers).map(
        ({ numbers, count }) => ({ split: "train", seed, numbers, count, skip: skips.get(numbers) }) as const,
      );
      return writeProblems(await drawn(choices, place), place);
    },
  };
}

/** Draws the problems of the evaluation: each kind of novelty with three numbers, and a row of four. */
export function testProblemsStage({ problems, evaluate, seed }: JourneyRecipe): Stage {
  const { test, testFourNumbers } = problems;
  const { split } = evaluate;
  return {
    name: TEST_PROBLEMS,
    settings: { test, testFourNumbers, split, seed },
    after: [],
    async run(place) {
      const choice = { split, seed };
      const choices = [
        ...novelties.map((novelty) => ({ ...choice, numbers: 3, count: test[novelty], novelty })),
        { ...choice, numbers: 4, count: testFourNumbers, novelty: "both new" as const },
      ];
      return writeProblems(await drawn(choices, place), place);
    },
  };
}

/** How many problems have three and how many four numbers. */
function sharesOf(count: number, fourNumbers: number): { numbers: 3 | 4; count: number }[] {
  const four = Math.round(count * fourNumbers);
  return [
    { numbers: 3 as const, count: count - four },
    { numbers: 4 as const, count: four },
  ].filter((share) => share.count > 0);
}

/** Draws all choices, one after the other; says how far it is, and can be stopped between two problems. */
async function drawn(choices: readonly CountdownChoice[], { signal, progress }: StagePlace) {
  const all = choices.reduce((sum, { count }) => sum + count, 0);
  const places: CountdownPlace[] = [];
  for (const choice of choices) {
    for (const place of countdownPlaces(choice)) {
      if (places.push(place) % 100 > 0) continue;
      progress(`${places.length} of ${all} problems drawn`);
      await setImmediate();
      signal.throwIfAborted();
    }
  }
  return places;
}

function writeProblems(places: readonly CountdownPlace[], { folder }: StagePlace): StageDone["result"] {
  const lines = places.map(problemAt);
  writeJsonLines(join(folder, PROBLEMS), lines);
  const sets = new Set(lines.map(({ tags }) => tags["set"]));
  return { problems: lines.length, sets: sets.size };
}
