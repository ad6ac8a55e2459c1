import { expect, test } from "vitest";
import { Tree } from "../thought/tree.ts";
import { TaskQueue } from "./task-queue.ts";

const ids = (tasks: { id: string }[]) => tasks.map(({ id }) => id);

test("hands out scores before proposals, and goes on with a node's ordinals", () => {
  const { root } = new Tree();
  const queue = new TaskQueue();
  expect(queue.propose("expand", root, 2)).toEqual(["0.0", "0.1"]);
  expect(queue.propose("roll-out", root, 1)).toEqual(["0.2"]);
  queue.score(root);
  expect(queue.waiting).toBe(4);
  expect(ids(queue.take(2))).toEqual(["0:score", "0.0"]);
  expect(queue.waiting).toBe(2);
  expect(queue.take(9).map(({ id, kind }) => `${kind} ${id}`)).toEqual(["expand 0.1", "roll-out 0.2"]);
});

test("is idle when nothing is left to ask for and all that was asked for is told", () => {
  const { root } = new Tree();
  const queue = new TaskQueue();
  expect(queue.idle).toBe(true);
  queue.propose("expand", root, 1);
  expect(queue.idle).toBe(false);
  queue.take(1);
  expect(queue.idle).toBe(false);
  queue.told();
  expect(queue.idle).toBe(true);
});

test("asks for nothing once it is closed, and still awaits what it had asked for", () => {
  const { root } = new Tree();
  const queue = new TaskQueue();
  queue.propose("expand", root, 3);
  queue.take(1);
  queue.score(root);
  queue.close();
  expect(queue.propose("expand", root, 1)).toEqual([]);
  queue.score(root);
  expect(queue.waiting).toBe(0);
  expect(queue.take(9)).toEqual([]);
  expect(queue.idle).toBe(false);
  queue.told();
  expect(queue.idle).toBe(true);
});
