import type { Event, EventOf, StopReason } from "./event.ts";
import type { Fold } from "./fold.ts";
import { applyToTree } from "./fold-tree.ts";
import type { Question } from "./question.ts";
import { pathTo, ROOT, Tree } from "./tree.ts";

/** One thing that happened in a thought, in the order in which it happened. */
export type WalkMark =
  | { kind: "step"; node: string; text: string }
  /** The thought goes on at another place. `declared`: the strategy said so; else the next step shows it. */
  | { kind: "returned"; from: string; to: string; declared: boolean }
  | { kind: "pruned"; node: string; reason: string }
  /** What followed the node was cut off. */
  | { kind: "cut"; node: string; reason: string }
  | { kind: "spoke"; agent: string; text: string }
  | { kind: "answer"; node: string; answer: string };

/** An answer as it was written, and the leaves that hold it. */
export interface ProposedAnswer {
  answer: string;
  /** In the order in which they were proposed. */
  nodes: string[];
}

/** How one question was thought about. */
export interface Thought {
  question?: Question | undefined;
  strategy?: string | undefined;
  tree: Tree;
  /** Everything in order: steps that follow each other stand below each other, and returns stand between the others. */
  walk: WalkMark[];
  /** Answers that are written alike count as one; in the order in which they were proposed. */
  candidates: ProposedAnswer[];
  /** The answer that was chosen; absent where there was none, or not yet. */
  answer?: string | undefined;
  /** The answer as a writer put it for the user, where one did. */
  written?: string | undefined;
  /** The leaf that holds it, in a strategy that has a tree. */
  node?: string | undefined;
  /** What decided. */
  reason?: string | undefined;
  /** True when a checker verified the answer by rule. */
  checked: boolean;
  /** The steps from the root to the chosen leaf; empty texts are left out. */
  steps: string[];
  /** Summaries of its stages, in order; each goes on where the one before ended. */
  summaries: { node: string; text: string }[];
  /** Absent while the question is thought about. */
  stopReason?: StopReason | undefined;
  /** The problem that it was, once the log says so: behind all thinking. */
  problem?: EventOf<"problem-revealed"> | undefined;
  /** Whether the chosen answer is right, where it was graded. */
  correct?: boolean | undefined;
  warnings: string[];
}

/** The thought of each question of a log, by question id. */
export const foldThoughts: Fold<Map<string, Thought>> = {
  start: () => new Map(),
  apply(thoughts, event) {
    if (event.question === undefined) return thoughts;
    let thought = thoughts.get(event.question);
    if (thought === undefined) {
      thought = emptyThought();
      thoughts.set(event.question, thought);
    }
    applyToThought(thought, event);
    return thoughts;
  },
};

/** A thought of which nothing is known yet. */
export function emptyThought(): Thought {
  return {
    tree: new Tree(),
    walk: [],
    candidates: [],
    checked: false,
    steps: [],
    summaries: [],
    warnings: [],
  };
}

/** Brings one question's thought up to date with one of its events. */
export function applyToThought(thought: Thought, event: Event): void {
  const { tree, walk } = thought;
  const known = tree.size;
  applyToTree(tree, event);
  switch (event.type) {
    case "question-started":
      thought.question = event.text;
      return;
    case "strategy-chosen":
      thought.strategy = event.strategy;
      return;
    case "step-added": {
      if (tree.size === known) return;
      const from = placeOf(walk);
      if (from !== event.parent) walk.push({ kind: "returned", from, to: event.parent, declared: false });
      walk.push({ kind: "step", node: event.node, text: event.text });
      return;
    }
    case "backtracked":
      walk.push({ kind: "returned", from: event.from, to: event.to, declared: true });
      return;
    case "step-pruned":
      walk.push({ kind: "pruned", node: event.node, reason: event.reason });
      return;
    case "thought-cut":
      walk.push({ kind: "cut", node: event.node, reason: event.reason });
      return;
    case "summary-written":
      thought.summaries.push({ node: event.node, text: event.text });
      return;
    case "agent-spoke":
      walk.push({ kind: "spoke", agent: event.agent, text: event.text });
      return;
    case "answer-proposed":
      walk.push({ kind: "answer", node: event.node, answer: event.answer });
      addCandidate(thought.candidates, event.answer, event.node);
      return;
    case "answer-chosen": {
      thought.answer = event.answer;
      thought.written = event.written;
      thought.node = event.node;
      thought.reason = event.reason;
      thought.checked = event.checked;
      const leaf = event.node === undefined ? undefined : tree.find(event.node);
      thought.steps = leaf === undefined ? [] : pathTo(leaf).flatMap(({ text }) => (text === "" ? [] : text));
      return;
    }
    case "warning-raised":
      thought.warnings.push(event.text);
      return;
    case "question-finished":
      thought.stopReason = event.stopReason;
      return;
    case "problem-revealed":
      thought.problem = event;
      return;
    case "answer-graded":
      if (event.node === undefined || event.node === thought.node) thought.correct = event.correct;
      if (event.node === undefined) markLeaf(thought, event.correct);
      return;
    default:
      return;
  }
}

/** The grade of the chosen answer is that of the leaf that holds it. */
function markLeaf({ tree, node }: Thought, correct: boolean): void {
  const leaf = node === undefined ? undefined : tree.find(node);
  if (leaf !== undefined) leaf.correct = correct;
}

/** The node at which the walk stands. */
function placeOf(walk: readonly WalkMark[]): string {
  const last = walk.findLast((mark) => mark.kind === "step" || mark.kind === "returned");
  if (last?.kind === "step") return last.node;
  return last?.kind === "returned" ? last.to : ROOT;
}

function addCandidate(candidates: ProposedAnswer[], answer: string, node: string): void {
  const known = candidates.find((candidate) => candidate.answer === answer);
  if (known === undefined) candidates.push({ answer, nodes: [node] });
  else if (!known.nodes.includes(node)) known.nodes.push(node);
}
