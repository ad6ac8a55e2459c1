import { expect, test } from "vitest";
import { recordWith } from "../../../test/support/evaluation-record.ts";
import { groupRecords } from "./group-records.ts";

const levels = ["1", "1", "2", "10", "10", "2"].map((level, place) =>
  recordWith({
    problem: `p${place}`,
    tags: { level, subject: place % 2 === 0 ? "Algebra" : "Number Theory", rank: String(place) },
    family: place % 2 === 0 ? "Algebra" : "Number Theory",
    answer: place < 4 ? "7" : "8",
    outputTokens: 10 * place,
  }),
);

test("accuracy is grouped by each tag, in natural order", () => {
  const [level] = groupRecords(levels);
  expect(level?.by).toBe("level");
  expect(
    level?.groups.map(({ name, problems, accuracy, outputTokens }) => [
      name,
      problems,
      accuracy.right,
      outputTokens,
    ]),
  ).toEqual([
    ["1", 2, 2, 5],
    ["2", 2, 1, 35],
    ["10", 2, 1, 35],
  ]);
});

test("a tag that names every problem, and a family that repeats a tag, make no groups", () => {
  expect(groupRecords(levels).map(({ by }) => by)).toEqual(["level", "subject"]);
});

test("strategies are a group where a run used several, as auto does", () => {
  const records = levels.map((record, place) => ({
    ...record,
    tags: {},
    family: "own",
    strategy: place < 3 ? "vote" : "direct",
  }));
  expect(groupRecords(records)).toMatchObject([
    { by: "strategy", groups: [{ name: "direct" }, { name: "vote" }] },
  ]);
});

test("a problem without the tag is told apart", () => {
  const records = levels.map((record, place) =>
    place < 2 ? { ...record, tags: {} } : { ...record, tags: { level: "2" } },
  );
  expect(groupRecords(records)[0]?.groups.map(({ name }) => name)).toEqual(["2", "unknown"]);
});

test("several answers to a problem are one problem", () => {
  const twice = levels.flatMap((record) => [record, { ...record, sample: 1 }]);
  expect(groupRecords(twice)[0]?.groups[0]).toMatchObject({ problems: 2, accuracy: { right: 4, trials: 4 } });
});
