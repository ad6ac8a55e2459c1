import fc from "fast-check";
import { expect, it } from "vitest";
import { readJsonLines } from "./jsonl.ts";
import { type FoundLine, linesOf } from "./lines.ts";

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function linesIn(bytes: Uint8Array, size: number, longest?: number): Promise<FoundLine[]> {
  const lines: FoundLine[] = [];
  for await (const line of linesOf(inPieces(bytes, size), longest)) lines.push(line);
  return lines;
}

it("gives the same lines in whatever pieces the bytes come, also within a character", async () => {
  const text = fc.array(fc.string({ unit: "grapheme" }).filter((line) => !/[\r\n\uFEFF]/.test(line)));
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (lines, size) => {
      const found = await linesIn(Buffer.from(lines.map((line) => `${line}\r\n`).join("")), size);
      expect(found.map((each) => ("text" in each ? each.text : each.wrong))).toEqual(lines);
      expect(found.map((each) => each.line)).toEqual(lines.map((_, index) => index + 1));
    }),
    { numRuns: 200 },
  );
});

it("reports a line that is too long or no UTF-8, and reads the others", async () => {
  const bytes = Buffer.concat([Buffer.from("ab\n123456789\n"), Buffer.from([0xff, 10]), Buffer.from("cd")]);
  expect(await linesIn(bytes, 3, 8)).toEqual([
    { line: 1, text: "ab" },
    { line: 2, wrong: "is longer than 8 bytes" },
    { line: 3, wrong: "is not UTF-8" },
    { line: 4, text: "cd" },
  ]);
});

it("reads JSON Lines with a line separator inside a text, and counts blank lines", async () => {
  const found = [];
  const bytes = Buffer.from('\uFEFF{"a": "x\u2028y"}\n\nnope\n{"a": 2}');
  for await (const record of readJsonLines(inPieces(bytes, 4))) found.push(record);
  expect(found).toEqual([
    { line: 1, value: { a: "x\u2028y" } },
    { line: 3, wrong: expect.stringMatching(/^is not JSON: /) },
    { line: 4, value: { a: 2 } },
  ]);
});
