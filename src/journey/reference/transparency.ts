import type { JourneyRecipe } from "./journey-recipe.ts";

/** One yes/no item of the transparency index. */
export interface TransparencyItem {
  part: "data" | "methodology" | "evaluation" | "open source";
  item: string;
  points: number;
  /** Where it can be seen; absent where the answer is no. */
  where?: string | undefined;
}

/**
 * The transparency index of O1 Journey, part 2 (arXiv 2411.16489): 25 yes/no items over data (14 points), methodology (33),
 * evaluation (24) and open source (29). The items are in our words, and the points within a part are ours.
 *
 * An item is yes where this run did it and it can be seen; what a run cannot know of, such as whether its files were
 * published, is no.
 *
 * @param command how the journey is done again
 */
export function transparencyIndex(
  { arms, seeds, smoke }: JourneyRecipe,
  command: string,
): TransparencyItem[] {
  const when = (done: boolean, where: string): string | undefined => (done ? where : undefined);
  const data = (item: string, points: number, where?: string): TransparencyItem => ({
    ...{ part: "data", item, points, where },
  });
  const method = (item: string, points: number, where?: string): TransparencyItem => ({
    ...{ part: "methodology", item, points, where },
  });
  const evaluated = (item: string, points: number, where?: string): TransparencyItem => ({
    ...{ part: "evaluation", item, points, where },
  });
  const open = (item: string, points: number, where?: string): TransparencyItem => ({
    ...{ part: "open source", item, points, where },
  });
  return [
    data("where the problems come from", 3, "src/problems/gym, drawn by seed"),
    data("how they were chosen and split", 3, "src/journey/reference/countdown-problems.ts"),
    data("how the thoughts were made", 3, "src/journey/weave"),
    data("how the thoughts were checked", 3, "every leaf is graded in the trees' log"),
    data("how much data each arm learnt", 2, "the table of data sets"),
    method("the base model and its size", 4, "the recipe's model, trained from fresh weights"),
    method("how trees are searched", 4, "src/search/tree-growth.ts"),
    method("what scores steps", 3, "likelihood for keeping, the grade of leaves for right and wrong"),
    method("how trees become long thoughts", 4, "src/journey/weave/walk.ts"),
    method("how supervised training is done", 4, "src/train, the recipe's optimisers"),
    method(
      "how preferences are trained",
      4,
      when(arms.includes("journey-dpo"), "src/train, the recipe's dpo"),
    ),
    method(
      "how reinforcement learning is done",
      4,
      when(
        arms.some((arm) => arm.endsWith("-rl")),
        "src/train, the recipe's rl",
      ),
    ),
    method("all settings, seeds among them", 3, "the recipe below"),
    method("settings that were tried and not taken", 3),
    evaluated("what is measured, and on which problems", 5, "the table of accuracy"),
    evaluated("how answers are graded", 4, "src/problems/gym/countdown-checker.ts"),
    evaluated(
      "baselines, a model-free one among them",
      5,
      when(arms.includes("shortcut-examples"), "shortcuts and random moves"),
    ),
    evaluated(
      "intervals and several seeds",
      5,
      when(seeds.length > 1 && !smoke, "the tables of accuracy and of seeds"),
    ),
    evaluated(
      "comparison at equal cost",
      5,
      when(arms.includes("shortcut-examples"), "the table at equal tokens"),
    ),
    open("the code", 5, "the commit below"),
    open("the data, published", 5),
    open("the weights, published", 5),
    open("the training and evaluation can be done again by one command", 5, command),
    open("the raw outputs, published", 5),
    open("a paper or report with what did not work", 4, "this report"),
  ];
}
