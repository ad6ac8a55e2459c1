import type { Event } from "./event.ts";
import type { Fold } from "./fold.ts";
import { Tree } from "./tree.ts";

/**
 * The reasoning tree of each question of a log, by question id. Events that name a node which the log never
 * added are passed over, so that a log read up to a tear still folds.
 */
export const foldTrees: Fold<Map<string, Tree>> = {
  start: () => new Map(),
  apply(trees, event) {
    if (event.question === undefined) return trees;
    let tree = trees.get(event.question);
    if (tree === undefined) {
      tree = new Tree();
      trees.set(event.question, tree);
    }
    applyToTree(tree, event);
    return trees;
  },
};

/** Brings one question's tree up to date with one of its events. */
export function applyToTree(tree: Tree, event: Event): void {
  switch (event.type) {
    case "step-added": {
      const parent = tree.find(event.parent);
      if (parent === undefined || tree.find(event.node) !== undefined) return;
      tree.add(event.node, parent, event.text).meanLogprob = event.meanLogprob;
      return;
    }
    case "step-scored":
      tree.find(event.node)?.scores.push({ value: event.value, by: event.by, reason: event.reason });
      return;
    case "step-pruned": {
      const node = tree.find(event.node);
      if (node !== undefined) node.pruned = event.reason;
      return;
    }
    case "thought-cut": {
      const node = tree.find(event.node);
      if (node !== undefined) node.cut = event.reason;
      return;
    }
    case "answer-proposed": {
      const node = tree.find(event.node);
      if (node !== undefined) node.answer = event.answer;
      return;
    }
    case "answer-graded": {
      const node = event.node === undefined ? undefined : tree.find(event.node);
      if (node !== undefined) node.correct = event.correct;
      return;
    }
    default:
      return;
  }
}
