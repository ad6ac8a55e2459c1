import { Tree } from "sojourn/thought";
import { expect, test } from "vitest";
import { moved, moveOfArrow, nextAnswer } from "./walk-keys.ts";

/** a(b(c), d), e(f) */
function family(): Tree {
  const tree = new Tree();
  const a = tree.add("a", tree.root, "");
  tree.add("c", tree.add("b", a, ""), "");
  tree.add("d", a, "").answer = "1";
  tree.add("f", tree.add("e", tree.root, ""), "").answer = "2";
  return tree;
}

test("walking on visits every node depth first, and walking back the other way round", () => {
  const tree = family();
  const order = ["0", "a", "b", "c", "d", "e", "f"];
  for (const [place, id] of order.entries()) {
    expect(moved(tree, id, "step-on").id).toBe(order[place + 1] ?? id);
    expect(moved(tree, id, "step-back").id).toBe(order[place - 1] ?? id);
  }
});

test("sideways leads to the neighbour of the same depth, across parents", () => {
  const tree = family();
  expect(moved(tree, "b", "next").id).toBe("d");
  expect(moved(tree, "d", "next").id).toBe("f");
  expect(moved(tree, "f", "previous").id).toBe("d");
  expect(moved(tree, "c", "next").id).toBe("c");
  expect(moved(tree, undefined, "next").id).toBe("0");
});

test("arrows follow the way the tree grows", () => {
  expect([moveOfArrow("ArrowDown", "down"), moveOfArrow("ArrowRight", "right")]).toEqual(["child", "child"]);
  expect([moveOfArrow("ArrowRight", "down"), moveOfArrow("ArrowDown", "right")]).toEqual(["next", "next"]);
});

test("answers are gone through in a circle", () => {
  const tree = family();
  expect(nextAnswer(tree, undefined, 1)?.id).toBe("d");
  expect(nextAnswer(tree, "d", 1)?.id).toBe("f");
  expect(nextAnswer(tree, "f", 1)?.id).toBe("d");
  expect(nextAnswer(tree, "d", -1)?.id).toBe("f");
  expect(nextAnswer(new Tree(), undefined, 1)).toBeUndefined();
});
