import { latestScore, pathTo, type Thought, type Tree, type TreeNode } from "sojourn/thought";
import type { TreeLayout } from "./layout.ts";

/** What a node's outline says: its answer is right, wrong, not graded, or it holds none. */
export type Shape = "step" | "open" | "right" | "wrong";

/** How many colours a reward is shown in. */
export const REWARD_STEPS = 20;

/** What the nodes of a layout look like, by place. */
export interface TreeLooks {
  /** 0 to {@link REWARD_STEPS} from the reward 0 to 1; -1 where no reward was given. */
  reward: Int8Array;
  /** Place in {@link shapes}. */
  shape: Uint8Array;
  /** 1 where the search gave the node up, or one above it. */
  dim: Uint8Array;
  /** 0 for nodes that are not there yet at the moment shown. */
  there: Uint8Array;
  /** 1 on the way to the chosen answer. */
  chosen: Uint8Array;
}

/** The shapes in the order of their figures. */
export const shapes: readonly Shape[] = ["step", "open", "right", "wrong"];

/** What a node's answer stands for. */
function shapeOf({ answer, correct }: TreeNode): Shape {
  if (correct !== undefined) return correct ? "right" : "wrong";
  return answer === undefined ? "step" : "open";
}

/**
 * What the nodes look like at the moment of `thought`.
 *
 * @param layout of a tree that holds at least the thought's nodes: while it is replayed, of the whole tree
 */
export function looksOf(layout: TreeLayout, thought: Thought): TreeLooks {
  const size = layout.nodes.length;
  const looks: TreeLooks = {
    reward: new Int8Array(size).fill(-1),
    shape: new Uint8Array(size),
    dim: new Uint8Array(size),
    there: new Uint8Array(size),
    chosen: new Uint8Array(size),
  };
  const { tree } = thought;
  for (let place = 0; place < size; place++) {
    const node = nodeAt(layout, place, tree);
    if (node === undefined) continue;
    looks.there[place] = 1;
    const score = latestScore(node);
    if (score !== undefined) looks.reward[place] = Math.round(score.value * REWARD_STEPS);
    looks.shape[place] = shapes.indexOf(shapeOf(node));
    const above = layout.parent[place] ?? -1;
    const given = node.pruned !== undefined || node.cut !== undefined;
    looks.dim[place] = given || (above >= 0 && looks.dim[above] === 1) ? 1 : 0;
  }
  const leaf = thought.node === undefined ? undefined : tree.find(thought.node);
  for (const node of leaf === undefined ? [] : [tree.root, ...pathTo(leaf)]) {
    const place = layout.places.get(node.id);
    if (place !== undefined) {
      looks.chosen[place] = 1;
      looks.dim[place] = 0;
    }
  }
  return looks;
}

/** The node at a place as it stood in `tree`; undefined where it was not there yet. */
function nodeAt(layout: TreeLayout, place: number, tree: Tree): TreeNode | undefined {
  const node = layout.nodes[place];
  return node === undefined ? undefined : tree.find(node.id);
}
