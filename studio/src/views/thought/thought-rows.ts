import { latestScore, pathTo, ROOT, type Thought, type TreeNode } from "sojourn/thought";
import { reflects } from "./reflection.ts";

/** One row of a thought as it is read from top to bottom. */
export type ThoughtRow =
  | {
      kind: "step";
      /** The node in the tree, with its scores, verdict and place. */
      node: TreeNode;
      /** Counted from 1 over the steps that were tried, in order. */
      number: number;
      /** On the path to the answer that was chosen. */
      chosen: boolean;
      /** The step turns back on the thinking itself. */
      reflects: boolean;
    }
  /** The thinking goes on at another place. */
  | { kind: "return"; from: string; to: TreeNode; declared: boolean }
  | { kind: "pruned" | "cut"; node: string; reason: string }
  | { kind: "spoke"; agent: string; text: string }
  | { kind: "answer"; node: string; answer: string; chosen: boolean; correct: boolean | undefined }
  | { kind: "summary"; node: string; text: string };

/** What of a thought is read: everything that was tried, or the way to the chosen answer alone. */
export type Reading = "all" | "chosen";

/**
 * A thought as rows. `all` tells what happened in its order, wrong turns, returns and voices included; `chosen` only the
 * steps of the way to the answer, with the numbers that they have in `all`.
 */
export function thoughtRows(thought: Thought, reading: Reading): ThoughtRow[] {
  const { tree, walk } = thought;
  const way = chosenWay(thought);
  const summaries = summariesByNode(thought);
  const rows: ThoughtRow[] = [];
  let number = 0;
  for (const mark of walk) {
    switch (mark.kind) {
      case "step": {
        number++;
        const node = tree.find(mark.node);
        const chosen = way.has(mark.node);
        if (node === undefined || node.text === "" || (reading === "chosen" && !chosen)) break;
        rows.push({ kind: "step", node, number, chosen, reflects: reflects(node.text) });
        for (const text of summaries.get(mark.node) ?? [])
          rows.push({ kind: "summary", node: mark.node, text });
        break;
      }
      case "answer": {
        const chosen = mark.node === thought.node;
        if (reading === "chosen" && !chosen) break;
        const correct = chosen
          ? (thought.correct ?? tree.find(mark.node)?.correct)
          : tree.find(mark.node)?.correct;
        rows.push({ kind: "answer", node: mark.node, answer: mark.answer, chosen, correct });
        break;
      }
      case "returned": {
        const to = tree.find(mark.to);
        if (reading === "all" && to !== undefined && rows.length > 0)
          rows.push({ kind: "return", from: mark.from, to, declared: mark.declared });
        break;
      }
      case "pruned":
      case "cut":
        if (reading === "all" || way.has(mark.node)) rows.push(mark);
        break;
      case "spoke":
        if (reading === "all") rows.push(mark);
        break;
    }
  }
  return rows;
}

/** The text of a row, in which keywords are looked for. */
export function textOf(row: ThoughtRow): string {
  switch (row.kind) {
    case "step":
      return row.node.text;
    case "answer":
      return row.answer;
    case "spoke":
    case "summary":
      return row.text;
    case "pruned":
    case "cut":
      return row.reason;
    case "return":
      return "";
  }
}

/** A thought as plain text, a line or more a row, with the scores of its steps. */
export function plainThought(rows: readonly ThoughtRow[]): string {
  return rows.map(plainRow).join("\n");
}

function plainRow(row: ThoughtRow): string {
  switch (row.kind) {
    case "step": {
      const score = latestScore(row.node);
      return score === undefined ? row.node.text : `${row.node.text}  [${score.value.toFixed(2)}]`;
    }
    case "return":
      return `(back to ${row.to.id})`;
    case "pruned":
    case "cut":
      return `(${row.kind} at ${row.node}: ${row.reason})`;
    case "spoke":
      return `${row.agent}: ${row.text}`;
    case "answer":
      return `= ${row.answer}`;
    case "summary":
      return `(so far: ${row.text})`;
  }
}

/** The node that a row is about, for the cursor that thought and tree share; undefined for a voice. */
export function nodeOf(row: ThoughtRow): string | undefined {
  if (row.kind === "step") return row.node.id;
  if (row.kind === "return") return row.to.id;
  return row.kind === "spoke" ? undefined : row.node;
}

/** Where in the rows a node is: its step, else whatever is about it; -1 where nothing is. */
export function rowOfNode(rows: readonly ThoughtRow[], node: string): number {
  const step = rows.findIndex((row) => row.kind === "step" && row.node.id === node);
  return step === -1 ? rows.findIndex((row) => nodeOf(row) === node) : step;
}

/** The place of a node as readers name it: its depth, and which of the nodes at that depth it is, from 0. */
export function placesOf(thought: Thought): ReadonlyMap<string, string> {
  const counts = new Map<number, number>();
  const places = new Map<string, string>();
  for (const { id, depth } of thought.tree.nodes()) {
    const index = counts.get(depth) ?? 0;
    counts.set(depth, index + 1);
    places.set(id, `${depth},${index}`);
  }
  return places;
}

function chosenWay({ tree, node }: Thought): ReadonlySet<string> {
  const leaf = node === undefined ? undefined : tree.find(node);
  return new Set(leaf === undefined ? [] : [ROOT, ...pathTo(leaf).map(({ id }) => id)]);
}

function summariesByNode({ summaries }: Thought): ReadonlyMap<string, string[]> {
  const byNode = new Map<string, string[]>();
  for (const { node, text } of summaries) {
    const known = byNode.get(node);
    if (known === undefined) byNode.set(node, [text]);
    else known.push(text);
  }
  return byNode;
}
