import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { Jobs, ShutdownError } from "./jobs.ts";

test("a shutdown waits for what is under way and lets nothing new begin", async () => {
  const jobs = new Jobs();
  const job = jobs.begin();
  const closed = jobs.close({ graceMs: 5_000, settleMs: 0 });
  expect(jobs.closing).toBe(true);
  expect(() => jobs.begin()).toThrow(ShutdownError);
  await wait(5);
  expect([job.signal.aborted, job.enough.aborted]).toEqual([false, false]);
  job.end();
  await closed;
  expect(jobs.size).toBe(0);
});

test("a shutdown has what takes too long settle for its best answer, and then stops it", async () => {
  const jobs = new Jobs();
  const settles = jobs.begin();
  settles.enough.addEventListener("abort", () => settles.end());
  const stubborn = jobs.begin();
  const kept = jobs.begin({ resumable: true });
  kept.signal.addEventListener("abort", () => kept.end());
  stubborn.signal.addEventListener("abort", () => stubborn.end());
  await jobs.close({ graceMs: 10, settleMs: 10 });
  expect(settles.signal.aborted).toBe(false);
  expect([kept.enough.aborted, kept.signal.aborted]).toEqual([false, true]);
  expect(stubborn.signal.reason).toBeInstanceOf(ShutdownError);
  expect(jobs.size).toBe(0);
});
