import { expect, test } from "vitest";
import type { Task } from "../thought/event.ts";
import type { TreeNode } from "../thought/tree.ts";
import type { Proposal } from "./search.ts";
import { StepTree } from "./step-tree.ts";

/** Tells one proposal. */
function tell(steps: StepTree, id: string, proposal: Proposal) {
  const task: Task = { id, kind: "expand", node: id.slice(0, id.lastIndexOf(".")) };
  return steps.tell({ task, outcome: "proposed", proposal });
}

function told(leaf: TreeNode | undefined): TreeNode {
  if (leaf === undefined) throw new Error("a thought was due");
  return leaf;
}

test("knows which expansion a task belongs to, and what of it is still to come", () => {
  const steps = new StepTree();
  const first = steps.expand(steps.tree.root, 1);
  const second = steps.expand(steps.tree.root, 2);
  steps.queue.take(9);
  const { expansion, leaf } = tell(steps, "0.1", { steps: ["a"] });
  expect(expansion).toBe(second);
  expect([first.awaited, second.awaited]).toEqual([1, 1]);
  steps.score(told(leaf));
  expect(second.awaited).toBe(2);
  const [task] = steps.queue.take(1);
  if (task === undefined) throw new Error("a score was due");
  expect(steps.tell({ task, outcome: "failed", error: "gone" })).toEqual({ expansion: second, changes: [] });
  expect(second.awaited).toBe(1);
  expect(second.leaves).toEqual([leaf]);
});

test("prunes a step that repeats an open sibling of its expansion, or one that was there before", () => {
  const steps = new StepTree();
  steps.expand(steps.tree.root, 3);
  const known = told(tell(steps, "0.0", { steps: ["a"] }).leaf);
  expect(tell(steps, "0.1", { steps: ["a"] })).toMatchObject({
    changes: [{ type: "step-added" }, { type: "step-pruned", node: "0.1", reason: "repeats 0.0" }],
  });
  expect(tell(steps, "0.2", { steps: ["a"], answer: "7" }).leaf?.answer).toBe("7");
  steps.expand(steps.tree.root, 1, { known: [known] });
  expect(tell(steps, "0.3", { steps: ["a"] }).leaf).toBeUndefined();
});

test("takes a step as new that repeats an answered sibling or one of another expansion", () => {
  const steps = new StepTree();
  steps.expand(steps.tree.root, 2);
  steps.expand(steps.tree.root, 1);
  tell(steps, "0.0", { steps: ["a"], answer: "7" });
  expect(tell(steps, "0.1", { steps: ["a"] }).leaf?.id).toBe("0.1");
  expect(tell(steps, "0.2", { steps: ["a"] }).leaf?.id).toBe("0.2");
});

test("ranks by the aggregated score, the unscored last, equal ones by id", () => {
  const steps = new StepTree({ aggregate: "mean" });
  steps.expand(steps.tree.root, 4);
  const leaves = ["0.3", "0.2", "0.1", "0.0"].map((id) => told(tell(steps, id, { steps: [id] }).leaf));
  for (const leaf of leaves) {
    steps.score(leaf);
    if (leaf.id !== "0.0") leaf.scores.push({ value: leaf.id === "0.2" ? 0.9 : 0, by: "test" });
  }
  expect(leaves.sort(steps.rank).map(({ id }) => id)).toEqual(["0.2", "0.1", "0.3", "0.0"]);
});

test("refuses a task that nobody asked for, and a score of a thought from nowhere", () => {
  const steps = new StepTree();
  expect(() => tell(steps, "0.0", { steps: ["a"] })).toThrow("nobody asked for 0.0");
  expect(() => steps.score(steps.tree.root)).toThrow("0 came from no expansion");
});
