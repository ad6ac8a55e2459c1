import { join } from "node:path";
import { readJsonLines } from "../jsonl.ts";
import type { StageDone } from "../stages/stage.ts";
import type { Seeds } from "./arm-results.ts";
import { ATTEMPTS, type Attempt, attemptSchema } from "./evaluate-stage.ts";
import type { ArmKind, JourneyRecipe } from "./journey-recipe.ts";
import { armName } from "./journey-stages.ts";

/** What a report is written of. */
export interface JourneyResults {
  recipe: JourneyRecipe;
  /** What each stage made, by its name. */
  done: ReadonlyMap<string, StageDone>;
  /** The command that does it again. */
  command: string;
  /** Version and commit that it was done with. */
  version: string;
}

/** All answers of one arm, or of the first policy. */
export interface ArmAnswers {
  name: ArmKind | "policy";
  /** Of each seed. */
  greedy: Seeds;
  sampled: Seeds;
}

/** Reads the answers that the evaluation stages kept: of the first policy, then of each arm. */
export function readArms({ recipe, done }: JourneyResults): ArmAnswers[] {
  const answersOf = (name: ArmAnswers["name"], stages: string[]): ArmAnswers => {
    const seeds = stages.map((stage) => {
      const found = done.get(`evaluate-${stage}`);
      return found === undefined ? [] : readJsonLines(join(found.folder, ATTEMPTS), attemptSchema);
    });
    const by = (decoding: Attempt["decoding"]) =>
      seeds.map((attempts) => attempts.filter((attempt) => attempt.decoding === decoding));
    return { name, greedy: by("greedy"), sampled: by("sampled") };
  };
  return [
    answersOf("policy", ["policy"]),
    ...recipe.arms.map((arm) =>
      answersOf(
        arm,
        recipe.seeds.map((seed) => armName(arm, seed)),
      ),
    ),
  ];
}
