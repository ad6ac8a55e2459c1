import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runInProcess } from "./support/command-line.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

function sample(): string {
  const file = join(temporaryFolder(), "test.jsonl");
  const good = (n: number) =>
    JSON.stringify({ question: `What is ${n} + 1?`, answer: `Count.\n#### ${n + 1}` });
  writeFileSync(file, [good(1), '{"question": "What?"}', good(2), good(3)].join("\n"));
  return file;
}

it("lists the benchmarks that can be read", async () => {
  const { code, out } = await runInProcess(["problems"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^gsm8k +answers +grade-school/m);
  expect(out).toMatch(/^own +answers +any file of yours/m);
});

it("lists what was read on stdout and what was bad, with its line, on stderr", async () => {
  const file = sample();
  const { code, out, err } = await runInProcess(["problems", "gsm8k", "--data", file, "--limit", "2"]);
  expect(code).toBe(0);
  expect(out.trim().split("\n")).toHaveLength(3);
  expect(out).toMatch(/gsm8k\/2 +What is 2 \+ 1\? +3/);
  expect(err).toBe(`${file}:2: has no "answer"; it has question\n3 problems, 1 bad records\n`);
});

it("prints one JSON object", async () => {
  const file = sample();
  const { out } = await runInProcess(["problems", "gsm8k", "--data", file, "--json"]);
  expect(JSON.parse(out)).toMatchObject({
    benchmark: "gsm8k",
    files: [file],
    problems: [{ gold: "2" }, { gold: "3" }, { gold: "4" }],
    bad: [{ file, line: 2 }],
  });
});

it("takes the columns of a file of one's own", async () => {
  const file = join(temporaryFolder(), "mine.csv");
  writeFileSync(file, "task,result\n2 + 2?,4\n");
  const words = ["problems", "own", "--data", file, "--columns", "question=task,answer=result"];
  expect((await runInProcess(words)).out).toContain("2 + 2?");
});

it.each([
  [["gms8k", "--data", "x.jsonl"], 'no benchmark "gms8k"; did you mean gsm8k?'],
  [["gsm8k"], "name a file of gsm8k with --data"],
  [["gsm8k", "--data", "no-such.jsonl"], "no file no-such.jsonl"],
  [["gsm8k", "--data", "x.jsonl", "--columns", "answer=a"], "--columns is for own"],
  [["own", "--data", "x.jsonl", "--columns", "colour=a"], "write column=NAME"],
])("says in one line how to mend %j", async (words, message) => {
  const { code, out, err } = await runInProcess(["problems", ...words]);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(message);
  expect(err.trim()).not.toContain("\n");
});
