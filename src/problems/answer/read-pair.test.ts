import fc from "fast-check";
import { expect, it, test } from "vitest";
import { readPair } from "./read-pair.ts";

it("reads a pair with its options, and keeps all of the line", () => {
  const line =
    '{"id": 3, "gold": "1/3", "pred": "0.33", "options": {"precision": 2, "match_types": ["expr"]}}';
  expect(readPair(line)).toEqual({
    gold: "1/3",
    pred: "0.33",
    options: { precision: 2, match_types: ["expr"] },
    record: JSON.parse(line),
  });
  expect(readPair('{"gold": "1", "pred": ""}')).toMatchObject({ gold: "1", pred: "", options: undefined });
});

test.each([
  ["{", /^no JSON: /],
  ["[]", /^line: /],
  ["null", /^line: /],
  ['{"gold": 1, "pred": "1"}', /^gold: /],
  ['{"gold": "1"}', /^pred: /],
  ['{"gold": "1", "pred": "1", "options": {"precision": 0}}', /^options\.precision: /],
  ['{"gold": "1", "pred": "1", "options": {"match_types": ["words"]}}', /^options\.match_types\.0: /],
])("says what is wrong with %s", (line, mistake) => {
  expect(readPair(line)).toEqual({ mistake: expect.stringMatching(mistake) });
});

it("never throws, whatever the line", () => {
  const lines = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((json) => `{"gold": "1", "pred": "1", "options": ${json}}`),
  );
  fc.assert(
    fc.property(lines, (line) => {
      const pair = readPair(line);
      expect("mistake" in pair ? pair.mistake : pair.gold).toEqual(expect.any(String));
    }),
    { seed: 5, numRuns: 300 },
  );
});
