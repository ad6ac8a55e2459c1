import { expect, test } from "vitest";
import type { Search } from "../../search/search.ts";
import { scorePath } from "./score-path.ts";

function begun(...steps: string[]): Search {
  const search = scorePath();
  const [task] = search.ask(4);
  if (task === undefined) throw new Error("nothing was asked for");
  expect(task).toEqual({ id: "0.0", kind: "roll-out", node: "0" });
  search.tell({ task, outcome: "proposed", proposal: { steps } });
  return search;
}

test("the last step is scored first, then all others side by side", () => {
  const search = begun("one", "two", "three");
  const [last, ...more] = search.ask(4);
  expect([last?.node, more.length]).toEqual(["0.0/2", 0]);
  if (last === undefined) return;
  search.tell({ task: last, outcome: "scored", score: { value: 0.5, by: "judge" } });
  const others = search.ask(4);
  expect(others.map(({ node }) => node)).toEqual(["0.0", "0.0/1"]);
  for (const task of others) {
    expect(search.finished).toBe(false);
    search.tell({ task, outcome: "scored", score: { value: 1, by: "judge" } });
  }
  expect(search.finished).toBe(true);
});

test("a thought whose last step cannot be scored is left alone", () => {
  const search = begun("one", "two");
  const [task] = search.ask(4);
  if (task !== undefined) search.tell({ task, outcome: "failed", error: "no reply" });
  expect(search.finished).toBe(true);
});

test("a single step is scored once", () => {
  const search = begun("one");
  const [task] = search.ask(4);
  if (task !== undefined) search.tell({ task, outcome: "scored", score: { value: 1, by: "judge" } });
  expect(search.finished).toBe(true);
});
