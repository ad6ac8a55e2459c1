import { describe, expect, test } from "vitest";
import { bestOfN } from "./best-of-n.ts";
import { searchConformance } from "./conformance.ts";
import type { Search } from "./search.ts";

describe("best of n with scores", () => searchConformance(() => bestOfN({ samples: 12, score: true })));
describe("best of n with late scores", () =>
  searchConformance(() => bestOfN({ samples: 12, score: true, late: true })));
describe("best of n with votes", () => searchConformance(() => bestOfN({ samples: 12, score: false })));

/** Tells one rolled-out thought with this answer. */
function answer(search: Search, ordinal: number, text: string | undefined) {
  const task = { id: `0.${ordinal}`, kind: "roll-out", node: "0" } as const;
  return search.tell({ task, outcome: "proposed", proposal: { steps: ["think"], answer: text } });
}

function score(search: Search, node: string, value: number) {
  const task = { id: `${node}:score`, kind: "score", node } as const;
  return search.tell({ task, outcome: "scored", score: { value, by: "test" } });
}

test("asks for all thoughts at once where there are slots for them", () => {
  const tasks = bestOfN({ samples: 3, score: true }).ask(16);
  expect(tasks.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
    "roll-out 0.0",
    "roll-out 0.1",
    "roll-out 0.2",
  ]);
});

test("scores a thought before it samples the next one", () => {
  const search = bestOfN({ samples: 4, score: true });
  search.ask(1);
  answer(search, 0, "7");
  expect(search.ask(2).map(({ id }) => id)).toEqual(["0.0:score", "0.1"]);
});

test("scores nothing before all thoughts are there where the reward compares them", () => {
  const search = bestOfN({ samples: 3, score: true, late: true });
  search.ask(3);
  answer(search, 0, "7");
  answer(search, 1, "8");
  expect(search.ask(3)).toEqual([]);
  expect(search.finished).toBe(false);
  search.tell({
    ...{ task: { id: "0.2", kind: "roll-out", node: "0" }, outcome: "failed", error: "gone" },
  });
  expect(search.ask(3).map(({ id }) => id)).toEqual(["0.0:score", "0.1:score"]);
  score(search, "0.0", 0.25);
  expect(search.finished).toBe(false);
  score(search, "0.1", 0.75);
  expect(search.best()?.id).toBe("0.1");
  expect(search.finished).toBe(true);
});

test("does not score a thought that reached no answer", () => {
  const search = bestOfN({ samples: 1, score: true });
  search.ask(1);
  answer(search, 0, undefined);
  expect(search.finished).toBe(true);
  expect(search.best()).toBeUndefined();
});

test("takes the highest score before the most votes", () => {
  const search = bestOfN({ samples: 3, score: true });
  search.ask(3);
  for (const [ordinal, text] of ["5", "5", "7"].entries()) answer(search, ordinal, text);
  search.ask(3);
  for (const [ordinal, value] of [0.4, 0.4, 0.9].entries()) score(search, `0.${ordinal}`, value);
  expect(search.best()?.answer).toBe("7");
});

test("lets equal answers decide between equal scores, and the lowest ordinal between equal votes", () => {
  const search = bestOfN({ samples: 5, score: false });
  search.ask(5);
  answer(search, 4, "9");
  answer(search, 1, "7");
  expect(search.best()?.id).toBe("0.1");
  answer(search, 3, "9.0");
  expect(search.best()?.id).toBe("0.3");
});
