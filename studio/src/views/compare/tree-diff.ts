import type { Tree, TreeNode } from "sojourn/thought";

/** One step of two trees laid over each other. */
export interface TreeDiffRow {
  /** 0 for the roots' children. */
  depth: number;
  text: string;
  /** The step in the left tree, where it has it. */
  left: TreeNode | undefined;
  right: TreeNode | undefined;
}

/** How many steps two trees share, and how many each has alone. */
export interface TreeOverlap {
  both: number;
  left: number;
  right: number;
}

interface Pair {
  left: TreeNode | undefined;
  right: TreeNode | undefined;
}

/**
 * Lays two trees over each other: steps are the same where their texts are and where the steps above them are. Depth
 * first, the left tree's order before steps that only the right one has.
 */
export function diffTrees(left: Tree, right: Tree): TreeDiffRow[] {
  const rows: TreeDiffRow[] = [];
  // A stack of its own: a thought may be one chain of a hundred thousand steps.
  const open: (Pair & { depth: number })[] = [{ left: left.root, right: right.root, depth: -1 }];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const { depth } = pair;
    if (depth >= 0) rows.push({ ...pair, text: (pair.left ?? pair.right)?.text ?? "" });
    const below = pairChildren(pair).map((child) => ({ ...child, depth: depth + 1 }));
    open.push(...below.reverse());
  }
  return rows;
}

/** Counts what two trees share. */
export function treeOverlap(rows: readonly TreeDiffRow[]): TreeOverlap {
  const overlap = { both: 0, left: 0, right: 0 };
  for (const { left, right } of rows) {
    if (left !== undefined && right !== undefined) overlap.both++;
    else if (left !== undefined) overlap.left++;
    else overlap.right++;
  }
  return overlap;
}

/** Children with one text are matched in order: the first with the first. */
function pairChildren({ left, right }: Pair): Pair[] {
  const unmatched = new Map<string, TreeNode[]>();
  for (const child of right?.children ?? []) {
    const alike = unmatched.get(child.text);
    if (alike === undefined) unmatched.set(child.text, [child]);
    else alike.push(child);
  }
  const matched = new Set<TreeNode>();
  const pairs = (left?.children ?? []).map((child): Pair => {
    const twin = unmatched.get(child.text)?.shift();
    if (twin !== undefined) matched.add(twin);
    return { left: child, right: twin };
  });
  for (const child of right?.children ?? [])
    if (!matched.has(child)) pairs.push({ left: undefined, right: child });
  return pairs;
}
