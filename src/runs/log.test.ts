import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { eventLog } from "../../test/support/arbitraries.ts";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { FailureError, InputError } from "../thought/errors.ts";
import type { Event } from "../thought/event.ts";
import { openLog, readLog } from "./log.ts";

const warning = (text: string): Event => ({ at: 1, type: "warning-raised", text });

function logOf(...texts: string[]): string {
  const path = join(temporaryFolder(), "events.jsonl");
  const { writer } = openLog(path);
  for (const text of texts) writer.append(warning(text));
  writer.close();
  return path;
}

it("reads back what was appended, over any number of openings", () => {
  const folder = temporaryFolder();
  let file = 0;
  fc.assert(
    fc.property(fc.array(eventLog, { maxLength: 3 }), (parts) => {
      const path = join(folder, `${file++}.jsonl`);
      for (const events of parts) {
        const { writer } = openLog(path);
        for (const event of events) writer.append(event);
        writer.close();
      }
      expect(parts.length === 0 || readLog(path)).toEqual(parts.length === 0 || { events: parts.flat() });
    }),
    { numRuns: 30 },
  );
});

it("gives an event to the system before append returns", () => {
  const path = join(temporaryFolder(), "events.jsonl");
  const { writer } = openLog(path);
  writer.append(warning("one"));
  expect(readLog(path).events).toEqual([warning("one")]);
  writer.close();
});

it("brings the log to disk while it stays open, and can be closed right then", async () => {
  const path = join(temporaryFolder(), "events.jsonl");
  const { writer } = openLog(path);
  writer.append(warning("one"));
  await new Promise((resolve) => setTimeout(resolve, 1005));
  writer.append(warning("two"));
  writer.close();
  writer.close();
  expect(readLog(path).events).toHaveLength(2);
  expect(() => writer.append(warning("three"))).toThrow("is closed");
});

it("cuts off a torn last line when it opens a log to append, and says so", () => {
  const path = logOf("one", "two");
  const whole = statSync(path).size;
  appendFileSync(path, '{"at":1,"type":"warn');
  const { events, writer, notice } = openLog(path);
  expect(events).toEqual([warning("one"), warning("two")]);
  expect(notice).toContain(`dropped line 3 of ${path}`);
  expect(statSync(path).size).toBe(whole);
  writer.append(warning("three"));
  writer.close();
  expect(readLog(path)).toEqual({ events: [warning("one"), warning("two"), warning("three")] });
});

it("refuses a log that is corrupt in its middle and changes nothing in it", () => {
  const path = logOf("one", "two", "three");
  const corrupt = readFileSync(path, "utf8").replace('"two"', '"two');
  writeFileSync(path, corrupt);
  expect(() => openLog(path)).toThrow(FailureError);
  expect(() => openLog(path)).toThrow(
    /^line 2 of .* is corrupt \(byte \d+: it is not JSON\); resume with --repair/,
  );
  expect(readFileSync(path, "utf8")).toBe(corrupt);
});

it("with repair goes on from before the corrupt line and keeps the rest beside the log", () => {
  const path = logOf("one", "two", "three");
  const [first, ...rest] = readFileSync(path, "utf8")
    .replace('"two"', '"two')
    .split(/(?<=\n)/);
  writeFileSync(path, [first, ...rest].join(""));
  const { events, writer, notice } = openLog(path, { repair: true });
  writer.close();
  expect(events).toEqual([warning("one")]);
  expect(notice).toContain("before line 2");
  expect(readFileSync(path, "utf8")).toBe(first);
  expect(readFileSync(join(path, "../events.corrupt.jsonl"), "utf8")).toBe(rest.join(""));
});

it("says which file it cannot read or write", () => {
  const missing = join(temporaryFolder(), "none", "events.jsonl");
  expect(() => readLog(missing)).toThrow(InputError);
  expect(() => openLog(missing)).toThrow(/^cannot write .*none/);
  expect(existsSync(missing)).toBe(false);
});

it.runIf(existsSync("/dev/full"))("says that the disk is full, and writes no more", () => {
  const { writer } = openLog("/dev/full");
  expect(() => writer.append(warning("one"))).toThrow(/^cannot write \/dev\/full: ENOSPC.*make room/);
  expect(() => writer.append(warning("two"))).toThrow("is closed");
});
