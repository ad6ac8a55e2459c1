import fc from "fast-check";
import { Tree } from "sojourn/thought";
import { expect, test } from "vitest";
import { indexAtDepth, indexInRow, layoutTree } from "./layout.ts";

/** A tree in which node n hangs below node parents[n]. */
function treeOf(parents: readonly number[]): Tree {
  const tree = new Tree();
  const nodes = [tree.root];
  for (const [place, parent] of parents.entries()) {
    const below = nodes[parent % nodes.length] ?? tree.root;
    nodes.push(tree.add(`n${place}`, below, ""));
  }
  return tree;
}

const trees = fc.array(fc.nat(40), { maxLength: 40 }).map(treeOf);

test("every node has a place, its parent before it, and no two of one depth stand in one column", () => {
  fc.assert(
    fc.property(trees, (tree) => {
      const { nodes, column, depth, parent, rows, places } = layoutTree(tree);
      expect(new Set(nodes.map(({ id }) => id)).size).toBe(tree.size);
      for (const [place, node] of nodes.entries()) {
        expect(places.get(node.id)).toBe(place);
        expect(indexAtDepth(tree, node)).toBe(
          indexInRow({ nodes, column, depth, parent, rows, places, columns: 0 }, place),
        );
        expect(depth[place]).toBe(node.depth);
        const above = parent[place] ?? -1;
        expect(nodes[above]).toBe(node.parent);
        expect(above).toBeLessThan(place);
      }
      for (const row of rows) {
        const columns = [...row].map((place) => column[place] ?? 0);
        for (const [at, value] of columns.entries())
          if (at > 0) expect(value).toBeGreaterThan(columns[at - 1] ?? 0);
      }
    }),
  );
});

test("a node stands over the middle of its children, and a chain straight below its first", () => {
  const tree = treeOf([0, 0, 1, 3]);
  const { column, places } = layoutTree(tree);
  const at = (id: string) => column[places.get(id) ?? -1];
  expect(at("n0")).toBe(0);
  expect(at("n2")).toBe(0);
  expect(at("n3")).toBe(0);
  expect(at("n1")).toBe(1);
  expect(at("0")).toBe(0.5);
});

test("the label's index counts along the depth", () => {
  const layout = layoutTree(treeOf([0, 0, 1, 2]));
  const index = (id: string) => indexInRow(layout, layout.places.get(id) ?? -1);
  expect([index("0"), index("n0"), index("n1"), index("n2"), index("n3")]).toEqual([0, 0, 1, 0, 1]);
});

test("a chain of 50,000 steps and 50,000 children are laid out alike", () => {
  const chain = new Tree();
  let last = chain.root;
  for (let place = 0; place < 50_000; place++) last = chain.add(`n${place}`, last, "");
  expect(layoutTree(chain).rows.length).toBe(50_001);
  const broad = new Tree();
  for (let place = 0; place < 50_000; place++) broad.add(`n${place}`, broad.root, "");
  expect(layoutTree(broad).columns).toBe(50_000);
});
