import fc from "fast-check";
import { expect, it } from "vitest";
import { eventLog } from "../../test/support/arbitraries.ts";
import type { Event } from "./event.ts";
import { type Fold, fold } from "./fold.ts";
import { foldThoughts } from "./fold-thought.ts";
import { foldTrees } from "./fold-tree.ts";
import { foldUsage } from "./fold-usage.ts";
import { pathTo, type Tree } from "./tree.ts";

const at = 0;
const question = "q";

const drawn = (tree: Tree) =>
  [...tree.nodes()].map(({ id, parent, depth, text, scores, answer, pruned }) => ({
    ...{ id, parent: parent?.id, depth, text, scores, answer, pruned },
  }));

const folds: [string, (events: Event[], sizes: number[]) => unknown][] = [
  [
    "trees",
    (events, sizes) => [...inChunks(foldTrees, events, sizes)].map(([id, tree]) => [id, drawn(tree)]),
  ],
  ["usage", (events, sizes) => inChunks(foldUsage, events, sizes)],
  [
    "thoughts",
    (events, sizes) =>
      [...inChunks(foldThoughts, events, sizes)].map(([id, { tree, ...rest }]) => [id, drawn(tree), rest]),
  ],
];

function inChunks<State>(view: Fold<State>, events: Event[], sizes: number[]): State {
  let state = view.start();
  let from = 0;
  for (const size of [...sizes, events.length]) {
    for (const event of events.slice(from, from + size)) state = view.apply(state, event);
    from += size;
  }
  return state;
}

it.each(folds)("folds any valid log to the same %s in any chunking", (_, folded) => {
  fc.assert(
    fc.property(eventLog, fc.array(fc.nat({ max: 7 })), (events, sizes) => {
      expect(folded(events, sizes)).toEqual(folded(events, []));
    }),
  );
});

it("keeps every step of a valid log, each below its parent", () => {
  fc.assert(
    fc.property(eventLog, (events) => {
      const trees = fold(foldTrees, events);
      for (const event of events) {
        if (event.type !== "step-added") continue;
        const node = trees.get(event.question ?? "")?.get(event.node);
        expect([node?.text, node?.parent?.id, pathTo(node!).length]).toEqual([
          event.text,
          event.parent,
          node?.depth,
        ]);
      }
    }),
  );
});

it("passes over events that name a node which was never added, or add one twice", () => {
  const tree = fold(foldTrees, [
    { at, question, type: "step-added", node: "0.0.0", parent: "0.0", text: "below nothing" },
    { at, question, type: "step-scored", node: "0.7", value: 1, by: "vote" },
    { at, question, type: "step-pruned", node: "0.7", reason: "low" },
    { at, question, type: "answer-proposed", node: "0.7", answer: "4" },
    { at, question, type: "step-added", node: "0.0", parent: "0", text: "first" },
    { at, question, type: "step-added", node: "0.0", parent: "0", text: "second" },
  ]).get(question);
  expect(tree?.size).toBe(2);
  expect(tree?.get("0.0").text).toBe("first");
});

it("keeps what happened to a node: its scores in order, its answer, why it was given up", () => {
  const tree = fold(foldTrees, [
    { at, question, type: "step-added", node: "0.0", parent: "0", text: "2 + 2 = 5", meanLogprob: -1 },
    { at, question, type: "step-scored", node: "0.0", value: 0.5, by: "vote" },
    { at, question, type: "step-scored", node: "0.0", value: 0, by: "judge", reason: "it is 4" },
    { at, question, type: "answer-proposed", node: "0.0", answer: "5" },
    { at, question, type: "step-pruned", node: "0.0", reason: "low score" },
  ]).get(question);
  expect(tree?.get("0.0")).toMatchObject({
    meanLogprob: -1,
    scores: [
      { value: 0.5, by: "vote" },
      { value: 0, by: "judge", reason: "it is 4" },
    ],
    answer: "5",
    pruned: "low score",
  });
});
