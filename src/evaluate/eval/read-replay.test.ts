import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import type { Problem } from "../../problems/problem.ts";
import { readReplay } from "./read-replay.ts";

let folder = "";
beforeEach(() => {
  folder = temporaryFolder();
});

const problems: Problem[] = ["0", "1", "2"].map((id) => ({
  question: { id: `own/${id}`, text: "How many?" },
  ...{ gold: "7", family: "own", difficulty: 0.5, source: "own" },
}));

function file(rows: readonly unknown[], name = "answers.jsonl"): string {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return path;
}

test("records are taken by place where no column names their problem", async () => {
  const path = file([{ reply: "7" }, { reply: 8 }, { reply: "nine" }]);
  const replies = await readReplay(path, { answer: "reply" }, problems);
  expect(replies.map((each) => each.map(({ text }) => text))).toEqual([["7"], ["8"], ["nine"]]);
});

test("records are joined by id with and without the benchmark's name, in any order, others passed over", async () => {
  const path = file([
    { id: 2, out: { text: "c" }, use: { completion: 5 } },
    { id: "own/0", out: { text: "a" }, use: { completion: 3 } },
    { id: 77, out: { text: "x" }, use: { completion: 1 } },
    { id: "1", out: { text: "b" }, use: { completion: 4 } },
    { id: 1, out: { text: "b again" }, use: { completion: 2 } },
  ]);
  const columns = { answer: "out.text", id: "id", outputTokens: "use.completion" };
  expect(await readReplay(path, columns, problems)).toEqual([
    [{ text: "a", outputTokens: 3, inputTokens: undefined }],
    [
      { text: "b", outputTokens: 4, inputTokens: undefined },
      { text: "b again", outputTokens: 2, inputTokens: undefined },
    ],
    [{ text: "c", outputTokens: 5, inputTokens: undefined }],
  ]);
});

test("a list of texts is several samples, with a count of tokens each", async () => {
  const path = file([["a", "b"], ["c"], ["d"]].map((ys) => ({ ys, n: ys.map(() => 9) })));
  const replies = await readReplay(path, { answer: "ys", outputTokens: "n" }, problems);
  expect(replies.map((each) => each.length)).toEqual([2, 1, 1]);
  expect(replies[0]?.[1]).toEqual({ text: "b", outputTokens: 9, inputTokens: undefined });
});

test.each([
  [
    "fewer records than problems",
    [{ answer: "7" }],
    { answer: "answer" },
    "has 1 records for 3 problems; choose the problems with --skip and --limit",
  ],
  [
    "a problem without a record",
    [{ id: 0, answer: "7" }],
    { answer: "answer", id: "id" },
    "2 problems have no recorded answer in",
  ],
  [
    "a column that is not there",
    [{ pred: "7" }],
    { answer: "answer" },
    'answers.jsonl:1: no text in "answer"; it has pred: name the right one',
  ],
  ["an id that is not there", [{ answer: "7" }], { answer: "answer", id: "id" }, 'no text or number in "id"'],
  [
    "tokens that are no count",
    [{ answer: "7", n: 1.5 }],
    { answer: "answer", outputTokens: "n" },
    "no count of tokens for each answer",
  ],
])("%s is said in one line, with what to do", async (_, rows, columns, message) => {
  await expect(readReplay(file(rows), columns, problems)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining(message),
  });
});

test("a line that is torn is said with its place", async () => {
  const path = join(folder, "torn.jsonl");
  writeFileSync(path, '{"answer": "7"}\n{"answ');
  await expect(readReplay(path, { answer: "answer" }, problems)).rejects.toThrow("torn.jsonl:2: ");
});
