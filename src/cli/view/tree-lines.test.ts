import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventLog } from "../../../test/support/arbitraries.ts";
import { fold } from "../../thought/fold.ts";
import { foldTrees } from "../../thought/fold-tree.ts";
import { Tree } from "../../thought/tree.ts";
import { type TreeLinesOptions, treeLines } from "./tree-lines.ts";

/** A tree of chains from the root: each chain's steps, and its answer behind `=`. */
function treeOf(...chains: string[]): Tree {
  const tree = new Tree();
  for (const [ordinal, chain] of chains.entries()) {
    const [steps = "", answer] = chain.split("=");
    let node = tree.root;
    for (const [index, step] of steps.split(" ").entries()) {
      node = tree.add(index === 0 ? `0.${ordinal}` : `0.${ordinal}/${index}`, node, step);
    }
    node.answer = answer;
  }
  return tree;
}

/** The lines as one reads them. */
function drawn(tree: Tree, options: TreeLinesOptions = {}): string[] {
  return treeLines(tree, options).map(({ indent, bar, text }) => `${"│ ".repeat(indent)}${bar} ${text}`);
}

describe("a drawn tree", () => {
  test("has no lines before anything was thought", () => {
    expect(drawn(new Tree())).toEqual([]);
  });

  test("begins every branch anew and ends it with its answer", () => {
    expect(drawn(treeOf("a b=7", "c d=8"))).toEqual(["┌ a", "│ b", "└ = 7", "┌ c", "│ d", "└ = 8"]);
  });

  test("says where a thought was cut and why", () => {
    const tree = treeOf("a b", "c=7");
    tree.get("0.0/1").cut = "1 line repeated 9 times";
    expect(drawn(tree)).toEqual(["┌ a", "│ b", "│ … cut: 1 line repeated 9 times", "┌ c", "└ = 7"]);
  });

  test("leaves a branch open that has no answer", () => {
    expect(drawn(treeOf("a b"))).toEqual(["┌ a", "│ b"]);
  });

  test("draws an answer without steps on a line of its own", () => {
    expect(drawn(treeOf("=42"))).toEqual(["─ = 42"]);
  });

  test("keeps the lines of an answer together", () => {
    expect(drawn(treeOf("a=x\ny"))).toEqual(["┌ a", "│ = x", "└   y"]);
  });

  test("nests what forks below a step", () => {
    const tree = treeOf("a b");
    const fork = tree.get("0.0/1");
    tree.add("0.0/1.0", fork, "left").answer = "7";
    tree.add("0.0/1.1", fork, "right");
    expect(drawn(tree)).toEqual(["┌ a", "│ b", "│ ┌ left", "│ └ = 7", "│ ┌ right"]);
  });

  test("marks what was pruned without the help of colour", () => {
    const tree = treeOf("a");
    tree.get("0.0").pruned = "not among the best 2";
    expect(treeLines(tree)).toMatchObject([{ text: "✗ a", tone: "pruned" }]);
  });

  test("shows the newest score of a step once, beside its answer where it has one", () => {
    const tree = treeOf("a=7", "b");
    for (const id of ["0.0", "0.1"]) {
      tree.get(id).scores.push({ value: 0.1, by: "x" }, { value: 0.5, by: "x" });
    }
    expect(treeLines(tree).map(({ score }) => score)).toEqual([undefined, 0.5, 0.5]);
  });

  test("adds what is being written where it will stand, on a line apart from what is told", () => {
    const tree = treeOf("a b=7", "c");
    const live = new Map([
      ["0.2", "one\n\ntwo"],
      ["0.1.0", "d"],
    ]);
    expect(drawn(tree, { live })).toEqual(["┌ a", "│ b", "└ = 7", "┌ c", "│ ┌ d", "┌ one", "│ two"]);
  });

  test("keeps the newest lines of long branches, and says how many are left out", () => {
    const tree = treeOf("a b c d=7");
    expect(drawn(tree, { tail: 3 })).toEqual(["┌ … 3 lines above", "│ d", "└ = 7"]);
    expect(drawn(tree, { tail: 1 })).toEqual(["─ = 7"]);
    const live = new Map([["0.1", "x\ny\nz"]]);
    expect(drawn(new Tree(), { live, tail: 2 })).toEqual(["┌ … 2 lines above", "│ z"]);
  });

  test("draws the chosen branch whole and collapses what stands beside it to a line a branch", () => {
    const tree = treeOf("a b=7", "c d e=8", "f g");
    tree.get("0.1/2").scores.push({ value: 0.25, by: "vote" });
    const chosen = tree.get("0.0/1");
    expect(drawn(tree, { chosen, collapsed: true, tail: 1 })).toEqual([
      ...["┌ a", "│ b", "└ = 7", "─ 3 steps = 8", "─ f … 1 more"],
    ]);
    const lines = treeLines(tree, { chosen, collapsed: true });
    expect(lines.map(({ tone }) => tone)).toEqual(["chosen", "chosen", "chosen", "note", "note"]);
    expect(lines.map(({ score }) => score)).toEqual([undefined, undefined, undefined, 0.25, undefined]);
  });

  test("takes the power to move the cursor from a model's text", () => {
    expect(drawn(treeOf("\u001b[2Ja\rb\tc=\u001b]0;title\u00077"))).toEqual(["┌ a b c", "└ = 7"]);
  });
});

test("any tree is drawn, every branch with one beginning and no line of more than one line", () => {
  const options = fc.record({ tail: fc.integer({ min: 1, max: 5 }), collapsed: fc.boolean() });
  fc.assert(
    fc.property(eventLog, options, fc.nat(), (events, shape, pick) => {
      for (const tree of fold(foldTrees, events).values()) {
        const nodes = [...tree.nodes()];
        const chosen = nodes[pick % nodes.length];
        const lines = treeLines(tree, { ...shape, chosen });
        for (const { text } of lines) expect(text).not.toMatch(/\p{Cc}/u);
        for (const [index, { indent, bar }] of lines.entries()) {
          const before = lines[index - 1];
          const begins = bar === "┌" || bar === "─";
          if (before === undefined || before.indent < indent || before.bar === "└" || before.bar === "─") {
            expect(begins || before?.indent !== indent).toBe(true);
          }
        }
      }
    }),
  );
});
