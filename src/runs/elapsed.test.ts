import { expect, it } from "vitest";
import type { Event } from "../thought/event.ts";
import { SessionClock } from "./elapsed.ts";

const warning = (at: number): Event => ({ at, question: "q", type: "warning-raised", text: "" });
const call = (at: number, wallMs: number): Event => ({
  ...{ at, question: "q", type: "call-failed", site: "s", occurrence: 0, fingerprint: "f", role: "policy" },
  ...{ model: "m", outcome: "failed", error: "e", wallMs },
  usage: {
    inputTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
    estimatedOutputTokens: 0,
    calls: 1,
    costUsd: 0,
  },
});
const session = (startedAt: number, firstLine: number) => ({
  startedAt: new Date(startedAt).toISOString(),
  firstLine,
});

it("lasts from the first event to the last one", () => {
  const clock = new SessionClock([session(1000, 1)]);
  for (const [index, at] of [1200, 1500, 1900].entries()) clock.add(warning(at), index + 1);
  expect(clock.elapsedMs).toBe(700);
});

it("leaves out the time between sessions", () => {
  const clock = new SessionClock([session(1000, 1), session(90_000, 3), session(200_000, 4)]);
  clock.add(warning(1100), 1);
  clock.add(warning(1600), 2);
  clock.add(call(90_800, 300), 3);
  expect(clock.elapsedMs).toBe(500 + 300);
});

it("counts a call from its beginning, but not from before its session", () => {
  const clock = new SessionClock([session(1000, 1)]);
  clock.add(call(1500, 9999), 1);
  clock.add(call(1700, 100), 2);
  expect(clock.elapsedMs).toBe(700);
});

it("is 0 without events or without sessions", () => {
  expect(new SessionClock([session(1000, 1)]).elapsedMs).toBe(0);
  const clock = new SessionClock([]);
  clock.add(warning(5), 1);
  expect(clock.elapsedMs).toBe(0);
});
