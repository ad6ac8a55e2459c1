import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventsOf, type MadeQuestion } from "../../../test/support/made-runs.ts";
import type { Event } from "../../thought/event.ts";
import type { QuestionRows } from "./question-fold.ts";
import type { RunFacts } from "./run-facts.ts";
import { RunFold } from "./run-fold.ts";

const facts: RunFacts = {
  ...{ id: "r", command: "eval", effort: "low", model: null },
  sessions: [{ startedAt: "2026-11-20T12:00:00.000Z", firstLine: 1 }],
};
const start = Date.parse("2026-11-20T12:00:00.000Z");

function logOf(questions: readonly MadeQuestion[]): Event[] {
  return questions.flatMap(eventsOf).map((body, index) => ({ at: start + index, ...body }));
}

const made = (id: string, steps = ["Wait, it is 4."]): MadeQuestion => ({
  ...{ id, steps, answer: "4", gold: "4", reward: 0.5 },
});

/** The rows of each question as they were last given. */
function byQuestion(rows: readonly QuestionRows[]): Map<string, QuestionRows> {
  return new Map(rows.map((row) => [row.thought.question, row]));
}

describe("a run's fold", () => {
  it("gives the same rows however often they are taken, and whatever was let go meanwhile", () => {
    const logs = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        logs,
        fc.integer({ min: 1, max: 30 }),
        fc.infiniteStream(fc.boolean()),
        (sizes, patience, take) => {
          const events = logOf(sizes.map((size, index) => made(`q${index}`, Array(size).fill("So it is."))));
          const whole = new RunFold(facts);
          for (const event of events) whole.add(event);
          const expected = byQuestion(whole.takeChanged());

          const fold = new RunFold(facts, patience);
          const taken: QuestionRows[] = [];
          for (const event of events) {
            fold.add(event);
            if (take.next().value) taken.push(...fold.takeSettled());
            if (take.next().value) taken.push(...fold.takeChanged());
          }
          taken.push(...fold.takeSettled(), ...fold.takeChanged());
          fc.pre(!fold.late);
          expect(byQuestion(taken)).toEqual(expected);
          expect(fold.size).toBe(expected.size);
        },
      ),
    );
  });

  it("lets a question go when it has ended, and gives its rows once", () => {
    const fold = new RunFold(facts, 5);
    for (const event of logOf([made("a"), made("b")])) fold.add(event);
    expect(fold.takeSettled().map(({ thought }) => thought.question)).toEqual(["a"]);
    expect(fold.takeSettled()).toEqual([]);
    expect(fold.takeChanged().map(({ thought }) => [thought.question, thought.ordinal])).toEqual([["b", 1]]);
    expect(fold.takeChanged()).toEqual([]);
  });

  it("says so when an event comes for a question that it let go", () => {
    const fold = new RunFold(facts, 5);
    const events = logOf([made("a"), made("b")]);
    for (const event of events) fold.add(event);
    fold.takeSettled();
    expect(fold.late).toBe(false);
    fold.add({ at: start, question: "a", type: "warning-raised", text: "late" });
    expect(fold.late).toBe(true);
  });

  it("has a row for each step and call, the chosen path marked", () => {
    const fold = new RunFold(facts);
    for (const event of logOf([made("a", ["One.", "Two."])])) fold.add(event);
    const [rows] = fold.takeChanged();
    expect(rows?.steps).toMatchObject([
      { node: "0.0", parent: "0", depth: 1, text: "One.", chosen: true, reward: null, answer: null },
      { node: "0.0/1", parent: "0.0", depth: 2, text: "Two.", chosen: true, reward: 0.5, answer: "4" },
    ]);
    expect(rows?.calls).toMatchObject([
      { site: "roll-out:0", role: "policy", outcome: "finished", samples: 1, outputTokens: 10 },
    ]);
  });
});
