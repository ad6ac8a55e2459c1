import { expect, test } from "vitest";
import type { EventBody } from "../../thought/event.ts";
import { emptyTokenUsage } from "../../thought/usage.ts";
import { applyDelta, applyEvent, emptyLiveState, headline, type LiveState } from "./live-state.ts";

function told(state: LiveState, ...bodies: EventBody[]): void {
  for (const body of bodies) applyEvent(state, { at: 0, question: "q1", ...body });
}

function shown(
  state: LiveState,
  text: string,
  kind: "text" | "reasoning" | "restarted" = "text",
  sample = 0,
) {
  applyDelta(state, { site: "roll-out:0", sample, kind, text });
}

test("pieces add up below the node and the sample that they belong to", () => {
  const state = emptyLiveState("m");
  shown(state, "one ");
  shown(state, "other", "text", 1);
  shown(state, "two");
  applyDelta(state, { site: "expand:0.1/2", sample: 3, kind: "text", text: "deep" });
  expect([...state.writing]).toEqual([
    ["0.0", "one two"],
    ["0.1", "other"],
    ["0.1/2.3", "deep"],
  ]);
});

test("a reply begins on a line of its own behind the thinking", () => {
  const state = emptyLiveState("m");
  shown(state, "6 times ", "reasoning");
  shown(state, "7", "reasoning");
  shown(state, "4");
  shown(state, "2");
  expect(state.writing.get("0.0")).toBe("6 times 7\n42");
});

test("a broken stream takes back what was shown of it", () => {
  const state = emptyLiveState("m");
  shown(state, "one");
  shown(state, "", "restarted");
  expect(state.writing.size).toBe(0);
  shown(state, "again");
  expect(state.writing.get("0.0")).toBe("again");
});

test("what is told is no longer being written, and what comes late for it is passed over", () => {
  const state = emptyLiveState("m");
  shown(state, "one");
  told(
    state,
    { type: "task-told", task: "0.0", outcome: "done" },
    { type: "step-added", node: "0.0", parent: "0", text: "one" },
  );
  shown(state, "late");
  expect(state.writing.size).toBe(0);
  expect(state.thought.tree.get("0.0").text).toBe("one");
});

test("nothing is being written any more when the question is finished", () => {
  const state = emptyLiveState("m");
  shown(state, "one");
  told(state, {
    type: "question-finished",
    stopReason: "budget",
    usage: { ...emptyTokenUsage(), byRole: {} },
  });
  expect(state.writing.size).toBe(0);
});

test("the headline names strategy and model, and why where nobody named the strategy", () => {
  const state = emptyLiveState("lab/m");
  expect(headline(state)).toBe("… over lab/m");
  told(state, { type: "strategy-chosen", strategy: "vote", settings: {}, reason: "" });
  expect(headline(state)).toBe("vote over lab/m");
  told(state, {
    type: "strategy-chosen",
    strategy: "vote",
    settings: {},
    reason: "effort low: several vote",
  });
  expect(headline(state)).toBe("vote over lab/m · effort low: several vote");
});

test("usage is the sum of the calls", () => {
  const state = emptyLiveState("m");
  const usage = { ...emptyTokenUsage(), outputTokens: 5, calls: 1 };
  const call = { site: "answer", fingerprint: "f", role: "policy", model: "m", wallMs: 1, usage } as const;
  told(state, { type: "call-finished", occurrence: 0, ...call, request: null, samples: [] });
  told(state, { type: "call-finished", occurrence: 1, ...call, request: null, samples: [] });
  expect(state.usage).toMatchObject({ outputTokens: 10, calls: 2 });
});
