import type { Thought } from "../../thought/fold-thought.ts";
import { pathTo, type TreeNode } from "../../thought/tree.ts";
import type { Beat } from "./walk.ts";

/** Strategies that turn back by themselves, so that what they did, in the order in which they did it, is a long thought. */
export const tracedStrategies: ReadonlySet<string> = new Set([
  "critique",
  "debate",
  "plan",
  "monologue",
  "panel",
  "step-by-step",
]);

/**
 * What a thought did in the order in which it did it: steps, what agents said of them, and returns. The way to the chosen
 * answer is right, every other step is a wrong turn. Undefined where the thought does not end at its chosen answer, as
 * when a judge took an earlier one.
 *
 * A trace tells each step once, since a node is added once; a return to a place inside the chosen path leaves nothing of
 * that path for later.
 */
export function traceOf(thought: Thought): Beat[] | undefined {
  const leaf = thought.node === undefined ? undefined : thought.tree.find(thought.node);
  if (leaf === undefined) return undefined;
  const path = new Set<TreeNode>(pathTo(leaf));
  const beats: Beat[] = [];
  let turn: TreeNode[] = [];
  let last: TreeNode | undefined;
  for (const mark of thought.walk) {
    if (mark.kind === "step") {
      const node = thought.tree.find(mark.node);
      if (node === undefined) continue;
      const right = path.has(node);
      if (!right) turn.push(node);
      beats.push({ kind: "step", node, right });
      last = node;
    } else if (mark.kind === "spoke") {
      const text = remarkOf(mark.text);
      if (text !== undefined) beats.push({ kind: "remark", text });
    } else if (mark.kind === "returned") {
      const to = thought.tree.find(mark.to);
      // Two returns without a step between them are one.
      if (to === undefined || turn.length === 0) continue;
      beats.push({ kind: "return", to, turn });
      turn = [];
    }
  }
  return last === leaf && turn.length === 0 ? beats : undefined;
}

/** The reason behind an agent's choice, `backtrack: the sum is off`; a bare choice is no remark. */
function remarkOf(text: string): string | undefined {
  const reason = /^(?:continue|backtrack|reflect|terminate)(?::\s*(.*))?$/s.exec(text);
  const said = (reason === null ? text : (reason[1] ?? "")).replace(/\s+/g, " ").trim();
  return said === "" ? undefined : said;
}
