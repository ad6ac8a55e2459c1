import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Budget, BudgetExhaustedError, type BudgetLimits, type Need, type Reservation } from "./budget.ts";
import { costOf } from "./prices.ts";

const PRICE = { input: 2, output: 8 };
const need = (more: Partial<Need> = {}): Need => ({
  inputTokens: 10,
  maxTokens: 100,
  calls: 1,
  price: PRICE,
  ...more,
});

/** One thing that happens to a budget: a sample is asked for, or one of those in flight is taken up. */
const action = fc.oneof(
  fc.record({
    kind: fc.constant("ask" as const),
    inputTokens: fc.integer({ min: 0, max: 300 }),
    maxTokens: fc.integer({ min: 1, max: 400 }),
    calls: fc.integer({ min: 0, max: 1 }),
  }),
  fc.record({
    kind: fc.constant("settle" as const),
    which: fc.nat(20),
    /** Part of the reservation that was used. */
    used: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant("grow" as const),
    which: fc.nat(20),
    inputTokens: fc.integer({ min: 0, max: 50 }),
  }),
);

const limits: fc.Arbitrary<BudgetLimits> = fc.record(
  {
    tokens: fc.integer({ min: 1, max: 2_000 }),
    outputTokens: fc.integer({ min: 1, max: 1_000 }),
    calls: fc.integer({ min: 1, max: 12 }),
    usd: fc.double({ min: 1e-5, max: 0.01, noNaN: true }),
  },
  { requiredKeys: [] },
);

