import { describe, expect, it } from "vitest";
import { Random } from "../thought/random.ts";
import type { Failure, FailureKind } from "./failures.ts";
import { retryWaitMs, sleep } from "./retry.ts";

const failure = (kind: FailureKind, retryAfterMs?: number): Failure => ({
  kind,
  detail: "",
  error: undefined,
  retryAfterMs,
});
const waits = (seed: number): (number | undefined)[] => {
  const random = new Random(seed);
  return [0, 1, 2, 3, 4, 5].map((retries) => retryWaitMs(failure("server-error"), retries, random));
};

describe("retry", () => {
  it("doubles its waits, a little shorter at random, and gives up", () => {
    const found = waits(1);
    for (const [place, most] of [500, 1_000, 2_000, 4_000, 8_000].entries()) {
      expect(found[place]).toBeGreaterThan(most / 2);
      expect(found[place]).toBeLessThanOrEqual(most);
    }
    expect(found[5]).toBeUndefined();
  });

  it("waits the same for the same seed and otherwise for another", () => {
    expect(waits(1)).toEqual(waits(1));
    expect(waits(1)).not.toEqual(waits(2));
  });

  it("waits at least as long as it is asked to, and gives up when that is too long", () => {
    expect(retryWaitMs(failure("rate-limited", 7_000), 0, new Random(1))).toBeGreaterThanOrEqual(7_000);
    expect(retryWaitMs(failure("rate-limited", 3_600_000), 0, new Random(1))).toBeUndefined();
  });

  it.each(["unauthorized", "forbidden", "not-found", "refused", "ours"] as const)(
    "takes %s as final",
    (kind) => {
      expect(retryWaitMs(failure(kind), 0, new Random(1))).toBeUndefined();
    },
  );

  it("wakes at once when it is stopped", async () => {
    const stop = new AbortController();
    const sleeping = sleep(60_000, stop.signal);
    stop.abort(new Error("stopped"));
    await expect(sleeping).rejects.toThrow("stopped");
  });
});
