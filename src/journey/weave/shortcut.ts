import { aggregateValues } from "../../rewards/aggregate.ts";
import { shortcuts } from "../../thought/traverse.ts";
import { latestScore, type Tree, type TreeNode } from "../../thought/tree.ts";

/** Which of a tree's shortcuts are taken. */
export const shortcutChoices = ["all", "shortest", "most-rewarded"] as const;
/** One of {@link shortcutChoices}. */
export type ShortcutChoice = (typeof shortcutChoices)[number];

/**
 * Shortcuts of a graded tree: paths from the root's child to a leaf with a right answer, in the order in which the leaves
 * were found; `shortest` is the one of fewest steps, `most-rewarded` the one whose steps' newest scores have the highest
 * mean, ties going to the older one. Paths of the same words count once. None where no leaf is right.
 */
export function chooseShortcuts(tree: Tree, choice: ShortcutChoice): TreeNode[][] {
  const paths = shortcuts(tree, (leaf) => leaf.correct === true);
  const distinct = paths.filter(
    (path, index) => paths.findIndex((other) => wordsOf(other) === wordsOf(path)) === index,
  );
  if (choice === "all") return distinct;
  const rank = choice === "shortest" ? (path: TreeNode[]) => -path.length : meanScore;
  const [first, ...others] = distinct;
  if (first === undefined) return [];
  return [others.reduce((best, path) => (rank(path) > rank(best) ? path : best), first)];
}

/** The steps of a path, in words; a leaf that holds the answer alone is no step. */
export function stepsOf(path: readonly TreeNode[]): string[] {
  return path.flatMap(({ text }) => (text === "" ? [] : text));
}

function wordsOf(path: readonly TreeNode[]): string {
  return stepsOf(path).join("\n");
}

function meanScore(path: readonly TreeNode[]): number {
  const values = path.flatMap((node) => latestScore(node)?.value ?? []);
  return values.length === 0 ? 0 : aggregateValues(values, "mean");
}
