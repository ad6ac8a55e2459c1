import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeManifest } from "../../src/runs/manifest.ts";
import type { EventBody } from "../../src/thought/event.ts";
import { Random } from "../../src/thought/random.ts";
import { emptyTokenUsage } from "../../src/thought/usage.ts";

/** A run whose one question grew a tree that nobody thought of: for what draws trees, however large. */
export interface MadeTree {
  id: string;
  /** Nodes below the root. */
  nodes: number;
  /** Most steps of a path. Default 40. */
  depth?: number;
  /** The text of a node's step. Default: a short sum. */
  text?: (node: number) => string;
  question?: string;
}

/**
 * Writes the run's folder below `root`. Branches go on where they ended more often than they part; every step has a score,
 * some are pruned, leaves hold answers, of which those are right whose reward is high.
 */
export function makeTreeRun(root: string, tree: MadeTree): string {
  const { id, nodes, depth = 40, question = "Use 3, 7 and 12 to make 33." } = tree;
  const text = tree.text ?? ((node: number) => `${node} + ${node % 7} = ${node + (node % 7)}`);
  const folder = join(root, id);
  const random = new Random(id);
  const grown = [{ id: "0", depth: 0, children: 0, value: 0.5 }];
  const bodies: EventBody[] = [
    { type: "question-started", text: { id: "q1", text: question } },
    { type: "strategy-chosen", strategy: "mcts", settings: {}, reason: "" },
  ];
  for (let node = 0; node < nodes; node++) {
    const last = grown.at(-1);
    const chosen = random.next() < 0.72 ? last : grown[random.integer(0, grown.length - 1)];
    const parent =
      chosen !== undefined && chosen.depth < depth
        ? chosen
        : grown[random.integer(0, Math.min(grown.length - 1, 50))];
    if (parent === undefined) continue;
    const name = `${parent.id}.${parent.children++}`;
    const value = Math.min(1, Math.max(0, parent.value + (random.next() - 0.5) * 0.4));
    grown.push({ id: name, depth: parent.depth + 1, children: 0, value });
    bodies.push({ type: "step-added", node: name, parent: parent.id, text: text(node) });
    bodies.push({ type: "step-scored", node: name, value, by: "likelihood" });
    if (random.next() < 0.08) bodies.push({ type: "step-pruned", node: name, reason: "not among the best" });
  }
  const leaves = grown
    .filter(({ children }) => children === 0)
    .map((leaf) => ({ ...leaf, correct: leaf.value > 0.68 }));
  for (const [place, leaf] of leaves.entries())
    bodies.push({
      type: "answer-proposed",
      node: leaf.id,
      answer: leaf.correct ? "33" : String(place % 32),
    });
  const best = leaves.toSorted((left, right) => right.value - left.value)[0];
  if (best !== undefined)
    bodies.push({
      type: "answer-chosen",
      node: best.id,
      answer: "33",
      reason: "best value",
      checked: false,
    });
  bodies.push({
    type: "question-finished",
    stopReason: "answered",
    usage: { ...emptyTokenUsage(), byRole: {} },
  });
  for (const leaf of leaves) {
    const { correct } = leaf;
    bodies.push({
      type: "answer-graded",
      node: leaf.id,
      answer: "33",
      correct,
      reason: correct ? "equal" : "differs",
    });
  }
  const started = Date.parse("2026-11-20T12:00:00.000Z");
  const request = { made: true };
  const events = [
    {
      at: started,
      type: "run-started",
      run: id,
      schema: 1,
      command: "ask",
      request,
      seed: 0,
      version: "0.1.0",
    },
    ...bodies.map((body, place) => ({ at: started + place, question: "q1", ...body })),
    { at: started + bodies.length, type: "run-finished" },
  ];
  mkdirSync(folder, { recursive: true });
  writeManifest(folder, {
    ...{ schema: 1, id, command: "ask", request, models: { policy: "scripted/made" }, seed: 0 },
    ...{
      versions: { sojourn: "0.1.0", node: "20.0.0" },
      createdAt: "2026-11-20T12:00:00.000Z",
      state: "finished",
    },
    sessions: [{ startedAt: "2026-11-20T12:00:00.000Z", firstLine: 1 }],
  });
  writeFileSync(join(folder, "events.jsonl"), events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  return folder;
}
