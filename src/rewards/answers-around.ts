import type { TreeNode } from "../thought/tree.ts";

/** All answers of the tree that a node stands in, at this moment, equal ones as often as they stand there. */
export function answersAround(node: TreeNode): string[] {
  let root = node;
  while (root.parent !== undefined) root = root.parent;
  const answers: string[] = [];
  const waiting = [root];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at.answer !== undefined) answers.push(at.answer);
    waiting.push(...at.children);
  }
  return answers;
}
