import { expect, test } from "vitest";
import { thinkScripted } from "../../strategies/scripted-world.ts";
import type { Event, EventBody } from "../../thought/event.ts";
import { fold } from "../../thought/fold.ts";
import { foldThoughts, type Thought } from "../../thought/fold-thought.ts";
import { Random } from "../../thought/random.ts";
import { Tree } from "../../thought/tree.ts";
import { englishGrammar } from "./english.ts";
import { journeysOf } from "./long-thought.ts";
import { gradedThought } from "./made-up-trees.ts";
import { traceOf } from "./trace.ts";
import { wordWalk } from "./wording.ts";

function thoughtOf(bodies: readonly EventBody[]): Thought {
  const events = bodies.map((body, at): Event => ({ at, question: "q", ...body }));
  const thought = fold(foldThoughts, events).get("q");
  if (thought === undefined) throw new Error("no events, no thought");
  return thought;
}

const step = (node: string, parent: string, text: string): EventBody => ({
  type: "step-added",
  node,
  parent,
  text,
});
const critique: EventBody[] = [
  { type: "strategy-chosen", strategy: "critique", settings: {}, reason: "" },
  step("0.0", "0", "Let x be the smaller one."),
  { type: "agent-spoke", agent: "critic", text: "continue" },
  step("0.0.0", "0.0", "Then x + x = 7."),
  { type: "agent-spoke", agent: "critic", text: "backtrack: the other one is larger" },
  { type: "step-pruned", node: "0.0.0", reason: "the other one is larger" },
  { type: "backtracked", from: "0.0.0", to: "0.0" },
  step("0.0.1", "0.0", "Then x + (x + 1) = 7."),
  { type: "answer-proposed", node: "0.0.1", answer: "3" },
  { type: "answer-chosen", node: "0.0.1", answer: "3", reason: "the critic agreed", checked: false },
];

test("tells what a dialogue did: steps, the critic's reasons, and returns", () => {
  const beats = traceOf(thoughtOf(critique)) ?? [];
  const { lines, wrongTurns } = wordWalk(beats, englishGrammar, new Random(1));
  expect(wrongTurns).toBe(1);
  expect(lines.map(({ kind }) => kind)).toEqual([
    "step",
    "wrong",
    "reflection",
    "reflection",
    "return",
    "step",
  ]);
  expect(lines.map(({ text }) => text)).toEqual([
    "Let x be the smaller one.",
    "Then x + x = 7.",
    "Let me think about that again: the other one is larger.",
    expect.stringMatching(/\.$/),
    expect.stringMatching(/: Let x be the smaller one\.$/),
    "Then x + (x + 1) = 7.",
  ]);
});

test("a thought that does not end at its answer is no trace", () => {
  const later = [...critique.slice(0, -1), step("0.0.2", "0.0", "Or is it?"), ...critique.slice(-1)];
  expect(traceOf(thoughtOf(later))).toBeUndefined();
  expect(traceOf(thoughtOf(critique.slice(0, -1)))).toBeUndefined();
});

test("a trace becomes a journey only where its answer is right", () => {
  const thought = thoughtOf(critique);
  const journeys = (correct: boolean) =>
    journeysOf(gradedThought(new Tree(), { ...thought, correct }), new Random(0));
  expect(journeys(true)).toMatchObject([
    { answer: "3", steps: ["Let x be the smaller one.", "Then x + (x + 1) = 7."] },
  ]);
  expect(journeys(false)).toEqual({ fault: "its answer is not right" });
});

test.each(["critique", "debate", "plan"])(
  "what %s really did is a trace with every wrong turn followed by a return",
  async (strategy) => {
    let traced = 0;
    for (let seed = 0; seed < 12; seed++) {
      const { result, events } = thinkScripted({
        strategy,
        settings: { seed, samples: 4, width: 3, keep: 2, depth: 8, rounds: 3, order: "asked" },
      });
      await result;
      const thought = fold(foldThoughts, events).get("q1");
      const beats = thought === undefined ? undefined : traceOf(thought);
      if (thought === undefined || beats === undefined) continue;
      traced++;
      const { lines } = wordWalk(beats, englishGrammar, new Random(seed));
      const story = lines.map(({ kind }) => kind).filter((kind) => kind !== "reflection");
      expect(story.join(" ")).toMatch(/^(?:(?:step|(?:wrong )+return)(?: |$))*$/);
      expect(lines.filter(({ kind }) => kind === "step").map(({ text }) => text)).toEqual(thought.steps);
    }
    expect(traced).toBeGreaterThan(3);
  },
);
