import fc from "fast-check";
import { expect, test } from "vitest";
import type { EventBody } from "../../thought/event.ts";
import { type SummaryStage, SummaryStages } from "./summary-stages.ts";

const step = (node: string, parent: string, text = `step ${node}`): EventBody => ({
  ...{ type: "step-added", node, parent, text },
});

function stagesOf(bodies: readonly EventBody[]): SummaryStage[] {
  const stages = new SummaryStages();
  const found = bodies.flatMap((body) => stages.take(body) ?? []);
  return [...found, ...[stages.rest()].flatMap((stage) => stage ?? [])];
}

/** A thought of so many steps below the root, with its answer. */
function thought(branch: number, steps: number): EventBody[] {
  const bodies = Array.from({ length: steps }, (_, at) =>
    step(`0.${branch}/${at}`, at === 0 ? "0" : `0.${branch}/${at - 1}`),
  );
  return [...bodies, { type: "answer-proposed", node: `0.${branch}/${steps - 1}`, answer: "7" }];
}

test("a stage ends with the branch in which it has grown long enough, and names its last node", () => {
  const stages = stagesOf([0, 1, 2, 3].flatMap((branch) => thought(branch, 5)));
  expect(stages.map(({ ordinal, node, lines }) => [ordinal, node, lines.length])).toEqual([
    [0, "0.1/4", 12],
    [1, "0.3/4", 12],
  ]);
});

test("a long branch is cut into stages that become longer", () => {
  const stages = stagesOf(thought(0, 200));
  expect(stages.map(({ lines }) => lines.length)).toEqual([24, 24, 24, 24, 48, 48, 9]);
});

test("returns, cuts and voices are lines of their own; scores and calls are none", () => {
  const [stage] = stagesOf([
    step("0.0", "0", "one"),
    step("0.0.0", "0.0", "two"),
    step("0.0.1", "0.0", "three"),
    { type: "step-scored", node: "0.0.1", value: 0, by: "judge" },
    { type: "backtracked", from: "0.0.1", to: "0" },
    { type: "agent-spoke", agent: "critic", text: "try\nagain" },
    { type: "thought-cut", node: "0.0.0", reason: "1 line repeated 9 times" },
  ]);
  expect(stage).toEqual({
    ordinal: 0,
    node: "0.0.0",
    lines: [
      { kind: "step", text: "one" },
      { kind: "step", text: "two" },
      { kind: "returned", text: "one" },
      { kind: "step", text: "three" },
      { kind: "returned", text: "the question" },
      { kind: "spoke", text: "critic: try again" },
      { kind: "cut", text: "1 line repeated 9 times" },
    ],
  });
});

test("the stages hold every step once and in order, and there are few of them", () => {
  const branches = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 30 });
  fc.assert(
    fc.property(branches, (lengths) => {
      const bodies = lengths.flatMap((steps, branch) => thought(branch, steps));
      const stages = stagesOf(bodies);
      const steps = stages.flatMap(({ lines }) =>
        lines.flatMap(({ kind, text }) => (kind === "step" ? text : [])),
      );
      expect(steps).toEqual(bodies.flatMap((body) => (body.type === "step-added" ? body.text : [])));
      expect(stages.length).toBeLessThanOrEqual(4 * Math.log2(2 + bodies.length));
    }),
  );
});
