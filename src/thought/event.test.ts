import fc from "fast-check";
import { expect, it } from "vitest";
import { eventLog } from "../../test/support/arbitraries.ts";
import { eventSchema, isCallEvent } from "./event.ts";

it("reads every valid event back from JSON as it was", () => {
  fc.assert(
    fc.property(eventLog, (events) => {
      for (const event of events) expect(eventSchema.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
    }),
  );
});

it("refuses an unknown type", () => {
  expect(eventSchema.safeParse({ at: 1, type: "step-invented", node: "0" }).success).toBe(false);
  expect(eventSchema.safeParse({ at: 1 }).success).toBe(false);
});

it("refuses an unknown field in any event", () => {
  fc.assert(
    fc.property(eventLog, fc.stringMatching(/^[a-z]{1,8}X$/), (events, field) => {
      for (const event of events) expect(eventSchema.safeParse({ ...event, [field]: 1 }).success).toBe(false);
    }),
  );
});

it("refuses a score outside of [0, 1] and an event without a time", () => {
  const scored = { at: 1, question: "q", type: "step-scored", node: "0.0", value: 0.5, by: "vote" };
  expect(eventSchema.safeParse(scored).success).toBe(true);
  expect(eventSchema.safeParse({ ...scored, value: 1.01 }).success).toBe(false);
  expect(eventSchema.safeParse({ ...scored, value: null }).success).toBe(false);
  expect(eventSchema.safeParse({ ...scored, at: undefined }).success).toBe(false);
});

it("tells calls from everything else", () => {
  fc.assert(
    fc.property(eventLog, (events) => {
      for (const event of events) expect(isCallEvent(event)).toBe(event.type.startsWith("call-"));
    }),
  );
});

it("takes nothing that would not read back from its line: the log checks events before it writes them", () => {
  const value = fc.oneof(
    fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true }),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, undefined, () => 1, Symbol("s")),
  );
  fc.assert(
    fc.property(value, (made) => {
      const settings = { made, count: 3 };
      const event = { at: 1, question: "q", type: "strategy-chosen", strategy: "s", settings, reason: "" };
      const taken = eventSchema.safeParse(event);
      if (!taken.success) return;
      const line = JSON.stringify(taken.data);
      const read = eventSchema.parse(JSON.parse(line));
      expect(JSON.stringify(read)).toBe(line);
    }),
    { numRuns: 500 },
  );
});
