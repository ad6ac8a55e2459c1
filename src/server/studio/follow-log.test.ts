import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { type FollowOptions, followLog } from "./follow-log.ts";

const lineOf = (text: string, question?: string) =>
  `${JSON.stringify({ at: 0, question, type: "warning-raised", text })}\n`;

async function linesOf(path: string, options: Partial<FollowOptions> = {}) {
  const lines: { line: number; json: string; question: string | undefined }[] = [];
  const signal = options.signal ?? new AbortController().signal;
  for await (const batch of followLog(path, { growing: () => false, ...options, signal }))
    lines.push(...batch);
  return lines;
}

test("whatever pieces a log is written in, every line comes once and in order", async () => {
  const texts = fc.array(fc.string({ unit: "grapheme", maxLength: 30 }), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(texts, fc.array(fc.nat(400), { maxLength: 6 }), async (said, cuts) => {
      const path = join(temporaryFolder(), "events.jsonl");
      const bytes = Buffer.from(said.map((text) => lineOf(text)).join(""));
      const ends = [...new Set([...cuts.map((cut) => cut % bytes.length), bytes.length])].sort(
        (a, b) => a - b,
      );
      writeFileSync(path, "");
      let written = 0;
      const reading = linesOf(path, {
        growing: () => {
          const end = ends.shift();
          if (end === undefined) return false;
          appendFileSync(path, bytes.subarray(written, end));
          written = end;
          return true;
        },
        onWake: (wake) => {
          const timer = setInterval(wake, 1);
          return () => clearInterval(timer);
        },
      });
      const found = await reading;
      expect(found.map(({ json }) => JSON.parse(json).text)).toEqual(said);
      expect(found.map(({ line }) => line)).toEqual(said.map((_, place) => place + 1));
    }),
    { numRuns: 25 },
  );
});

test("a reader goes on behind the line it has", async () => {
  const path = join(temporaryFolder(), "events.jsonl");
  writeFileSync(path, ["a", "b", "c"].map((text) => lineOf(text, "q1")).join(""));
  expect(await linesOf(path, { from: 2 })).toMatchObject([{ line: 3, question: "q1" }]);
});

test("a line that is no event ends the reading, and so does one without its end", async () => {
  const path = join(temporaryFolder(), "events.jsonl");
  writeFileSync(path, `${lineOf("a")}not json\n${lineOf("b")}`);
  expect(await linesOf(path)).toHaveLength(1);
  writeFileSync(path, `${lineOf("a")}{"type":"warn`);
  expect(await linesOf(path)).toHaveLength(1);
});

test("a log that another process writes is seen to grow, and let go of at a signal", async () => {
  const path = join(temporaryFolder(), "events.jsonl");
  writeFileSync(path, lineOf("a"));
  const stop = new AbortController();
  const seen: string[] = [];
  const reading = (async () => {
    for await (const batch of followLog(path, { growing: () => true, signal: stop.signal })) {
      for (const { json } of batch) seen.push(JSON.parse(json).text);
      if (seen.length === 1) setTimeout(() => appendFileSync(path, lineOf("b")), 10);
      if (seen.length === 2) stop.abort();
    }
  })();
  await reading;
  expect(seen).toEqual(["a", "b"]);
});
