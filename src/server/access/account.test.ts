import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Event } from "../../thought/event.ts";
import { Account, type Spending } from "./account.ts";

const DAY_MS = 86_400_000;

function call(tokens: number, costUsd: number | null = 0): Event {
  const usage = { inputTokens: 0, outputTokens: tokens, reasoningTokens: 0, estimatedOutputTokens: 0 };
  return {
    ...{
      type: "call-finished",
      at: 0,
      question: "q1",
      site: "s",
      occurrence: 0,
      fingerprint: "",
      role: "policy",
    },
    ...{ model: "m", wallMs: 0, usage: { ...usage, calls: 1, costUsd }, request: {}, samples: [] },
  } as const;
}

describe("an account", () => {
  test("never sends more requests in any minute than it may, and says when the next one may come", () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), gaps, (requestsPerMinute, waits) => {
        let now = 0;
        const account = new Account({ name: "a", requestsPerMinute }, undefined, {
          clock: () => now,
          spent: () => {},
        });
        const sent: number[] = [];
        for (const gap of waits) {
          now += gap;
          const refusal = account.take();
          if (refusal === undefined) sent.push(now);
          else {
            expect(refusal.reason).toBe("rate");
            now += refusal.retryAfter * 1000;
            expect(account.take()).toBeUndefined();
            sent.push(now);
          }
          expect(sent.filter((at) => at > now - 60_000).length).toBeLessThanOrEqual(requestsPerMinute);
        }
      }),
    );
  });

  test("stops at its tokens or its money of a day, and begins anew on the next", () => {
    let now = DAY_MS / 2;
    const told: Spending[] = [];
    const account = new Account({ name: "a", tokensPerDay: 200, usdPerDay: 1 }, undefined, {
      clock: () => now,
      spent: (spending) => told.push({ ...spending }),
    });
    account.event(call(60, 0.2));
    expect(account.left).toEqual({ tokens: 140, usd: 0.8 });
    expect(account.take()).toBeUndefined();
    account.event(call(140, null));
    expect(account.take()).toMatchObject({ reason: "budget", retryAfter: DAY_MS / 2000 });
    now = DAY_MS;
    expect(account.take()).toBeUndefined();
    account.event(call(1, 1));
    expect(account.take()?.message).toContain("$1");
    expect(told.at(-1)).toEqual({ day: 1, tokens: 1, usd: 1 });
  });

  test("remembers what was used before", () => {
    const spending = { day: 0, tokens: 100, usd: 0 };
    const options = { clock: () => 0, spent: () => {} };
    expect(new Account({ name: "a", tokensPerDay: 100 }, spending, options).take()?.reason).toBe("budget");
  });
});
