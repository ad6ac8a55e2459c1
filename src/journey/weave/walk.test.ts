import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../../thought/random.ts";
import { pathTo, Tree, type TreeNode } from "../../thought/tree.ts";
import { madeUpTree } from "./made-up-trees.ts";
import { mergeTree } from "./merged-tree.ts";
import { chooseShortcuts } from "./shortcut.ts";
import { type Beat, walkTree } from "./walk.ts";

/** Seeds of a made-up tree and of a walk over it. */
const games = fc.record({
  seed: fc.nat(),
  lot: fc.nat(),
  trials: fc.integer({ min: 1, max: 4 }),
  chance: fc.constantFrom(0, 0.5, 1, "policy" as const),
});

interface Walk {
  tree: Tree;
  path: TreeNode[];
  trials: number;
  chance: number | "policy";
  beats: Beat[];
}

function forEveryWalk(check: (walk: Walk) => void): void {
  let walked = 0;
  const walkAll = fc.property(games, ({ seed, lot, trials, chance }) => {
    const tree = mergeTree(madeUpTree(seed));
    for (const path of chooseShortcuts(tree, "all")) {
      const beats = walkTree(tree, path, new Random(lot), { trials, chance });
      walked++;
      check({ tree, path, trials, chance, beats });
    }
  });
  fc.assert(walkAll, { numRuns: 400 });
  expect(walked).toBeGreaterThan(100);
}

const visited = ({ beats }: Walk): TreeNode[] =>
  beats.flatMap((beat) => (beat.kind === "step" ? beat.node : []));

describe("a walk", () => {
  test("visits each step of the path once, in order, and ends at the right leaf", () => {
    forEveryWalk((walk) => {
      const onPath = new Set(walk.path);
      expect(visited(walk).filter((node) => onPath.has(node))).toEqual(walk.path);
      expect(visited(walk).at(-1)).toBe(walk.path.at(-1));
      expect(new Set(visited(walk)).size).toBe(visited(walk).length);
      for (const beat of walk.beats) if (beat.kind === "step") expect(beat.right).toBe(onPath.has(beat.node));
    });
  });

  test("goes on from where it stands: each step's parent is the step before it or where it has returned to", () => {
    forEveryWalk(({ tree, beats }) => {
      let at: TreeNode = tree.root;
      for (const beat of beats) {
        if (beat.kind === "return") at = beat.to;
        else if (beat.kind === "step") {
          expect(beat.node.parent).toBe(at);
          at = beat.node;
        }
      }
    });
  });

  test("follows every wrong turn by a return to the path, which names the whole turn", () => {
    forEveryWalk(({ tree, path, beats }) => {
      let turn: TreeNode[] = [];
      for (const beat of beats) {
        if (beat.kind === "return") {
          expect(beat.turn).toEqual(turn);
          expect(turn.length).toBeGreaterThan(0);
          expect([tree.root, ...path]).toContain(beat.to);
          turn = [];
        } else if (beat.kind === "step" && !beat.right) turn.push(beat.node);
        else expect(turn).toEqual([]);
      }
      expect(turn).toEqual([]);
    });
  });

  test("tries at most as many children of a path's node as asked for, and does not branch off the path", () => {
    forEveryWalk((walk) => {
      const onPath = new Set([walk.tree.root, ...walk.path]);
      for (const parent of [walk.tree.root, ...visited(walk)]) {
        const tried = visited(walk).filter((node) => node.parent === parent);
        expect(tried.length).toBeLessThanOrEqual(onPath.has(parent) ? walk.trials : 1);
      }
      if (walk.chance === 0 || walk.trials === 1) expect(visited(walk)).toEqual(walk.path);
    });
  });

  test("takes no turn that leads to a right leaf", () => {
    forEveryWalk((walk) => {
      const onPath = new Set(walk.path);
      const right = [...walk.tree.nodes()].filter(({ correct }) => correct === true).flatMap(pathTo);
      for (const node of visited(walk)) if (!onPath.has(node)) expect(right).not.toContain(node);
    });
  });
});

test("a turn follows a wrong branch down to its wrong leaf", () => {
  const tree = new Tree();
  const wrong = tree.add("0.0", tree.root, "left");
  Object.assign(tree.add("0.0.0", wrong, "dead end"), { answer: "2", correct: false });
  Object.assign(tree.add("0.1", tree.root, "right"), { answer: "1", correct: true });
  const [path = []] = chooseShortcuts(tree, "all");
  const beats = walkTree(tree, path, new Random(0));
  expect(beats.map((beat) => (beat.kind === "step" ? beat.node.text : beat.kind))).toEqual([
    "left",
    "dead end",
    "return",
    "right",
  ]);
});

test("wrong turns come as often as the policy's: before the first right child of a random order", () => {
  const tree = new Tree();
  for (const id of ["0.0", "0.1", "0.2"])
    Object.assign(tree.add(id, tree.root, `left ${id}`), { answer: "2", correct: false });
  Object.assign(tree.add("0.3", tree.root, "right"), { answer: "1", correct: true });
  const [path = []] = chooseShortcuts(tree, "all");
  const turns = (trials: number): number[] =>
    Array.from({ length: 400 }, (_, seed) => {
      const beats = walkTree(tree, path, new Random(seed), { trials, chance: "policy" });
      return beats.filter(({ kind }) => kind === "return").length;
    });
  // The right one of four stands at each place as often as at any other.
  expect(turns(9).reduce((sum, one) => sum + one, 0) / 400).toBeCloseTo(1.5, 0);
  expect(new Set(turns(9))).toEqual(new Set([0, 1, 2, 3]));
  expect(Math.max(...turns(2))).toBe(1);
});

test("a step that a search gave up without a reward's verdict is no wrong turn", () => {
  const tree = new Tree();
  for (const [id, by] of [
    ["0.0", "likelihood"],
    ["0.1", "judge"],
  ] as const) {
    const node = tree.add(id, tree.root, by);
    node.scores.push({ value: 0.2, by });
    node.pruned = "not among the best 1";
  }
  Object.assign(tree.add("0.2", tree.root, "right"), { answer: "1", correct: true });
  const [path = []] = chooseShortcuts(tree, "all");
  const texts = walkTree(tree, path, new Random(0), { trials: 9 }).flatMap((beat) =>
    beat.kind === "step" ? beat.node.text : [],
  );
  expect(texts).toEqual(["judge", "right"]);
});