describe("budget", () => {
  it("is never passed, whatever is asked for and taken up in whatever order", () => {
    fc.assert(
      fc.property(limits, fc.array(action, { maxLength: 60 }), (limited, actions) => {
        const budget = new Budget(limited);
        const open: { reservation: Reservation; input: number; calls: number }[] = [];
        const take = (which: number) => open[which % Math.max(1, open.length)];
        for (const step of actions) {
          try {
            if (step.kind === "ask") {
              const reservation = budget.reserve({ ...step, price: PRICE });
              expect(reservation.maxTokens).toBeLessThanOrEqual(step.maxTokens);
              open.push({ reservation, input: step.inputTokens, calls: step.calls });
            } else if (step.kind === "grow") {
              const taken = take(step.which);
              taken?.reservation.grow({ inputTokens: step.inputTokens, calls: 1 });
              if (taken !== undefined) {
                taken.input += step.inputTokens;
                taken.calls++;
              }
            } else {
              const taken = take(step.which);
              if (taken === undefined) continue;
              open.splice(open.indexOf(taken), 1);
              const output = Math.floor(taken.reservation.maxTokens * step.used);
              const usd = costOf(PRICE, taken.input, output) ?? 0;
              taken.reservation.settle({
                tokens: taken.input + output,
                outputTokens: output,
                calls: taken.calls,
                usd,
              });
            }
          } catch (error) {
            expect(error).toBeInstanceOf(BudgetExhaustedError);
          }
          // The worst that can still come of what is in flight.
          const worst = open.reduce(
            (sum, { reservation, input, calls }) => ({
              tokens: sum.tokens + input + reservation.maxTokens,
              outputTokens: sum.outputTokens + reservation.maxTokens,
              calls: sum.calls + calls,
              usd: sum.usd + (costOf(PRICE, input, reservation.maxTokens) ?? 0),
            }),
            budget.spent,
          );
          expect(worst.tokens).toBeLessThanOrEqual(limited.tokens ?? Number.POSITIVE_INFINITY);
          expect(worst.outputTokens).toBeLessThanOrEqual(limited.outputTokens ?? Number.POSITIVE_INFINITY);
          expect(worst.calls).toBeLessThanOrEqual(limited.calls ?? Number.POSITIVE_INFINITY);
          expect(worst.usd).toBeLessThanOrEqual((limited.usd ?? Number.POSITIVE_INFINITY) + 1e-12);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("gives a lone sample what is left, from 32 tokens on", () => {
    const budget = new Budget({ tokens: 60 });
    const clipped = budget.reserve(need());
    expect(clipped.maxTokens).toBe(50);
    clipped.settle({ tokens: 20, outputTokens: 10, calls: 1, usd: 0 });
    expect(() => budget.reserve(need())).toThrow(
      "the budget of 60 tokens is used up; raise it with --budget-tokens",
    );
    expect(budget.reserve(need({ inputTokens: 8 })).maxTokens).toBe(32);
  });

  it("does not clip a sample while another may still give tokens back", () => {
    const budget = new Budget({ tokens: 200 });
    const first = budget.reserve(need());
    expect(() => budget.reserve(need())).toThrow(BudgetExhaustedError);
    first.settle({ tokens: 15, outputTokens: 5, calls: 1, usd: 0 });
    expect(budget.reserve(need()).maxTokens).toBe(100);
  });

  it("names the limit that is in the way", () => {
    expect(() => new Budget({ usd: 1e-6 }).reserve(need())).toThrow("--budget-usd");
    const output = new Budget({ outputTokens: 120 });
    output.reserve(need());
    expect(() => output.reserve(need())).toThrow(
      "the budget of 120 output tokens is used up; raise it with --budget-output-tokens",
    );
    const calls = new Budget({ calls: 1 });
    calls.reserve(need());
    expect(() => calls.reserve(need())).toThrow("--budget-calls");
  });

  it("settles a reservation once", () => {
    const budget = new Budget({ tokens: 1_000 });
    const reservation = budget.reserve(need());
    reservation.settle({ tokens: 40, outputTokens: 30, calls: 1, usd: 0.1 });
    reservation.settle({ tokens: 40, outputTokens: 30, calls: 1, usd: 0.1 });
    expect(budget.spent).toEqual({ tokens: 40, outputTokens: 30, calls: 1, usd: 0.1 });
  });

  it("counts the seconds before a resume", () => {
    let now = 0;
    const budget = new Budget({ seconds: 10 }, { elapsedBeforeMs: 9_000, clock: () => now });
    expect(budget.remainingMs).toBe(1_000);
    budget.reserve(need());
    now = 1_000;
    expect(() => budget.reserve(need())).toThrow("the budget of 10 seconds is used up");
  });

  it("asks for a price where a budget in dollars has none", () => {
    expect(() => new Budget({ usd: 1 }).reserve(need({ price: null }))).toThrow(/needs the model's price/);
  });

  it("takes what was paid for before a resume, fit or not", () => {
    const budget = new Budget({ tokens: 50 });
    budget.reserveLogged(need()).settle({ tokens: 110, outputTokens: 100, calls: 1, usd: 0 });
    expect(budget.spent.tokens).toBe(110);
  });

  it("shares a purse: what others hold is not there, what is given back is, and without it time is up", () => {
    let left = 300;
    const purse = {
      hold({ tokens }: { tokens: number }) {
        if (tokens > left) return undefined;
        left -= tokens;
        return () => {
          left += tokens;
        };
      },
    };
    const one = new Budget({}, { purse });
    const other = new Budget({ tokens: 1000 }, { purse });
    const kept = one.reserve(need());
    kept.grow({ inputTokens: 40, calls: 1 });
    expect(left).toBe(150);
    other.reserve(need()).settle({ tokens: 20, outputTokens: 10, calls: 1, usd: 0 });
    expect(left).toBe(150);
    expect(() => other.reserve(need({ maxTokens: 141 }))).toThrow("seconds");
    kept.settle({ tokens: 150, outputTokens: 100, calls: 2, usd: 0 });
    kept.settle({ tokens: 150, outputTokens: 100, calls: 2, usd: 0 });
    expect(left).toBe(300);
    expect(() => other.reserve(need())).toThrow("seconds");
    expect(one.reserve(need()).maxTokens).toBe(100);
  });
});
