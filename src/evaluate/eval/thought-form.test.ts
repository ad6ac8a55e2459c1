import { expect, test } from "vitest";
import { recordWith } from "../../../test/support/evaluation-record.ts";
import { thoughtForms } from "./thought-form.ts";

const records = [
  recordWith({ problem: "a", answer: "7", thought: "First we add.\nWait, so it is 7.", family: "sums" }),
  recordWith({ problem: "b", answer: "8", thought: "So it is eight", family: "words" }),
  recordWith({ problem: "c", answer: "8", thought: "" }),
];

test("thoughts are measured as table 3 does: together, right and wrong, and by family", () => {
  const { rows } = thoughtForms(records);
  expect(
    rows.map(({ name, thoughts, lines, wordsPerLine }) => [name, thoughts, lines, wordsPerLine]),
  ).toEqual([
    ["all", 2, 1.5, 12 / 3],
    ["right", 1, 2, 8 / 2],
    ["wrong", 1, 1, 4],
    ["sums", 1, 2, 4],
    ["words", 1, 1, 4],
  ]);
  // "So it is eight" is four tokens in o200k.
  expect(rows.find(({ name }) => name === "words")?.tokens).toBe(4);
});

test("markers are counted in all and by the thoughts that have them, the most frequent first", () => {
  const { markers } = thoughtForms(records);
  expect(markers.slice(0, 3)).toEqual([
    { marker: "so", perThought: 1, share: 1, inPaper: true },
    { marker: "first", perThought: 0.5, share: 0.5, inPaper: true },
    { marker: "wait", perThought: 0.5, share: 0.5, inPaper: true },
  ]);
  expect(markers.find(({ marker }) => marker === "hmm")).toMatchObject({ perThought: 0, inPaper: false });
});

test("answers without any thought have no form", () => {
  expect(thoughtForms(records.slice(2))).toEqual({ rows: [], markers: [] });
});
