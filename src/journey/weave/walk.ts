import type { Random } from "../../thought/random.ts";
import { walkDepthFirst } from "../../thought/traverse.ts";
import { latestScore, type Tree, type TreeNode } from "../../thought/tree.ts";
import { type Outcome, outcomesOf } from "./merged-tree.ts";

/** One thing that happens in a long thought, before it is put into words. */
export type Beat =
  /** A step; `right` where it lies on the way to the answer. */
  | { kind: "step"; node: TreeNode; right: boolean }
  /** What an agent said of the thought so far. */
  | { kind: "remark"; text: string }
  /** From the end of a wrong turn back to where the thought goes on; `turn` are the steps that were for nothing. */
  | { kind: "return"; to: TreeNode; turn: readonly TreeNode[] };

/** How a tree is walked. */
export interface WalkOptions {
  /** Most children tried at a node of the path, the right one among them, at least 1. Default 2. */
  trials?: number | undefined;
  /**
   * How likely wrong turns are taken where there are some, in [0, 1]; or `policy`: as often as the policy itself went
   * wrong there, its children tried in a random order until one leads to a right leaf. Default 1.
   */
  chance?: number | "policy" | undefined;
}

/** Rewards that say how likely a step is, not whether it is right. */
const noVerdict = new Set(["likelihood", "vote"]);

/**
 * The depth-first walk that a long thought tells (O1 Journey, part 1, arXiv 2410.18982): at each node of the path up to
 * `trials - 1` wrong children are tried before the right one, each followed to a wrong end by one random child after
 * another, and each followed by a return to the path.
 *
 * A child is wrong where no leaf below it is right, and either some leaf below it was graded wrong or a reward that
 * judges steps gave it up. What nobody followed up is neither right nor wrong, and is not told.
 *
 * @param tree graded and merged
 * @param path the way to a right leaf, the root left out
 */
export function walkTree(
  tree: Tree,
  path: readonly TreeNode[],
  random: Random,
  { trials = 2, chance = 1 }: WalkOptions = {},
): Beat[] {
  const outcomes = outcomesOf(tree);
  const next = new Map<TreeNode, TreeNode>();
  for (const [index, node] of path.entries()) next.set(path[index - 1] ?? tree.root, node);

  const tried = (node: TreeNode): TreeNode[] => {
    const right = next.get(node);
    const onPath = right !== undefined || node === path.at(-1);
    if (!onPath)
      return random.shuffle(node.children.filter((child) => endsWrong(outcomes.get(child)))).slice(0, 1);
    if (right === undefined) return [];
    const lot = random.fork(node.id);
    const isTurn = (child: TreeNode): boolean => isWrong(child, outcomes.get(child));
    return [...wrongTurns(node.children, isTurn, lot).slice(0, trials - 1), right];
  };

  /** The wrong children of a path's node that are tried, in a random order. */
  function wrongTurns(
    children: readonly TreeNode[],
    isTurn: (child: TreeNode) => boolean,
    lot: Random,
  ): TreeNode[] {
    if (chance !== "policy") return lot.chance(chance) ? lot.shuffle(children.filter(isTurn)) : [];
    const known = children.filter((child) => isTurn(child) || (outcomes.get(child)?.right ?? 0) > 0);
    const order = lot.shuffle(known);
    return order.slice(
      0,
      order.findIndex((child) => !isTurn(child)),
    );
  }

  const beats: Beat[] = [];
  const onPath = new Set(path);
  let turn: TreeNode[] = [];
  for (const move of walkDepthFirst(tree.root, tried)) {
    if (move.kind === "return") {
      beats.push({ kind: "return", to: move.to, turn });
      turn = [];
    } else {
      const right = onPath.has(move.node);
      if (!right) turn.push(move.node);
      beats.push({ kind: "step", node: move.node, right });
    }
  }
  return beats;
}

function endsWrong(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && outcome.right === 0 && outcome.wrong > 0;
}

function isWrong(node: TreeNode, outcome: Outcome | undefined): boolean {
  if (outcome === undefined || outcome.right > 0) return false;
  if (outcome.wrong > 0) return true;
  const score = latestScore(node);
  return node.pruned !== undefined && score !== undefined && score.value < 0.5 && !noVerdict.has(score.by);
}
