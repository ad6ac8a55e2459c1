import { describe, expect, test } from "vitest";
import { Random } from "../../thought/random.ts";
import { type Score, Tree, type TreeNode } from "../../thought/tree.ts";
import { englishDraft, englishGrammar } from "./english.ts";
import { gymDraft, gymGrammar } from "./gym-words.ts";
import type { Beat } from "./walk.ts";
import { reasonOf, wordWalk } from "./wording.ts";

/** The nodes of a chain of steps below the root. */
function chain(...texts: string[]): TreeNode[] {
  const tree = new Tree();
  const nodes: TreeNode[] = [];
  for (const text of texts)
    nodes.push(tree.add(`${nodes.at(-1)?.id ?? "0"}.0`, nodes.at(-1) ?? tree.root, text));
  return nodes;
}

function scored(...scores: Score[]): TreeNode[] {
  const nodes = chain(...scores.map((_, index) => `step ${index}`));
  for (const [index, score] of scores.entries()) nodes[index]?.scores.push(score);
  return nodes;
}

const lot = new Random(3);
const root = new Tree().root;

describe("the reason of a wrong turn", () => {
  test("is that of its lowest score, without its count of steps", () => {
    const turn = scored(
      { value: 0.4, by: "judge", reason: "step 1 of 2 is least sure: the unit is missing" },
      { value: 0.1, by: "judge", reason: "step 2 of 2 is least sure: 3 * 4 is 12" },
    );
    expect(reasonOf(turn)).toBe("3 * 4 is 12");
    expect(englishDraft.doubt(turn, lot)).toEqual(["Something is wrong here: 3 * 4 is 12."]);
    expect(englishGrammar.doubt(turn, lot)[0]).toMatch(/: 3 \* 4 is 12\.$/);
  });

  test("is none where the reward only counts", () => {
    expect(
      reasonOf(scored({ value: 0, by: "rollouts", reason: "0 of 8 completions are right" })),
    ).toBeUndefined();
    expect(
      reasonOf(scored({ value: 0.2, by: "judge", reason: "step 1 of 1 is least sure" })),
    ).toBeUndefined();
    expect(reasonOf(chain("a"))).toBeUndefined();
    expect(englishDraft.doubt(chain("a"), lot)).toEqual(["This does not lead to the answer."]);
  });

  test("does not give away the right answer, only the wrong one", () => {
    const turn = chain("a", "b");
    Object.assign(turn[1] ?? {}, { answer: "28", correct: false });
    for (const { doubt } of [englishDraft, englishGrammar]) expect(doubt(turn, lot).join()).toContain("28");
  });
});

test("a wrong answer without a step of its own is a line of its turn, the right one is none", () => {
  const [step, wrong, right] = chain("so 25 + 6", "", "");
  if (step === undefined || wrong === undefined || right === undefined) throw new Error("a chain of three");
  wrong.answer = "28";
  right.answer = "31";
  const beats: Beat[] = [
    { kind: "step", node: step, right: true },
    { kind: "step", node: wrong, right: false },
    { kind: "return", to: step, turn: [wrong] },
    { kind: "step", node: right, right: true },
  ];
  expect(wordWalk(beats, gymGrammar, lot).lines).toEqual([
    { text: "so 25 + 6", kind: "step" },
    { text: "so 28", kind: "wrong" },
    { text: "wait, again", kind: "return" },
  ]);
});

describe("where the thought goes on", () => {
  test("is said in the gym's own lines", () => {
    const [start] = chain("make 33 from 3 7 12");
    const back = (to: TreeNode | undefined, turn: readonly TreeNode[]) =>
      gymGrammar.back(to ?? root, turn, lot);
    expect(back(start, chain("a", "b"))).toEqual(["wait, back to make 33 from 3 7 12"]);
    const [column] = chain("ones 7 + 6 + 0 = 13");
    expect(back(column, chain("a"))).toEqual(["wait, again"]);
    expect(back(column, chain("a", "b"))).toEqual(["wait, back to ones 7 + 6 + 0 = 13"]);
    expect(back(root, chain("a", "b"))).toEqual(["wait, back"]);
  });

  test("is said in every wording, also at the beginning", () => {
    for (const wording of [englishDraft, englishGrammar, gymDraft, gymGrammar]) {
      for (const to of [root, ...chain("a")]) {
        for (const turn of [chain("x"), chain("x", "y")]) {
          const said = wording.back(to, turn, lot);
          expect(said).toHaveLength(1);
          expect(said[0]?.trim()).not.toBe("");
        }
      }
    }
  });
});
