import { expect, onTestFinished, test } from "vitest";
import {
  type Endpoint,
  type EndpointFault,
  type EndpointOptions,
  faultPlan,
  type LedgerEntry,
  oneOfFaults,
  startEndpoint,
} from "../src/models/testing/index.ts";
import { strategies } from "../src/strategies/registry.ts";
import type { Event } from "../src/thought/event.ts";
import { mazeReply } from "./support/maze-endpoint.ts";
import { thinkOver } from "./support/think-over.ts";

/** What a server may do to a reply that still is one in the end. */
const faults: EndpointFault[] = [
  ...[{ kind: "rate-limit", retryAfterMs: 10 } as const, { kind: "status", status: 500 } as const],
  ...[{ kind: "cut" } as const, { kind: "cut", afterPieces: 0 } as const, { kind: "truncated" } as const],
  ...[{ kind: "no-choices" } as const, { kind: "no-usage" } as const],
  // Twice a reply of a few tokens would be no lie that anyone could tell.
  ...[{ kind: "wrong-usage", times: 10 } as const, { kind: "ignores-n" } as const],
  ...[
    { kind: "refuses", parameter: "n" } as const,
    { kind: "refuses", parameter: "response_format" } as const,
  ],
];

const settings = {
  ...{ samples: 6, width: 3, keep: 2, depth: 6, rollouts: 6, lookahead: 1, maxTokens: 400, confidence: 1 },
  ...{ concurrency: 8, order: "asked" as const },
};

async function start(options: EndpointOptions): Promise<Endpoint> {
  const endpoint = await startEndpoint(options);
  onTestFinished(() => endpoint.close());
  return endpoint;
}

/** Ends of calls that the log has as cancelled: what the endpoint did for them it may never have come to tell. */
function cancelled(events: readonly Event[]): number {
  return events.filter((event) => event.type === "call-failed" && event.outcome === "cancelled").length;
}

for (const [share, streamed] of [
  [0, false],
  [0, true],
  [0.25, false],
  [0.25, true],
] as const) {
  const how = `${streamed ? "streamed" : "whole"} replies, ${share * 100}% of them with a fault`;

  test.concurrent.for(strategies.map(({ name }) => name))(
    `%s reports what the endpoint's own books say, of ${how}`,
    { timeout: 60_000 },
    async (strategy, { expect }) => {
      const endpoint = await startEndpoint({
        reply: mazeReply,
        // So that what is cancelled has not been answered yet.
        latency: { kind: "uniform", fromMs: 10, toMs: 30 },
        fault: faultPlan(oneOfFaults(faults, share), 3),
      });
      try {
        const show = streamed ? { show: () => {} } : {};
        const { thought, events } = await thinkOver(endpoint.url, { strategy, settings, ...show });
        await expect.poll(() => endpoint.ledger.inFlight).toBe(0);
        const { usage } = thought;
        const trusted = (entry: Readonly<LedgerEntry>) =>
          entry.outcome === "answered" && entry.fault?.kind !== "wrong-usage" && entry.reported !== undefined;
        const sums = endpoint.ledger.sum();
        const stray = cancelled(events);
        if (stray === 0) {
          expect(usage.calls).toBe(sums.requests);
          expect(usage.inputTokens).toBe(sums.reported.prompt);
          expect(usage.outputTokens).toBe(endpoint.ledger.sum(trusted).reported.completion);
        } else {
          expect(usage.calls).toBeGreaterThanOrEqual(sums.requests);
          expect(usage.calls - sums.requests).toBeLessThanOrEqual(stray);
          expect(usage.inputTokens).toBeLessThanOrEqual(sums.reported.prompt);
        }
        const unreported = endpoint.ledger.sum((entry) => !trusted(entry)).sentTokens;
        expect(Math.abs(usage.estimatedOutputTokens - unreported)).toBeLessThanOrEqual(
          0.1 * unreported + stray * 4,
        );
      } finally {
        await endpoint.close();
      }
    },
  );
}

const LONG = Array.from({ length: 60 }, (_, place) => `step ${place + 1}: take door a`).join("\n");

test.each([2, 0.5, 0])("a report of %d times the truth is told from the truth", async (times) => {
  const endpoint = await start({ reply: () => LONG, fault: () => ({ kind: "wrong-usage", times }) });
  const { thought } = await thinkOver(endpoint.url, {
    ...{ strategy: "vote", settings: { samples: 4, confidence: 1, maxTokens: 2000 } },
  });
  const { made } = endpoint.ledger.sum();
  const { outputTokens, estimatedOutputTokens } = thought.usage;
  expect(outputTokens).toBe(0);
  expect(Math.abs(estimatedOutputTokens / made.completion - 1)).toBeLessThan(0.1);
});

