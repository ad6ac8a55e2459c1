import type { Random } from "../../thought/random.ts";
import { stepsTo, type TreeNode } from "../../thought/tree.ts";
import type { PreferenceLine } from "../dataset.ts";
import type { GradedThought } from "../read-trees.ts";

/** Preference pairs of one problem. */
export interface Pairs {
  lines: PreferenceLine[];
  /** Why there are fewer than asked for, if there are. */
  fault?: string | undefined;
}

/**
 * Pairs of a right and a wrong thought about one problem, drawn by lot (O1 Journey, part 1: 20 samples, of which 5 right
 * and 5 wrong ones make 5 pairs). Thoughts of the same words count once. Where there are fewer of either kind, there are
 * fewer pairs.
 *
 * @param thoughts everything that was thought about the problem: one tree, or several samples; at least one
 */
export function pairsOf(thoughts: readonly GradedThought[], count: number, random: Random): Pairs {
  const [first] = thoughts;
  if (first === undefined) return { lines: [] };
  const leaves = thoughts.flatMap(({ thought }) => [...thought.tree.nodes()]);
  const graded = (correct: boolean): Attempt[] =>
    distinct(leaves.filter((leaf) => leaf.answer !== undefined && leaf.correct === correct));
  const [right, wrong] = [graded(true), graded(false)];
  const chosen = random.fork("chosen").shuffle(right).slice(0, count);
  const rejected = random.fork("rejected").shuffle(wrong).slice(0, count);
  const { id, run, question, problem } = first;
  const source = { run, question: question.id, problem: problem.problem, family: problem.family };
  const lines = chosen.flatMap((good, index): PreferenceLine[] => {
    const bad = rejected[index];
    if (bad === undefined) return [];
    const pair = { chosen: good, rejected: bad };
    return [{ id: `${id}/${index}`, question: question.text, ...pair, kind: "preference", source }];
  });
  if (lines.length === count) return { lines };
  const short = right.length < count ? "right" : "wrong";
  return { lines, fault: `fewer than ${count} ${short} thoughts` };
}

type Attempt = PreferenceLine["chosen"];

function distinct(leaves: readonly TreeNode[]): Attempt[] {
  const byWords = new Map<string, Attempt>();
  for (const leaf of leaves) {
    const thought = stepsTo(leaf).filter((step) => step !== "");
    const answer = leaf.answer ?? "";
    const words = [...thought, answer].join("\n");
    if (!byWords.has(words)) byWords.set(words, { thought, answer });
  }
  return [...byWords.values()];
}
