import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../thought/errors.ts";
import { readScoredSolutions, type ScoreColumns } from "./scored-solutions.ts";

const columns: ScoreColumns = { scores: "scores", labels: "labels", countFrom: 0, id: "id" };
const lines = (...rows: unknown[]) => ({
  file: "scores.jsonl",
  text: rows.map((row) => JSON.stringify(row)).join("\n"),
});

describe("readScoredSolutions", () => {
  it("reads a solution a line, its first wrong step from its labels", () => {
    const text = lines(
      { scores: [0.9, 0.2], labels: [1, 0] },
      { scores: [0.9, 0.8], labels: [true, true] },
      { scores: [0.1, 0.8, 0.7], labels: ["+", "-"] },
      { scores: [0.1], labels: [-1] },
    );
    expect(readScoredSolutions(columns, text)).toEqual({
      solutions: [
        { scores: [0.9, 0.2], firstError: 1 },
        { scores: [0.9, 0.8], firstError: undefined },
        { scores: [0.1, 0.8, 0.7], firstError: 1 },
        { scores: [0.1], firstError: 0 },
      ],
      faults: [],
    });
  });

  it("reads the number of the first wrong step, from 0 or from 1", () => {
    const text = lines(
      { p: [1, 1], label: 1 },
      { p: [1, 1], label: -1 },
      { p: [1, 1], label: "N/A" },
      { p: [1, 1], label: null },
    );
    const from = (countFrom: 0 | 1) =>
      readScoredSolutions({ ...columns, scores: "p", firstError: "label", countFrom }, text).solutions.map(
        ({ firstError }) => firstError,
      );
    expect(from(0)).toEqual([1, undefined, undefined, undefined]);
    expect(from(1)).toEqual([0, undefined, undefined, undefined]);
  });

  it("joins two files by id and takes the worst of a step's parts", () => {
    const scores = lines({ id: 7, scores: [0.9, 0.3, 0.8] }, { id: 8, scores: [1] });
    const labelled = {
      file: "labels.json",
      text: `\uFEFF [${JSON.stringify({ id: "7", steps: [["a", "b"], ["c"]], labels: [1, 0] })}]`,
    };
    expect(readScoredSolutions({ ...columns, parts: "steps" }, scores, labelled)).toEqual({
      solutions: [{ scores: [0.3, 0.8], firstError: 1 }],
      faults: ["scores.jsonl:2: no labels for id 8"],
    });
  });

  it("joins nothing without an id, and nothing twice", () => {
    const scores = lines({ id: 1, scores: [1] }, { scores: [1] });
    const labelled = {
      ...lines({ labels: [1] }, { id: 1, labels: [1] }, { id: "1", labels: [0] }),
      file: "labels",
    };
    expect(readScoredSolutions(columns, scores, labelled)).toEqual({
      solutions: [{ scores: [1], firstError: undefined }],
      faults: ['labels:1: no column "id"', "labels:3: id 1 again", 'scores.jsonl:2: no column "id"'],
    });
  });

  it("names file, line and reason of each record that it cannot use", () => {
    const text = {
      file: "bad.jsonl",
      text: [
        '{"scores": [1], "labels": [1]}',
        "",
        "{torn",
        "[1]",
        '{"labels": [1]}',
        '{"scores": ["a"], "labels": [1]}',
        '{"scores": [], "labels": []}',
        '{"scores": [1, 1], "labels": [1]}',
        '{"scores": [1], "labels": [1, 0]}',
        '{"scores": [1], "labels": [2]}',
      ].join("\n"),
    };
    const { solutions, faults } = readScoredSolutions(columns, text);
    expect(solutions).toHaveLength(1);
    expect(faults).toEqual([
      "bad.jsonl:3: not a JSON object",
      "bad.jsonl:4: not a JSON object",
      'bad.jsonl:5: no column "scores"',
      'bad.jsonl:6: "scores" should be numbers, one a step',
      'bad.jsonl:7: "scores" should be numbers, one a step',
      'bad.jsonl:8: "labels" has 1 labels, 2 steps were scored',
      'bad.jsonl:9: "labels" has 2 labels, 1 steps were scored',
      'bad.jsonl:10: "labels" should be labels, one a step: 1 or 0, true or false, + or -',
    ]);
  });

  it("names a first wrong step that cannot be, and parts that were not scored", () => {
    const numbered = { ...columns, firstError: "label" };
    expect(() => readScoredSolutions(numbered, lines({ scores: [1, 1], label: 2 }))).toThrow(
      "2 steps were scored, the first wrong one is number 3",
    );
    expect(() =>
      readScoredSolutions({ ...numbered, countFrom: 1 }, lines({ scores: [1], label: 0 })),
    ).toThrow("steps count from 1");
    expect(() =>
      readScoredSolutions(
        { ...columns, parts: "steps" },
        lines({ scores: [1], steps: [["a", "b"]], labels: [1] }),
      ),
    ).toThrow('"steps" has 2 parts, 1 were scored');
  });

  it("refuses files in which nothing can be judged", () => {
    const file = "empty.jsonl";
    expect(() => readScoredSolutions(columns, { file, text: "\n" })).toThrow("empty.jsonl is empty");
    expect(() => readScoredSolutions(columns, { file, text: "[1, 2" })).toThrow("JSON Lines or one array");
    expect(() => readScoredSolutions(columns, { file, text: "[]" })).toThrow(InputError);
  });

  it("reads any text or says what is wrong with it", () => {
    const record = fc.record(
      { scores: fc.anything(), labels: fc.anything(), id: fc.anything() },
      { requiredKeys: [] },
    );
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      record.map((value) => JSON.stringify(value) ?? ""),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (texts) => {
        try {
          const { solutions } = readScoredSolutions(columns, { file: "any", text: texts.join("\n") });
          for (const { scores, firstError } of solutions)
            expect(scores[firstError ?? 0]).toEqual(expect.any(Number));
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});
