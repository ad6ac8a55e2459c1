import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Limiter, type Slot } from "./limiter.ts";

const never = new AbortController().signal;

describe("limiter", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const build = (limits: ConstructorParameters<typeof Limiter>[0]): Limiter =>
    new Limiter(limits, () => Date.now());

  /** Asks for a slot and notes its name when it comes. */
  function request(
    limiter: Limiter,
    granted: string[],
    name: string,
    owner: object,
    tokens = 1,
  ): Promise<Slot> {
    return limiter.acquire(owner, tokens, never).then((slot) => {
      granted.push(name);
      return slot;
    });
  }

  it("lets no more through at once than it may", async () => {
    const limiter = build({ inFlight: 2 });
    const granted: string[] = [];
    const owner = {};
    const slots = ["a", "b", "c"].map((name) => request(limiter, granted, name, owner));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(granted).toEqual(["a", "b"]);
    (await slots[0])?.release();
    (await slots[0])?.release();
    await vi.advanceTimersByTimeAsync(0);
    expect(granted).toEqual(["a", "b", "c"]);
    expect(limiter.inFlight).toBe(2);
  });

  it("lets owners take turns", async () => {
    const limiter = build({ inFlight: 1 });
    const granted: string[] = [];
    const [many, few] = [{}, {}];
    const names = ["m1", "m2", "m3", "f1"];
    const slots = names.map((name) => request(limiter, granted, name, name.startsWith("m") ? many : few));
    for (let round = 0; round < 4; round++) {
      await vi.advanceTimersByTimeAsync(0);
      const next = granted[round];
      (await slots[names.indexOf(next ?? "")])?.release();
    }
    expect(granted).toEqual(["m1", "m2", "f1", "m3"]);
  });

  it("keeps to requests a minute", async () => {
    const limiter = build({ inFlight: 10, requestsPerMinute: 2 });
    const granted: string[] = [];
    for (const name of ["a", "b", "c"])
      void request(limiter, granted, name, {}).then((slot) => slot.release());
    await vi.advanceTimersByTimeAsync(59_000);
    expect(granted).toEqual(["a", "b"]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(granted).toEqual(["a", "b", "c"]);
  });

  it("keeps to tokens a minute, counting what was used in place of what was reserved", async () => {
    const limiter = build({ inFlight: 10, tokensPerMinute: 100 });
    const granted: string[] = [];
    const first = await request(limiter, granted, "a", {}, 90);
    void request(limiter, granted, "b", {}, 50);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(granted).toEqual(["a"]);
    first.release(20);
    await vi.advanceTimersByTimeAsync(0);
    expect(granted).toEqual(["a", "b"]);
  });

  it("lets a request larger than a minute's tokens go alone", async () => {
    const limiter = build({ inFlight: 10, tokensPerMinute: 100 });
    const granted: string[] = [];
    void request(limiter, granted, "small", {}, 10);
    void request(limiter, granted, "huge", {}, 500);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(granted).toEqual(["small"]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(granted).toEqual(["small", "huge"]);
  });

  it("sends nothing while it is paused", async () => {
    const limiter = build({ inFlight: 10 });
    const granted: string[] = [];
    limiter.pause(500);
    void request(limiter, granted, "a", {});
    await vi.advanceTimersByTimeAsync(400);
    expect(granted).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(granted).toEqual(["a"]);
  });

  it("lets a request that is stopped leave the queue", async () => {
    const limiter = build({ inFlight: 1 });
    const held = await limiter.acquire({}, 1, never);
    const stop = new AbortController();
    const waiting = limiter.acquire({}, 1, stop.signal);
    stop.abort(new Error("stopped"));
    await expect(waiting).rejects.toThrow("stopped");
    held.release();
    await expect(limiter.acquire({}, 1, never)).resolves.toBeDefined();
  });
});
