import { basename, join } from "node:path";
import type { Stage } from "../stages/stage.ts";
import type { JourneyRecipe } from "./journey-recipe.ts";
import { trainStage } from "./train-stage.ts";

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
