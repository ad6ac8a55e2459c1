import type { Tree, TreeNode } from "sojourn/thought";

/**
 * Where the nodes of a tree stand: each leaf has a column of its own, in the order in which branches were added, and each
 * other node stands over the middle of its children. Linear in the nodes, so that it is done anew whenever the tree grows.
 * Branches that were there before keep their order, and no two nodes of one depth ever change places.
 */
export interface TreeLayout {
  /** Parents before children. */
  nodes: readonly TreeNode[];
  /** Columns from the first leaf, by place in `nodes`. */
  column: Float64Array;
  /** Depth, by place in `nodes`. */
  depth: Int32Array;
  /** Place of the parent; -1 for the root. */
  parent: Int32Array;
  /** By depth: the places of its nodes in the order of their columns. */
  rows: readonly Int32Array[];
  /** Place of each node, by its id. */
  places: ReadonlyMap<string, number>;
  columns: number;
}

/** Lays a tree out. */
export function layoutTree(tree: Tree): TreeLayout {
  const size = tree.size;
  const nodes: TreeNode[] = [];
  const column = new Float64Array(size);
  const depth = new Int32Array(size);
  const parent = new Int32Array(size);
  const places = new Map<string, number>();
  const perRow: number[] = [];
  // A stack instead of recursion: a chain may be deeper than the call stack.
  const open: { node: TreeNode; parent: number }[] = [{ node: tree.root, parent: -1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const place = nodes.length;
    const { node } = next;
    nodes.push(node);
    places.set(node.id, place);
    parent[place] = next.parent;
    depth[place] = node.depth;
    perRow[node.depth] = (perRow[node.depth] ?? 0) + 1;
    for (let child = node.children.length - 1; child >= 0; child--) {
      const below = node.children[child];
      if (below !== undefined) open.push({ node: below, parent: place });
    }
  }
  const rows = perRow.map((count) => new Int32Array(count));
  const filled = new Int32Array(rows.length);
  let columns = 0;
  for (const [place, node] of nodes.entries()) {
    if (node.children.length === 0) column[place] = columns++;
    const row = node.depth;
    const at = filled[row] ?? 0;
    const inRow = rows[row];
    if (inRow !== undefined) inRow[at] = place;
    filled[row] = at + 1;
  }
  // Children come behind their parents: from the end, every child is placed before its parent is.
  for (let place = nodes.length - 1; place >= 0; place--) {
    const node = nodes[place];
    const first = node?.children[0];
    const last = node?.children.at(-1);
    if (first === undefined || last === undefined) continue;
    column[place] = ((column[places.get(first.id) ?? 0] ?? 0) + (column[places.get(last.id) ?? 0] ?? 0)) / 2;
  }
  return { nodes, column, depth, parent, rows, places, columns: Math.max(1, columns) };
}

/** The first place in a row whose value is at least `least`; values must not fall along the row. */
export function firstAtLeast(row: Int32Array, value: (place: number) => number, least: number): number {
  let low = 0;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value(row[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Which node of its depth it is, from 0 in the order of columns: the second figure of its label. */
export function indexInRow(layout: TreeLayout, place: number): number {
  const row = layout.rows[layout.depth[place] ?? 0];
  return row === undefined
    ? 0
    : firstAtLeast(row, (other) => layout.column[other] ?? 0, layout.column[place] ?? 0);
}

/** The same for a node of a tree that is not laid out. */
export function indexAtDepth(tree: Tree, node: TreeNode): number {
  let before = 0;
  const open = [tree.root];
  for (let next = open.pop(); next !== undefined && next !== node; next = open.pop()) {
    if (next.depth === node.depth) before++;
    else
      for (let child = next.children.length - 1; child >= 0; child--) open.push(next.children[child] ?? node);
  }
  return before;
}
