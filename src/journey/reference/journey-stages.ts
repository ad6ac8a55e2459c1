import { join } from "node:path";
import { writeJsonLines } from "../jsonl.ts";
import type { Stage } from "../stages/stage.ts";
import { evaluateStage } from "./evaluate-stage.ts";
import { growStage, samplesStage } from "./grow-stage.ts";
import { type ArmKind, goesOnFrom, type JourneyRecipe } from "./journey-recipe.ts";
import { policyStage } from "./policy-stage.ts";
import {
  GROW_PROBLEMS,
  growProblemsStage,
  readProblems,
  solutionsStage,
  testProblemsStage,
} from "./problem-stages.ts";
import { modelFolder, trainStage } from "./train-stage.ts";
import { pairsStage, weaveStage } from "./weave-stage.ts";

/** The name of the stage that trains an arm with one seed. */
export function armName(arm: ArmKind, seed: number): string {
  return `${arm}-seed-${seed}`;
}

/**
 * All stages of the reference journey, in an order in which each stands behind what it reads: a first policy, trees, the
 * thoughts woven of them, and for each seed the arms of the second stage with their evaluations.
 */
export function journeyStages(recipe: JourneyRecipe): Stage[] {
  return [
    solutionsStage(recipe),
    growProblemsStage(recipe),
    testProblemsStage(recipe),
    policyStage(recipe),
    evaluateStage(recipe, "policy"),
    growStage(recipe),
    weaveStage(recipe),
    ...(recipe.arms.some((arm) => arm.endsWith("-rl")) ? [questionsStage()] : []),
    ...recipe.seeds.flatMap((seed) =>
      recipe.arms.flatMap((arm) => [
        ...armStages(recipe, arm, seed),
        evaluateStage(recipe, armName(arm, seed)),
      ]),
    ),
  ];
}

function armStages(recipe: JourneyRecipe, arm: ArmKind, seed: number): Stage[] {
  const name = armName(arm, seed);
  switch (arm) {
    case "shortcut-examples":
      return [imitationStage(recipe, { name, seed, data: "shortcut" })];
    case "shortcut-tokens":
      return [imitationStage(recipe, { name, seed, data: "shortcut", tokensOf: "journey-refined" })];
    case "journey-draft":
    case "journey-refined":
      return [imitationStage(recipe, { name, seed, data: arm })];
    case "journey-dpo": {
      const refined = armName(goesOnFrom[arm], seed);
      const [samples, pairs] = [`samples-seed-${seed}`, `pairs-seed-${seed}`];
      return [
        samplesStage(recipe, samples, refined, seed),
        pairsStage(recipe, pairs, samples),
        preferenceStage(recipe, { name, seed, pairs, from: refined }),
      ];
    }
    case "journey-rl":
    case "shortcut-rl":
      return [reinforcementStage(recipe, { name, seed, from: armName(goesOnFrom[arm], seed) })];
  }
}

interface Imitation {
  name: string;
  seed: number;
  /** The data set of the weaving that is learnt. */
  data: string;
  /** The data set whose number of tokens is matched, in place of its number of examples. */
  tokensOf?: string;
}

function imitationStage({ second, engine }: JourneyRecipe, { name, seed, data, tokensOf }: Imitation): Stage {
  return trainStage({
    name,
    after: ["policy", "thoughts"],
    engine,
    settings: { second, seed, data, tokensOf: tokensOf ?? null, engine },
    recipe(input) {
      const { folder, result } = input("thoughts");
      const measured = tokensOf === undefined ? undefined : tokensIn(result[tokensOf]);
      const amount =
        measured === undefined ? { epochs: second.epochs } : { tokens: measured * second.epochs };
      return {
        ...{
          method: "sft",
          name,
          seed,
          from: modelFolder(input("policy").folder),
          optimiser: second.optimiser,
        },
        stages: [{ data: join(folder, `${data}.jsonl`), ...amount }],
      };
    },
  });
}

function tokensIn(counts: unknown): number {
  if (
    typeof counts === "object" &&
    counts !== null &&
    "tokens" in counts &&
    typeof counts.tokens === "number"
  )
    return counts.tokens;
  throw new RangeError("the weaving has not counted its tokens");
}

function preferenceStage(
  { dpo }: JourneyRecipe,
  { name, seed, pairs, from }: { name: string; seed: number; pairs: string; from: string },
): Stage {
  const { beta, optimiser } = dpo;
  return trainStage({
    name,
    after: [from, pairs],
    settings: { beta, optimiser, seed },
    recipe: (input) => ({
      ...{ method: "dpo", name, seed, beta, optimiser, from: modelFolder(input(from).folder) },
      data: join(input(pairs).folder, "preference.jsonl"),
    }),
  });
}

/** Writes the problems of growth as those that are learnt by trying: a question and its reference answer a line. */
function questionsStage(): Stage {
  return {
    name: "questions",
    settings: {},
    after: [GROW_PROBLEMS],
    async run({ folder, input }) {
      const lines = readProblems(input(GROW_PROBLEMS)).map(({ question, gold, source, family }) => ({
        ...{ question: question.text, answer: gold, source, family },
      }));
      writeJsonLines(join(folder, "data.jsonl"), lines);
      return { lines: lines.length };
    },
  };
}

function reinforcementStage(
  { rl, evaluate }: JourneyRecipe,
  { name, seed, from }: { name: string; seed: number; from: string },
): Stage {
  const { maxTokens } = evaluate;
  return trainStage({
    name,
    after: [from, "questions"],
    settings: { rl, maxTokens, seed },
    recipe: (input) => ({
      ...{ method: "grpo", name, seed, ...rl, maxTokens, from: modelFolder(input(from).folder) },
      problems: { data: join(input("questions").folder, "data.jsonl") },
    }),
  });
}