test.each(["reasoning_content", "reasoning", "think-tags"] as const)(
  "thinking in %s is counted once",
  async (reasoning) => {
    for (const fault of [undefined, { kind: "no-usage" }] as const) {
      for (const streamed of [false, true]) {
        const endpoint = await start({
          reasoning,
          reply: () => ({ reasoning: LONG, text: "Answer: 42" }),
          fault: () => fault,
        });
        const show = streamed ? { show: () => {} } : {};
        const { thought } = await thinkOver(endpoint.url, { strategy: "step-by-step", ...show });
        const { made, reported } = endpoint.ledger.sum();
        const { outputTokens, reasoningTokens, estimatedOutputTokens } = thought.usage;
        expect(thought.text).toBe("42");
        expect(thought.thought).toHaveLength(60);
        expect({ outputTokens, reasoningTokens }).toEqual({
          outputTokens: reported.completion,
          reasoningTokens: reported.reasoning,
        });
        if (fault !== undefined)
          expect(Math.abs(estimatedOutputTokens / made.completion - 1)).toBeLessThan(0.1);
        else expect(estimatedOutputTokens).toBe(0);
      }
    }
  },
);

test.each(["text", "reasoning_content", "think-tags"] as const)(
  "a streamed thought that goes round in circles (%s) is ended early, what came of it counted, and the log says so",
  async (form) => {
    const circles = ["six sevens", ...Array.from({ length: 4_000 }, () => "wait, is that so?")].join("\n");
    const reasoning = form === "text" ? undefined : form;
    const endpoint = await start({
      ...{ reply: () => (reasoning === undefined ? circles : { reasoning: circles, text: "Answer: 42" }) },
      ...{ latency: { kind: "fixed", ms: 4_000 }, ...(reasoning && { reasoning }) },
    });
    const settings = { maxTokens: 30_000, order: "arrival" as const };
    const { thought, events } = await thinkOver(endpoint.url, {
      ...{ strategy: "step-by-step", settings, show: () => {} },
    });
    await expect.poll(() => endpoint.ledger.inFlight).toBe(0);
    const { made, sentTokens } = endpoint.ledger.sum();
    expect(endpoint.ledger.entries).toMatchObject([{ outcome: "broken-off" }]);
    expect(sentTokens).toBeLessThan(made.completion / 10);
    const { outputTokens, estimatedOutputTokens } = thought.usage;
    expect(outputTokens).toBe(0);
    // Pieces that were on their way when the stream was closed were sent and never came.
    expect(estimatedOutputTokens).toBeGreaterThan(100);
    expect(estimatedOutputTokens).toBeLessThanOrEqual(1.1 * sentTokens);
    const [call] = events.flatMap((event) => (event.type === "call-finished" ? event : []));
    expect(call).toMatchObject({ samples: [{ finishReason: "other" }] });
    const cuts = events.flatMap((event) => (event.type === "thought-cut" ? event.reason : []));
    expect(cuts).toEqual([expect.stringMatching(/^1 line repeated \d+ times$/)]);
  },
);

test("told in the order asked, no thought is ended early: whoever watches sees what the others see", async () => {
  const circles = Array.from({ length: 100 }, () => "wait, is that so?").join("\n");
  const endpoint = await start({ reply: () => `${circles}\nAnswer: 42` });
  const settings = { maxTokens: 4_000, order: "asked" as const };
  const [bare, watched] = await Promise.all(
    [{}, { show: () => {} }].map((show) =>
      thinkOver(endpoint.url, { strategy: "step-by-step", settings, ...show }),
    ),
  );
  expect(watched?.thought).toEqual(bare?.thought);
  expect(watched?.thought.text).toBe("42");
});

test("what a stopped stream had said is counted", async () => {
  const endpoint = await start({ reply: () => LONG, latency: { kind: "fixed", ms: 60_000 } });
  const stop = new AbortController();
  let shown = 0;
  const stopped = thinkOver(endpoint.url, {
    strategy: "step-by-step",
    settings: { maxTokens: 4000, budget: { seconds: 1.5 } },
    signal: stop.signal,
    show: () => void shown++,
  });
  const { thought, events } = await stopped;
  expect(thought.stopReason).toBe("budget");
  expect(cancelled(events)).toBe(1);
  await expect.poll(() => endpoint.ledger.inFlight).toBe(0);
  const { sentTokens } = endpoint.ledger.sum();
  expect(shown).toBeGreaterThan(0);
  // The last piece may have been on its way.
  expect(Math.abs(thought.usage.estimatedOutputTokens - sentTokens)).toBeLessThanOrEqual(
    0.1 * sentTokens + 4,
  );
});
