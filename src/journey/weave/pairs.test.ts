import { expect, test } from "vitest";
import { Random } from "../../thought/random.ts";
import { Tree } from "../../thought/tree.ts";
import { preferenceLineSchema } from "../dataset.ts";
import { gradedThought } from "./made-up-trees.ts";
import { pairsOf } from "./pairs.ts";

/** Whole thoughts of one line and an answer each. */
function samples(right: number, wrong: number, repeats = 0): Tree {
  const tree = new Tree();
  const add = (text: string, correct: boolean): void => {
    const leaf = tree.add(`0.${tree.size}`, tree.root, text);
    Object.assign(leaf, { answer: correct ? "1" : "2", correct });
  };
  for (let index = 0; index < right; index++) add(`right ${index}`, true);
  for (let index = 0; index < wrong; index++) add(`wrong ${index}`, false);
  for (let index = 0; index < repeats; index++) add("right 0", true);
  return tree;
}

test("5 right and 5 wrong of 20 samples make 5 pairs, drawn by lot, each thought once", () => {
  const { lines, fault } = pairsOf([gradedThought(samples(8, 12))], 5, new Random(0));
  expect(fault).toBeUndefined();
  expect(lines).toHaveLength(5);
  for (const { chosen, rejected } of preferenceLineSchema.array().parse(lines)) {
    expect(chosen).toEqual({ thought: [expect.stringMatching(/^right/)], answer: "1" });
    expect(rejected).toEqual({ thought: [expect.stringMatching(/^wrong/)], answer: "2" });
  }
  expect(new Set(lines.map(({ chosen }) => chosen.thought[0])).size).toBe(5);
  expect(new Set(lines.map(({ rejected }) => rejected.thought[0])).size).toBe(5);
  const other = pairsOf([gradedThought(samples(8, 12))], 5, new Random(1));
  expect(other.lines).not.toEqual(lines);
});

test("fewer right or wrong thoughts make fewer pairs, and say so", () => {
  const few = pairsOf([gradedThought(samples(3, 17))], 5, new Random(0));
  expect(few.lines).toHaveLength(3);
  expect(few.fault).toBe("fewer than 5 right thoughts");
  expect(pairsOf([gradedThought(samples(1, 9, 10))], 5, new Random(0)).lines).toHaveLength(1);
  expect(pairsOf([gradedThought(samples(20, 0))], 5, new Random(0))).toEqual({
    lines: [],
    fault: "fewer than 5 wrong thoughts",
  });
});

test("several thoughts about one problem are put together, such as the samples of an evaluation", () => {
  const alone = Array.from({ length: 3 }, (_, index) => {
    const tree = new Tree();
    Object.assign(tree.add("0.0", tree.root, `sample ${index}`), {
      answer: String(index),
      correct: index > 0,
    });
    return gradedThought(tree);
  });
  const { lines } = pairsOf(alone, 1, new Random(0));
  expect(lines).toMatchObject([{ rejected: { thought: ["sample 0"] } }]);
});
