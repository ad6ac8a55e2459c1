import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { readableEndings } from "./formats/read-records.ts";
import { readBenchmark } from "./read-benchmark.ts";
import { findBenchmark, listBenchmarks } from "./registry.ts";

const own = findBenchmark("own");

describe("reading a benchmark", () => {
  it("gives every record back as a problem or as a bad one with its file and line", async () => {
    const file = join(temporaryFolder(), "mine.jsonl");
    const lines = ['{"question": "2 + 2?", "answer": 4}', "", "nope", '{"question": "2 + 3?"}', "[]"];
    writeFileSync(file, `${lines.join("\n")}\n{"question": "3 + 3?", "answer": 6}`);
    const { problems, bad, files } = await readBenchmark(own, file);
    expect(problems.map(({ question, gold }) => [question.id, gold])).toEqual([
      ["own/0", "4"],
      ["own/4", "6"],
    ]);
    expect(bad).toEqual([
      { file, line: 3, wrong: expect.stringMatching(/^is not JSON: [^\n]*$/) },
      { file, line: 4, wrong: expect.stringMatching(/^has no "gold", "answer", /) },
      { file, line: 5, wrong: "is not an object" },
    ]);
    expect(files).toEqual([file]);
  });

  it("reads all files of a folder in the order of their names, and tells equal ids apart", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "more"));
    writeFileSync(join(folder, "b.csv"), "id,question,answer\nx,2 + 2?,4\n");
    writeFileSync(join(folder, "a.json"), '[{"id": "x", "question": "1 + 1?", "answer": 2}]');
    writeFileSync(join(folder, "more", "c.ndjson"), '{"id": "x", "question": "3 + 3?", "answer": 6}');
    writeFileSync(join(folder, "README.md"), "Not a record.");
    const { problems, bad } = await readBenchmark(own, folder);
    expect(problems.map(({ question, gold }) => [question.id, gold])).toEqual([
      ["own/x", "2"],
      ["own/x~2", "4"],
      ["own/x~3", "6"],
    ]);
    expect(bad).toEqual([]);
  });

  it("reads JSON Lines in a file that is called .json", async () => {
    const file = join(temporaryFolder(), "lines.json");
    writeFileSync(file, '{"question": "1?", "answer": 1}\nbroken\n{"question": "2?", "answer": 2}\n');
    const { problems, bad } = await readBenchmark(own, file);
    expect([problems.length, bad.map(({ line }) => line)]).toEqual([2, [2]]);
  });

  it("stops at the limit", async () => {
    const file = join(temporaryFolder(), "mine.csv");
    writeFileSync(file, "question,answer\n1?,1\n2?,2\n3?,3\n");
    expect((await readBenchmark(own, file, { limit: 2 })).problems.map(({ gold }) => gold)).toEqual([
      "1",
      "2",
    ]);
  });

  it("says what to do about a source that is not there or has no form", async () => {
    const folder = temporaryFolder();
    await expect(readBenchmark(own, join(folder, "no.csv"))).rejects.toThrow(
      /^no file .*no\.csv; name a file/,
    );
    await expect(readBenchmark(own, folder)).rejects.toThrow(/ends in \.jsonl, /);
    writeFileSync(join(folder, "a.txt"), "question,answer");
    await expect(readBenchmark(own, join(folder, "a.txt"))).rejects.toThrow(
      /^cannot read .*a\.txt: use a file/,
    );
  });

  it("neither crashes nor hangs on any bytes, for any benchmark and form", async () => {
    const folder = temporaryFolder();
    const texts = fc
      .array(
        fc.constantFrom("{", "}", "[", "]", '"', ",", "\\", "\n", "\r", "question", ":", "1", "PAR1", "\0"),
      )
      .map((parts) => Buffer.from(parts.join("")));
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), texts);
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fc.constantFrom(...readableEndings),
        fc.constantFrom(...listBenchmarks()),
        async (contents, ending, benchmark) => {
          const file = join(folder, `any${ending}`);
          writeFileSync(file, contents);
          const before = process.cpuUsage();
          const { problems, bad } = await readBenchmark(benchmark, file);
          // Of the processor, so that a busy machine does not count.
          expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
          for (const { line, wrong } of bad) {
            expect(line).toBeGreaterThan(0);
            expect(wrong).toMatch(/^[^\n]{1,200}$/);
          }
          expect(problems.every(({ question }) => question.text.trim() !== "")).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("never throws on any record, for any benchmark", () => {
    const names = ["question", "problem", "prompt", "answer", "label", "steps", "input", "Puzzles", "Rank"];
    const record = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.string(), fc.integer(), fc.array(fc.string()))),
    );
    fc.assert(
      fc.property(record, fc.constantFrom(...listBenchmarks()), (value, benchmark) => {
        const read = benchmark.read(value, 0);
        if ("wrong" in read) expect(read.wrong).toMatch(/^[^\n]{1,200}$/);
        else expect(read.problem.source).toBe(benchmark.name);
      }),
      { numRuns: 500 },
    );
  });
});
