import fc from "fast-check";
import { expect, it } from "vitest";
import { tokenUsage } from "../../test/support/arbitraries.ts";
import type { Event } from "./event.ts";
import { fold } from "./fold.ts";
import { foldUsage } from "./fold-usage.ts";
import type { Role, TokenUsage } from "./usage.ts";

const failed = (role: Role, usage: TokenUsage): Event => ({
  ...{ at: 0, question: "q", type: "call-failed", site: "s", occurrence: 0, fingerprint: "f", model: "m" },
  ...{ outcome: "failed", error: "e", wallMs: 1, role, usage },
});

const sum = (usages: readonly TokenUsage[], field: keyof TokenUsage): number =>
  usages.reduce((total, usage) => total + (usage[field] ?? 0), 0);

it("adds up all calls, failed ones included, in total and by role", () => {
  fc.assert(
    fc.property(fc.array(tokenUsage), fc.array(tokenUsage), (policy, judge) => {
      const events = [
        ...policy.map((one) => failed("policy", one)),
        ...judge.map((one) => failed("judge", one)),
      ];
      const usage = fold(foldUsage, events);
      for (const field of ["inputTokens", "outputTokens", "estimatedOutputTokens", "calls"] as const) {
        expect(usage[field]).toBe(sum([...policy, ...judge], field));
        expect(usage.byRole.policy?.[field] ?? 0).toBe(sum(policy, field));
        expect(usage.byRole.judge?.[field] ?? 0).toBe(sum(judge, field));
      }
    }),
  );
});

it("does not know the cost of a run of which one call has no known price", () => {
  const usage = { inputTokens: 1, outputTokens: 1, reasoningTokens: 0, estimatedOutputTokens: 0, calls: 1 };
  expect(fold(foldUsage, [failed("policy", { ...usage, costUsd: 1 })]).costUsd).toBe(1);
  const events = [failed("policy", { ...usage, costUsd: 1 }), failed("judge", { ...usage, costUsd: null })];
  expect(fold(foldUsage, events)).toMatchObject({ costUsd: null, byRole: { policy: { costUsd: 1 } } });
});
