import fc from "fast-check";
import { expect, it } from "vitest";
import { eventLog } from "../../test/support/arbitraries.ts";
import type { Event } from "../thought/event.ts";
import { type LogEnd, LogParser } from "./log-parser.ts";

const written = (events: readonly Event[]): Buffer =>
  Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(""));

function parsed(bytes: Uint8Array, pieceSize = bytes.length): LogEnd & { events: Event[] } {
  const events: Event[] = [];
  const parser = new LogParser((event) => events.push(event));
  for (let at = 0; at < bytes.length; at += pieceSize) {
    // A reader reads every piece into the same buffer.
    const piece = Buffer.from(bytes.subarray(at, at + pieceSize));
    const goesOn = parser.push(piece);
    piece.fill(0x21);
    if (!goesOn) break;
  }
  return { events, ...parser.end() };
}

const warning = (text: string): Event => ({ at: 1, type: "warning-raised", text });

it("reads back what was written, in pieces of any size", () => {
  fc.assert(
    fc.property(eventLog, fc.integer({ min: 1, max: 200 }), (events, pieceSize) => {
      const bytes = written(events);
      const read = parsed(bytes, pieceSize);
      expect(read).toEqual({ events, lines: events.length, bytes: bytes.length });
    }),
  );
});

it("reads a log that was cut at any byte up to the tear, and reports it", () => {
  fc.assert(
    fc.property(eventLog, fc.nat(), fc.integer({ min: 1, max: 200 }), (events, place, pieceSize) => {
      const bytes = written(events);
      const cut = place % bytes.length;
      const read = parsed(bytes.subarray(0, cut), pieceSize);
      const whole = bytes.subarray(0, cut).filter((byte) => byte === 0x0a).length;
      expect(read.events).toEqual(events.slice(0, whole));
      expect(read.bytes).toBe(written(read.events).length);
      if (read.bytes === cut) expect(read.damage).toBeUndefined();
      else expect(read.damage).toMatchObject({ kind: "torn", line: whole + 1, byte: read.bytes });
    }),
  );
});

it("never throws for a corrupt byte, and keeps all events before it", () => {
  fc.assert(
    fc.property(eventLog, fc.nat(), fc.nat({ max: 255 }), (events, place, byte) => {
      const bytes = written(events);
      const at = place % bytes.length;
      bytes[at] = byte;
      const before = written(events)
        .subarray(0, at)
        .filter((one) => one === 0x0a).length;
      const read = parsed(bytes);
      expect(read.events.slice(0, before)).toEqual(events.slice(0, before));
      expect(read.events.length).toBe(read.lines);
      if (read.damage !== undefined)
        expect(read.damage).toMatchObject({ line: read.lines + 1, byte: read.bytes });
      else expect(read.bytes).toBe(bytes.length);
    }),
  );
});

it("never throws for any bytes at all", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(parsed(bytes).lines).toBe(0);
    }),
  );
});

it.each([
  ["it is not JSON", "nonsense"],
  ["it is not JSON", ""],
  ["it is not an event", "[1]"],
  ["it has the unknown type step-invented", '{"at":1,"type":"step-invented"}'],
  ["it is no valid step-scored: value", '{"at":1,"type":"step-scored","node":"0","value":2,"by":"vote"}'],
  ['it is no valid run-finished: Unrecognized key: "extra"', '{"at":1,"type":"run-finished","extra":1}'],
])("ends at a corrupt line in the middle: %s", (reason, line) => {
  const [above, below] = [written([warning("above")]), written([warning("below")])];
  const read = parsed(Buffer.concat([above, Buffer.from(`${line}\n`), below]));
  expect(read.events).toEqual([warning("above")]);
  expect(read.damage).toMatchObject({ kind: "corrupt", line: 2, byte: above.length });
  expect(read.damage?.reason).toContain(reason);
});

it("ends at a line that is not UTF-8", () => {
  const bad = written([warning("x")]);
  bad[bad.indexOf("x")] = 0xff;
  const read = parsed(Buffer.concat([bad, written([warning("below")])]));
  expect(read.damage).toEqual({ kind: "corrupt", line: 1, byte: 0, reason: "it is not UTF-8" });
});

it("takes a last line that is no JSON for torn, and a last event of an unknown kind for corrupt", () => {
  const above = written([warning("above")]);
  expect(parsed(Buffer.concat([above, Buffer.from('{"at":1,"ty\0\0\n')])).damage?.kind).toBe("torn");
  expect(parsed(Buffer.concat([above, Buffer.from('{"at":1,"type":"newer"}\n')])).damage?.kind).toBe(
    "corrupt",
  );
});
