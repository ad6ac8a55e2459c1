import type { TreeNode } from "../thought/tree.ts";
import type { BeamOptions } from "./beam.ts";
import type { Search, TreeChange } from "./search.ts";
import { type Expansion, StepTree } from "./step-tree.ts";

/** What a lookahead search needs to know. */
export interface LookaheadOptions extends BeamOptions {
  /** Steps that each new node is rolled ahead before it is scored; 0 is a beam search. */
  lookahead: number;
}

/** A thought that competes for a place in the beam. */
interface Candidate {
  node: TreeNode;
  /** The ends of the steps that were looked ahead below the node, in order. */
  roll: TreeNode[];
}

/**
 * Lookahead search (Snell et al., arXiv 2408.03314): a beam in which a new node is worth what the thought is worth
 * `lookahead` steps further on.
 *
 * A roll is a chain of `expand` tasks of one proposal each, so its steps are nodes of the tree with ids like all
 * others, and it is as long as asked, which a `roll-out` would not be. Only the end of a roll is scored; the node gets
 * the same score. A roll ends early at an answer, at `depth`, or when nothing comes back. Unlike in the paper nothing of
 * a roll is thrown away: the answers found count, and when its node is expanded, its first step is the first of the
 * `width` proposals.
 */
export function lookahead({ width, keep, depth, lookahead, ...options }: LookaheadOptions): Search {
  const steps = new StepTree(options);
  const { tree, queue } = steps;
  const rolling = new Map<Expansion, Candidate>();
  /** Who gets the score of the end of a roll; also the ends that had their turn. */
  const judged = new Map<string, Candidate>();
  /** For an answer that was found by looking ahead, the node that it was seen from. */
  const seenFrom = new Map<TreeNode, TreeNode>();
  const arrived: TreeNode[] = [];
  let open: Candidate[] = [];
  steps.expand(tree.root, width);

  const endOf = ({ node, roll }: Candidate) => roll.at(-1) ?? node;
  // A node that lends its score to what it saw would otherwise count twice along the way to the answer.
  const standFor = (node: TreeNode) => seenFrom.get(node) ?? node;

  /** Looks a step further ahead, or has the end of the roll scored. */
  function look(candidate: Candidate, mayRoll = true): TreeChange[] {
    const end = endOf(candidate);
    if (mayRoll && candidate.roll.length < lookahead && end.answer === undefined && end.depth < depth) {
      rolling.set(steps.expand(end, 1), candidate);
      return [];
    }
    if (judged.has(end.id)) return judge(candidate, end);
    judged.set(end.id, candidate);
    steps.score(end);
    return [];
  }

  function judge({ node }: Candidate, end: TreeNode): TreeChange[] {
    return node === end ? [] : steps.scoreLike(node, end, `looked ahead to ${end.id}`);
  }

  function closeLevel(): TreeChange[] {
    const changes: TreeChange[] = [];
    const rank = (left: TreeNode, right: TreeNode) => steps.rank(standFor(left), standFor(right));
    const level = new Map(open.map((candidate) => [candidate.node, candidate]));
    arrived.push(...[...level.keys()].filter(({ answer }) => answer !== undefined));
    const competing = new Set([...arrived, ...level.keys()]);
    const kept = [...competing].sort(rank).slice(0, keep);
    for (const node of level.keys()) {
      if (node.answer === undefined && !kept.includes(node)) {
        changes.push(...steps.prune(node, `not among the best ${keep}`));
      }
    }
    open = [];
    for (const node of kept) {
      const candidate = level.get(node);
      if (candidate === undefined || node.answer !== undefined || node.depth >= depth) continue;
      const [first, ...roll] = candidate.roll;
      const known = first === undefined ? [] : [first];
      steps.expand(node, width - known.length, { known });
      if (first !== undefined) changes.push(...consider({ node: first, roll }));
    }
    return changes;
  }

  function consider(candidate: Candidate): TreeChange[] {
    open.push(candidate);
    return look(candidate);
  }

  function takeProposal(expansion: Expansion, leaf: TreeNode | undefined): TreeChange[] {
    const candidate = rolling.get(expansion);
    if (candidate === undefined) return leaf === undefined ? [] : consider({ node: leaf, roll: [] });
    if (leaf === undefined) return look(candidate, false);
    candidate.roll.push(leaf);
    if (leaf.answer !== undefined) seenFrom.set(leaf, standFor(candidate.node));
    return look(candidate);
  }

  return {
    tree,
    get finished() {
      return queue.idle;
    },
    ask: (slots) => queue.take(slots),
    tell(result) {
      const { task } = result;
      const { expansion, leaf, changes } = steps.tell(result);
      const candidate = judged.get(task.node);
      if (task.kind !== "score") changes.push(...takeProposal(expansion, leaf));
      else if (candidate !== undefined) changes.push(...judge(candidate, tree.get(task.node)));
      // A level whose thoughts were all seen ahead needs no task and is complete at once.
      while (queue.idle && open.length > 0) changes.push(...closeLevel());
      return changes;
    },
    best: () => steps.best((leaf) => (leaf.scores.length === 0 ? undefined : steps.scoreOf(standFor(leaf)))),
  };
}
