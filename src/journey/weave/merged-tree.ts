import { Tree, type TreeNode } from "../../thought/tree.ts";

/**
 * A tree in which a step that was proposed several times at one place stands once, with everything that came below any of
 * its copies: completions that begin like a proposal are branches of it. Nodes bear the id of the first copy. A leaf is
 * another node than an open step of the same text. What a failed or cut proposal left without a text is left out.
 */
export function mergeTree(tree: Tree): Tree {
  const merged = new Tree();
  merged.root.scores.push(...tree.root.scores);
  const places = new Map<TreeNode, TreeNode>([[tree.root, merged.root]]);
  // A parent stands before its children.
  for (const node of tree.nodes()) {
    const parent = node.parent === undefined ? undefined : places.get(node.parent);
    if (parent === undefined) continue;
    if (node.text === "" && node.answer === undefined) {
      places.set(node, parent);
      continue;
    }
    const twin = parent.children.find(({ text, answer }) => text === node.text && answer === node.answer);
    const place = twin ?? copyBelow(merged, parent, node);
    if (twin !== undefined && twin.scores.length === 0) twin.scores.push(...node.scores);
    places.set(node, place);
  }
  return merged;
}

function copyBelow(merged: Tree, parent: TreeNode, { id, text, scores, ...rest }: TreeNode): TreeNode {
  const { answer, pruned, cut, meanLogprob, correct } = rest;
  const copy = merged.add(id, parent, text);
  copy.scores.push(...scores);
  return Object.assign(copy, { answer, pruned, cut, meanLogprob, correct });
}

/** How the graded leaves at or below a node came out. */
export interface Outcome {
  right: number;
  wrong: number;
}

/** The outcome of every node of a graded tree. Leaves that nobody graded count for neither. */
export function outcomesOf(tree: Tree): Map<TreeNode, Outcome> {
  const outcomes = new Map<TreeNode, Outcome>();
  for (const node of tree.nodes()) outcomes.set(node, { right: 0, wrong: 0 });
  for (const leaf of tree.nodes()) {
    if (leaf.correct === undefined || leaf.answer === undefined) continue;
    for (let at: TreeNode | undefined = leaf; at !== undefined; at = at.parent) {
      const outcome = outcomes.get(at);
      if (outcome !== undefined) outcome[leaf.correct ? "right" : "wrong"]++;
    }
  }
  return outcomes;
}
