import { join } from "node:path";
import { createRegistry } from "../../models/registry.ts";
import type { Problem } from "../../problems/problem.ts";
import type { PartialSettings } from "../../strategies/settings.ts";
import { completeRequest } from "../../strategies/think-request.ts";
import { GROW, growTrees } from "../grow/grow-trees.ts";
import type { Json, Stage } from "../stages/stage.ts";
import type { JourneyRecipe } from "./journey-recipe.ts";
import { GROW_PROBLEMS, readProblems, spread } from "./problem-stages.ts";
import { modelIn, withStageRun } from "./stage-run.ts";
import { modelFolder } from "./train-stage.ts";

/** Grows a tree over each training problem with the first policy, all leaves graded. */
export function growStage(recipe: JourneyRecipe): Stage {
  const { grow, seed } = recipe;
  return growingStage({
    ...{ name: "trees", after: "policy", strategy: GROW, seed },
    problems: (all) => all,
    settings: { ...grow, reward: "likelihood" },
    decidedBy: { grow, seed },
  });
}

/** Samples thoughts of one model for preference pairs, all of them graded. */
export function samplesStage(recipe: JourneyRecipe, name: string, after: string, seed: number): Stage {
  const { dpo } = recipe;
  const { samples, temperature, topP } = dpo;
  return growingStage({
    ...{ name, after, strategy: "vote", seed },
    problems: (all) => spread(all, dpo.problems),
    settings: { samples, temperature, topP, confidence: 1, maxTokens: recipe.evaluate.maxTokens },
    decidedBy: {
      ...{ problems: dpo.problems, samples, temperature, topP },
      ...{ maxTokens: recipe.evaluate.maxTokens, seed },
    },
  });
}

interface Growing {
  name: string;
  /** The stage whose model grows. */
  after: string;
  strategy: string;
  /** Which of the problems of growth. */
  problems(all: Problem[]): Problem[];
  settings: PartialSettings;
  decidedBy: Json;
  seed: number;
}

function growingStage({ name, after, strategy, problems, settings, decidedBy, seed }: Growing): Stage {
  return {
    name,
    after: [after, GROW_PROBLEMS],
    settings: decidedBy,
    async run({ folder, input, signal, progress }) {
      const model = modelIn(modelFolder(input(after).folder));
      const all = problems(readProblems(input(GROW_PROBLEMS)));
      const request = completeRequest({ model, strategy, settings: { ...settings, seed } });
      const counts = { trees: 0, steps: 0, right: 0, wrong: 0, withRight: 0, failed: 0, outputTokens: 0 };
      const run = { command: "grow", request: { stage: name }, models: { policy: model }, seed };
      await withStageRun(join(folder, "runs"), run, async (log) => {
        const growing = { problems: all, request, run: log, registry: createRegistry({}, {}), signal };
        for await (const grown of growTrees(growing)) {
          counts.trees++;
          if ("failed" in grown) counts.failed++;
          else {
            counts.steps += grown.steps;
            counts.right += grown.right;
            counts.wrong += grown.wrong;
            counts.withRight += grown.right > 0 ? 1 : 0;
            counts.outputTokens += grown.usage.outputTokens;
          }
          progress(`${counts.trees} of ${all.length} trees, ${counts.withRight} with a right leaf`);
        }
      });
      return counts;
    },
  };
}
