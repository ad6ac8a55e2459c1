import type { Event, EventBody } from "sojourn/thought";
import { emptyTokenUsage } from "sojourn/thought";
import { afterEach, expect, test, vi } from "vitest";
import { layoutTree } from "../views/tree/layout.ts";
import { looksOf } from "../views/tree/looks.ts";
import { LiveQuestion } from "./live-question.ts";
import { eventsUntil, ThoughtPlayer } from "./player.ts";

const bodies: EventBody[] = [
  { type: "question-started", text: { id: "q1", text: "2 + 2?" } },
  { type: "strategy-chosen", strategy: "beam", settings: {}, reason: "" },
  { type: "step-added", node: "0.0", parent: "0", text: "add" },
  { type: "step-added", node: "0.1", parent: "0", text: "guess" },
  { type: "step-scored", node: "0.0", value: 0.9, by: "judge" },
  { type: "step-scored", node: "0.1", value: 0.1, by: "judge" },
  { type: "step-pruned", node: "0.1", reason: "low" },
  { type: "step-added", node: "0.1.0", parent: "0.1", text: "so 5" },
  { type: "answer-proposed", node: "0.1.0", answer: "5" },
  { type: "step-added", node: "0.0.0", parent: "0.0", text: "so 4" },
  { type: "answer-proposed", node: "0.0.0", answer: "4" },
  { type: "answer-chosen", node: "0.0.0", answer: "4", reason: "best", checked: false },
  { type: "question-finished", stopReason: "answered", usage: { ...emptyTokenUsage(), byRole: {} } },
  { type: "answer-graded", node: "0.0.0", answer: "4", correct: true, reason: "equal" },
  { type: "answer-graded", node: "0.1.0", answer: "5", correct: false, reason: "differs" },
];
const events: Event[] = bodies.map((body, at) => ({ at: at * 100, question: "q1", ...body }));

/** What is drawn: where each node stands and what it looks like. */
function picture(whole: LiveQuestion["thought"]["tree"], thought: LiveQuestion["thought"]) {
  const { column, depth, parent, nodes } = layoutTree(whole);
  return {
    ids: nodes.map(({ id }) => id),
    column,
    depth,
    parent,
    looks: looksOf(layoutTree(whole), thought),
  };
}

const message = (event: Event, line: number) =>
  `id: ${line}\nevent: event\ndata: ${JSON.stringify(event)}\n\n`;
const end = 'event: end\ndata: {"state":"finished"}\n\n';

/** A server that sends the events from wherever it is asked on, and loses each connection but the last after `whole`. */
function serve(whole: readonly number[] = []) {
  const asked: (string | undefined)[] = [];
  vi.stubGlobal("fetch", async (_path: string, { headers }: { headers: Record<string, string> }) => {
    const from = Number(headers["last-event-id"] ?? 0);
    const until = whole[asked.length];
    asked.push(headers["last-event-id"]);
    const rest = events.slice(from, until).map((event, place) => message(event, from + place + 1));
    return new Response([...rest, ...(until === undefined ? [end] : [])].join(""));
  });
  return asked;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("the tree that is watched as it grows is the tree that is replayed, at every moment", async () => {
  const player = new ThoughtPlayer(events);
  for (const until of [...events.keys(), events.length]) {
    vi.stubGlobal(
      "fetch",
      async () =>
        new Response(
          [...events.slice(0, until).map((event, place) => message(event, place + 1)), end].join(""),
        ),
    );
    const live = new LiveQuestion("r", "q1");
    await live.open();
    const { thought } = player.at(until);
    expect(picture(thought.tree, thought)).toEqual(picture(live.thought.tree, live.thought));
  }
});

test("replayed backwards and in jumps it is the same as well", () => {
  const player = new ThoughtPlayer(events);
  for (const at of [9, 3, 15, 0, 7]) {
    const { thought } = player.at(at);
    const fresh = new ThoughtPlayer(events).at(at).thought;
    expect(picture(thought.tree, thought)).toEqual(picture(fresh.tree, fresh));
  }
});

test("while it is replayed, nodes stand where they will stay and those of later are not there yet", () => {
  const { thought: whole } = new ThoughtPlayer(events).at(events.length);
  const { thought } = new ThoughtPlayer(events).at(4);
  const { ids, looks } = picture(whole.tree, thought);
  expect(ids.filter((_, place) => looks.there[place] === 1)).toEqual(["0", "0.0", "0.1"]);
});

test("a lost connection goes on behind the last event that came, and no event comes twice", async () => {
  vi.useFakeTimers();
  const asked = serve([4, 4, 11]);
  const live = new LiveQuestion("r", "q1");
  const opened = live.open();
  await vi.runAllTimersAsync();
  await opened;
  expect(asked).toEqual([undefined, "4", "4", "11"]);
  expect(live.events).toEqual(events);
  expect(live.connection).toBe("ended");
});

test("what the server refuses is said in its own words and not asked again", async () => {
  const refusal = { error: { message: 'no run "r"' } };
  const fetching = vi.fn(async () => new Response(JSON.stringify(refusal), { status: 400 }));
  vi.stubGlobal("fetch", fetching);
  const live = new LiveQuestion("r", undefined);
  await live.open();
  expect(live.error?.message).toBe('no run "r"');
  expect(fetching).toHaveBeenCalledTimes(1);
});

test("a time finds the events that had happened by then", () => {
  expect([-1, 0, 99, 100, 1e9].map((time) => eventsUntil(events, time))).toEqual([0, 1, 1, 2, events.length]);
  expect(eventsUntil([], 5)).toBe(0);
});
