import { type Aggregation, aggregateScore } from "../rewards/aggregate.ts";
import type { Tree, TreeNode } from "../thought/tree.ts";
import { GrowingTree } from "./growing-tree.ts";
import { compareNodeIds, scoreTaskId } from "./node-id.ts";
import { bestLeaf, type Ranking } from "./ranking.ts";
import type { TaskResult, TreeChange } from "./search.ts";
import { TaskQueue } from "./task-queue.ts";

/** How the thoughts of a {@link StepTree} are compared. */
export interface StepTreeOptions extends Pick<Ranking, "same"> {
  /** How the scores of a thought's steps become one. Default `last`. */
  aggregate?: Aggregation | undefined;
}

/** Proposals below one node, until they and the scores asked for them are told. */
export interface Expansion {
  readonly node: TreeNode;
  /** The new thoughts in the order in which they came, repeated ones left out. */
  readonly leaves: TreeNode[];
  /** Tasks that are not told yet. */
  awaited: number;
}

/** What one finished task came to. */
interface Told {
  /** What the task belonged to. */
  expansion: Expansion;
  /** The new thought that a proposal made; undefined for a score, a failure, and a step that repeats a sibling. */
  leaf?: TreeNode;
  changes: TreeChange[];
}

/**
 * What searches over scored steps have in common: a growing tree, its tasks, and a ranking of its thoughts.
 *
 * A step that repeats a sibling of its expansion word for word is pruned, since it would take a place for nothing; an
 * answer never is. A node without a score, for one since its score failed, ranks last.
 */
export class StepTree {
  readonly tree: Tree;
  readonly queue = new TaskQueue();
  /** All leaves with an answer, in the order in which they came. */
  readonly answered: TreeNode[] = [];
  readonly #growing = new GrowingTree();
  readonly #options: StepTreeOptions;
  /** By task. */
  readonly #expansions = new Map<string, Expansion>();
  /** The expansion that a thought came from. */
  readonly #origins = new Map<TreeNode, Expansion>();

  constructor(options: StepTreeOptions = {}) {
    this.#options = options;
    this.tree = this.#growing.tree;
  }

  /** The score of the thought that ends in `node`; undefined where the node has none. */
  scoreOf(node: TreeNode): number | undefined {
    return aggregateScore(node, this.#options.aggregate ?? "last");
  }

  /** Orders thoughts, the best first; equal ones by their ids. */
  readonly rank = (left: TreeNode, right: TreeNode): number =>
    (this.scoreOf(right) ?? -1) - (this.scoreOf(left) ?? -1) || compareNodeIds(left.id, right.id);

  /**
   * Will ask for proposals below a node.
   *
   * @param known thoughts below the node that are there already: a proposal that repeats one of them is pruned
   */
  expand(
    node: TreeNode,
    count: number,
    { kind = "expand", known = [] }: { kind?: "expand" | "roll-out"; known?: TreeNode[] } = {},
  ): Expansion {
    const tasks = this.queue.propose(kind, node, count);
    const expansion = { node, leaves: [...known], awaited: tasks.length };
    for (const task of tasks) this.#expansions.set(task, expansion);
    return expansion;
  }

  /** Will ask for the score of a thought that {@link tell} gave. */
  score(leaf: TreeNode): void {
    const expansion = this.#origins.get(leaf);
    if (expansion === undefined) throw new RangeError(`${leaf.id} came from no expansion`);
    this.queue.score(leaf);
    this.#expansions.set(scoreTaskId(leaf.id), expansion);
    expansion.awaited++;
  }

  /** Takes a finished task into the tree. */
  tell(result: TaskResult): Told {
    const { task } = result;
    const expansion = this.#expansions.get(task.id);
    if (expansion === undefined) throw new RangeError(`nobody asked for ${task.id}`);
    this.queue.told();
    expansion.awaited--;
    if (result.outcome === "failed") return { expansion, changes: [] };
    if (result.outcome === "scored") {
      return { expansion, changes: this.#growing.score(this.tree.get(task.node), result.score) };
    }
    const { leaf, changes } = this.#growing.add(task, result.proposal);
    if (leaf === undefined) return { expansion, changes };
    const twin =
      leaf.answer === undefined ? expansion.leaves.find((other) => isTwin(other, leaf)) : undefined;
    if (twin !== undefined)
      return { expansion, changes: [...changes, ...this.prune(leaf, `repeats ${twin.id}`)] };
    if (leaf.answer !== undefined) this.answered.push(leaf);
    expansion.leaves.push(leaf);
    this.#origins.set(leaf, expansion);
    return { expansion, leaf, changes };
  }

  /** Gives a node what another one was scored with. */
  scoreLike(node: TreeNode, other: TreeNode, reason: string): TreeChange[] {
    const score = other.scores.at(-1);
    return score === undefined ? [] : this.#growing.score(node, { ...score, reason });
  }

  /** Gives a node up, with the reason in a few words. */
  prune(node: TreeNode, reason: string): TreeChange[] {
    return this.#growing.prune(node, reason);
  }

  /** The best answered leaf; see {@link bestLeaf}. */
  best(scoreOf = (leaf: TreeNode) => this.scoreOf(leaf)): TreeNode | undefined {
    return bestLeaf(this.answered, { scoreOf, same: this.#options.same });
  }
}

/** True when two open nodes stand below one parent with one text: the same thought so far. */
function isTwin(left: TreeNode, right: TreeNode): boolean {
  return left.parent === right.parent && left.text === right.text && left.answer === undefined;
}
