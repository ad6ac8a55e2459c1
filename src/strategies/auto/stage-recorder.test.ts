import fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryRecorder } from "../../search/memory-recorder.ts";
import type { EventBody } from "../../thought/event.ts";
import { Tree } from "../../thought/tree.ts";
import { movedId, StageRecorder } from "./stage-recorder.ts";

test.each([
  ["0", 5, "0"],
  ["0.2", 5, "0.7"],
  ["0.2/1.0", 5, "0.7/1.0"],
  ["0.2.2:score", 3, "0.5.2:score"],
  ["expand:0.10.1#2", 3, "expand:0.13.1#2"],
  ["roll-out:0", 3, "roll-out:0"],
  ["propose:3", 3, "propose:3"],
])("the id %j moves on by %d to %j, and back", (id, offset, expected) => {
  expect(movedId(id, offset)).toBe(expected);
  expect(movedId(expected, -offset)).toBe(id);
});

const events = (node: string): EventBody[] => [
  { type: "tasks-asked", slots: 2, tasks: [{ id: node, kind: "roll-out", node: "0" }] },
  { type: "task-told", task: node, outcome: "done" },
  { type: "step-added", node, parent: "0", text: "a step" },
  { type: "step-added", node: `${node}/1`, parent: node, text: "another" },
  { type: "thought-cut", node: `${node}/1`, reason: "it fell apart" },
  { type: "answer-proposed", node: `${node}/1`, answer: "7" },
  { type: "step-scored", node: `${node}/1`, value: 1, by: "vote" },
  { type: "step-pruned", node, reason: "no use" },
  { type: "backtracked", from: `${node}/1`, to: "0" },
  { type: "agent-spoke", agent: "critic", text: "hm" },
];

test("a stage's events stand behind those of the stages before, in the log and in the shared tree", () => {
  const log = new MemoryRecorder();
  const tree = new Tree();
  const first = new StageRecorder(log, { tree, offset: 0 });
  for (const body of events("0.0")) first.emit(body);
  expect(first.next).toBe(1);
  const second = new StageRecorder(log, { tree, offset: first.next });
  for (const body of events("0.0")) second.emit(body);
  expect(log.events).toEqual([...events("0.0"), ...events("0.1")]);
  expect(tree.get("0.1/1")).toMatchObject({ answer: "7", cut: "it fell apart", scores: [{ value: 1 }] });
  expect(second.next).toBe(2);
});

test("its choice is kept back, with the node as the shared tree names it", () => {
  const log = new MemoryRecorder();
  const stage = new StageRecorder(log, { tree: new Tree(), offset: 4 });
  stage.emit({ type: "answer-chosen", node: "0.1", answer: "7", reason: "vote", checked: false });
  expect(log.events).toEqual([]);
  expect(stage.chosen).toMatchObject({ node: "0.5", answer: "7" });
});

test("branches that were asked for and failed are counted too", () => {
  const stage = new StageRecorder(new MemoryRecorder(), { tree: new Tree(), offset: 2 });
  const tasks = [0, 1, 2].map((at) => ({ id: `0.${at}`, kind: "roll-out" as const, node: "0" }));
  stage.emit({ type: "tasks-asked", slots: 3, tasks });
  expect(stage.next).toBe(5);
});

test("whatever it emitted it expects again, and finds its failures, when it is resumed", () => {
  fc.assert(
    fc.property(fc.nat({ max: 20 }), fc.nat({ max: 20 }), (offset, ordinal) => {
      const bodies: EventBody[] = [
        ...events(`0.${ordinal}`),
        { type: "task-told", task: `0.${ordinal + 1}`, outcome: "failed", error: "not today" },
      ];
      const log = new MemoryRecorder();
      const stage = new StageRecorder(log, { tree: new Tree(), offset });
      for (const body of bodies) stage.emit(body);
      const again = new StageRecorder(new MemoryRecorder(log.events), { tree: new Tree(), offset });
      expect(again.loggedFailure(`0.${ordinal + 1}`)).toEqual(bodies.at(-1));
      for (const body of bodies) {
        expect(again.expected()).toEqual(body);
        again.emit(body);
      }
      expect(again.retracing).toBe(false);
    }),
  );
});
