import { describe, expect, test } from "vitest";
import { finishedLines, fitLines, summaryLines } from "./fit-lines.ts";
import { emptyLiveState, type LiveState } from "./live-state.ts";

/** A state with this many answered branches of this many steps each. */
function stateOf(branches: number, steps: number): LiveState {
  const state = emptyLiveState("m");
  const { tree } = state.thought;
  for (let branch = 0; branch < branches; branch++) {
    let node = tree.root;
    for (let step = 0; step < steps; step++) {
      node = tree.add(step === 0 ? `0.${branch}` : `0.${branch}/${step}`, node, `step ${step}`);
    }
    node.answer = `${branch}`;
  }
  return state;
}

const textsOf = (lines: { text: string }[]): string[] => lines.map(({ text }) => text);

describe("the tree while it grows", () => {
  test("is whole where there is room", () => {
    expect(fitLines(stateOf(2, 3), 8)).toHaveLength(8);
  });

  test("shows shorter and shorter ends of its branches where there is less", () => {
    expect(textsOf(fitLines(stateOf(2, 9), 12))).toContain("… 5 lines above");
    expect(textsOf(fitLines(stateOf(5, 9), 5))).toEqual(["= 0", "= 1", "= 2", "= 3", "= 4"]);
  });

  test("shows its newest branches where even a line a branch is too much", () => {
    expect(textsOf(fitLines(stateOf(64, 9), 4))).toEqual(["… 61 more above", "= 61", "= 62", "= 63"]);
  });

  test("never takes more room than there is, whatever its size", () => {
    for (let room = 1; room < 30; room++) {
      for (const branches of [0, 1, 3, 40]) {
        expect(fitLines(stateOf(branches, 7), room).length).toBeLessThanOrEqual(room);
      }
    }
  });
});

describe("the finished tree", () => {
  test("is the chosen branch and a few lines of the others", () => {
    const state = stateOf(20, 3);
    state.thought.node = "0.4/2";
    const texts = textsOf(finishedLines(state));
    expect(texts.slice(0, 4)).toEqual([...Array.from({ length: 4 }, (_, branch) => `3 steps = ${branch}`)]);
    expect(texts).toEqual(expect.arrayContaining(["step 0", "step 1", "step 2", "= 4"]));
    expect(texts.at(-1)).toBe("… 11 more");
    expect(texts).toHaveLength(4 + 8 + 1);
  });

  test("is whole where nothing was chosen", () => {
    expect(finishedLines(stateOf(2, 3))).toHaveLength(8);
  });
});

test("summaries show their newest lines, broken to the width", () => {
  const state = emptyLiveState("m");
  state.thought.summaries.push(
    { node: "0.0", text: "first\nsecond" },
    { node: "0.1", text: "one two three" },
  );
  const shown = (room: number, columns: number) => textsOf(summaryLines(state, { room, columns }));
  expect(shown(9, 80)).toEqual(["first", "second", "one two three"]);
  expect(shown(2, 80)).toEqual(["second", "one two three"]);
  expect(shown(9, 12)).toEqual(["first", "second", "one two", "three"]);
});
