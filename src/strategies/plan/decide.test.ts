import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bestProposal, type Decided, decide } from "./decide.ts";
import { type PlannedStep, plannedStepSchema } from "./form.ts";

const step = (scores: number[], decision: number, more: Partial<PlannedStep> = {}): PlannedStep => ({
  reflection: "",
  actions: scores.map((score, index) => ({
    action: `act ${index + 1}`,
    score,
    reason: `because ${index + 1}`,
  })),
  ...{ decision, execution: "did it", answer: "7", done: true, ...more },
});

const arbitraryStep: fc.Arbitrary<PlannedStep> = fc
  .array(fc.double({ min: 1, max: 5, noNaN: true }), { minLength: 4, maxLength: 9 })
  .chain((scores) => fc.integer({ min: 1, max: scores.length }).map((decision) => step(scores, decision)));

describe("a decision", () => {
  test("stands where its action is among the best, one point below included", () => {
    const kept = { text: "did it", answer: "7", done: true, reason: "because 2" };
    expect(decide(step([3, 5, 2, 1], 2))).toEqual({ ...kept, score: 5 });
    expect(decide(step([5, 4, 2, 1], 2))).toEqual({ ...kept, score: 4 });
  });

  test("gives way to the best-scored action, to be carried out next, where its own is scored lower", () => {
    const { text, score, answer, done, overruled } = decide(step([2, 5, 5, 1], 1));
    expect(text).toBe("act 2 (still to be carried out)");
    expect({ score, answer, done }).toEqual({ score: 5, answer: undefined, done: false });
    expect(overruled).toBe("decided for action 1 (score 2) against action 2 (score 5); action 2 is taken");
  });

  test("always takes an action within one point of the best, and says so exactly where it is another one", () => {
    fc.assert(
      fc.property(arbitraryStep, (planned) => {
        const best = Math.max(...planned.actions.map(({ score }) => score));
        const { score, overruled, done } = decide(planned);
        expect(score).toBeGreaterThanOrEqual(best - 1);
        const own = planned.actions[planned.decision - 1]?.score ?? 0;
        expect(overruled === undefined).toBe(own >= best - 1);
        expect(done).toBe(overruled === undefined);
      }),
    );
  });

  test("is one line, and has no answer where the planner has written none", () => {
    const said = step([5, 1, 1, 1], 1, { execution: " first\n\n  second ", answer: " Null " });
    expect(decide(said)).toMatchObject({ text: "first second", answer: undefined });
    expect(decide(step([5, 1, 1, 1], 1, { answer: "  " })).answer).toBeUndefined();
    expect(decide(step([5, 1, 1, 1], 1, { answer: 0 })).answer).toBe("0");
  });
});

describe("among several proposals", () => {
  const proposal = (score: number, answer?: string): Decided => ({
    ...{ text: "", score, reason: "", answer, done: false },
  });

  test("the highest score is carried out, then the answer that more of them share, then the first", () => {
    const proposals = [proposal(4, "1"), proposal(5, "2"), proposal(5, "3"), proposal(3, "3.0")];
    expect(bestProposal(proposals)).toBe(proposals[2]);
    expect(bestProposal(proposals.slice(0, 3))).toBe(proposals[1]);
    expect(bestProposal([])).toBeUndefined();
  });
});

describe("the form of a step", () => {
  const said = step([1, 2, 3, 4], 4);

  test.each([
    ["three actions", { actions: said.actions.slice(0, 3) }, /actions/],
    ["a score of 6", { actions: said.actions.map((one) => ({ ...one, score: 6 })) }, /actions/],
    ["a decision for an action that is not there", { decision: 5 }, /number of one of the actions/],
    ["a decision by name", { decision: "act 1" }, /decision/],
    ["nothing carried out", { execution: " " }, /execution/],
    ["no word on whether it is done", { done: undefined }, /done/],
  ])("refuses %s", (_what, change, complaint) => {
    const read = plannedStepSchema.safeParse({ ...said, ...change });
    expect(read.error?.message).toMatch(complaint);
  });

  test("takes a bare number as the answer, and fields that nobody asked for", () => {
    expect(plannedStepSchema.safeParse({ ...said, answer: 7, step: 1 }).success).toBe(true);
  });
});
