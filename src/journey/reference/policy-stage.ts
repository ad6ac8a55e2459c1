import { basename, join } from "node:path";
import { writeJsonLines } from "../jsonl.ts";
import type { Stage } from "../stages/stage.ts";
import { type CountdownChoice, solvedCountdown } from "./countdown-problems.ts";
import type { JourneyRecipe } from "./journey-recipe.ts";
import { trainStage } from "./train-stage.ts";

/** How many problems have three and how many four numbers. */
export function sharesOf(count: number, fourNumbers: number): { numbers: 3 | 4; count: number }[] {
  const four = Math.round(count * fourNumbers);
  return [
    { numbers: 3 as const, count: count - four },
    { numbers: 4 as const, count: four },
  ].filter((share) => share.count > 0);
}

/** Writes the shortcuts of the gym's own solver: what the first policy learns, as the paper's learnt worked solutions. */
export function solutionsStage({ problems, seed }: JourneyRecipe): Stage {
  const { policy, fourNumbers } = problems;
  return {
    name: "solutions",
    settings: { policy, fourNumbers, seed },
    after: [],
    async run({ folder, progress }) {
      progress(`drawing ${policy} problems`);
      const choice: Pick<CountdownChoice, "split" | "seed"> = { split: "train", seed };
      const lines = sharesOf(policy, fourNumbers).flatMap((share) =>
        solvedCountdown({ ...choice, ...share }),
      );
      writeJsonLines(join(folder, "data.jsonl"), lines);
      return { lines: lines.length };
    },
  };
}

/** Trains the policy that trees are grown with, on shortcuts: stage 1 of the paper. */
export function policyStage({ model, tokenizer, seed, policy, engine }: JourneyRecipe): Stage {
  const { from, epochs, optimiser } = policy;
  const beginning = from === undefined ? { model, tokenizer } : { from };
  return trainStage({
    name: "policy",
    after: ["solutions"],
    recipe: (input) => ({
      ...{ method: "sft", name: "policy", seed, ...beginning, optimiser },
      stages: [{ data: join(input("solutions").folder, "data.jsonl"), epochs }],
    }),
    engine,
    settings: { model, seed, epochs, optimiser, engine, from: from === undefined ? null : basename(from) },
  });
}
