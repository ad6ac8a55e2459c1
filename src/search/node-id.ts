/** What every node id looks like: `0`, `0.2.1`, `0.3/2`, `0.3/2.0`. */
export const NODE_ID = /^0(\.\d+(\/\d+)?)*$/;

/** The id of a node's n-th proposal, counted from 0: that of the task, and of the first node it leads to. */
export function proposalId(parent: string, ordinal: number): string {
  return `${parent}.${ordinal}`;
}

/** The id of the k-th node after the first in a chain that one proposal made, k >= 1. */
export function chainId(first: string, k: number): string {
  return `${first}/${k}`;
}

/** The id of the task that scores a node. */
export function scoreTaskId(node: string): string {
  return `${node}:score`;
}

/**
 * Orders node ids by the ordinals along their paths, numerically: `0.2` before `0.10`, a parent before its
 * children. Negative, zero or positive, as for `Array.prototype.sort`.
 */
export function compareNodeIds(left: string, right: string): number {
  const rights = right.split(/[./]/);
  for (const [index, part] of left.split(/[./]/).entries()) {
    const other = rights[index];
    if (other === undefined) return 1;
    if (part !== other) return Number(part) - Number(other);
  }
  return left.length - right.length;
}
