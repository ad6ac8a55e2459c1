import type { Task } from "../thought/event.ts";
import type { TreeNode } from "../thought/tree.ts";
import { proposalId, scoreTaskId } from "./node-id.ts";

/** Proposals below one node that are still to be asked for. */
interface Batch {
  kind: "expand" | "roll-out";
  node: string;
  next: number;
  end: number;
}

/** What a search still has to ask for and what it awaits. Scores go first: they decide what is best so far. */
export class TaskQueue {
  readonly #scores: Task[] = [];
  readonly #batches: Batch[] = [];
  /** How many proposals each node has been promised. */
  readonly #promised = new Map<string, number>();
  #awaited = 0;

  /** True when nothing is left to ask for and nothing is awaited. */
  get idle(): boolean {
    return this.#awaited === 0 && this.#scores.length === 0 && this.#batches.length === 0;
  }

  /** Will ask for the score of a node. */
  score(node: TreeNode): void {
    this.#scores.push({ id: scoreTaskId(node.id), kind: "score", node: node.id });
  }

  /** Will ask for `count` proposals below a node; their ordinals go on where its earlier ones ended. */
  propose(kind: "expand" | "roll-out", node: TreeNode, count: number): void {
    const next = this.#promised.get(node.id) ?? 0;
    const end = next + count;
    this.#promised.set(node.id, end);
    if (next < end) this.#batches.push({ kind, node: node.id, next, end });
  }

  /** Hands out at most `slots` tasks, which are awaited from now on. */
  take(slots: number): Task[] {
    const tasks = this.#scores.splice(0, slots);
    for (
      let batch = this.#batches[0];
      batch !== undefined && tasks.length < slots;
      batch = this.#batches[0]
    ) {
      const { kind, node } = batch;
      tasks.push({ id: proposalId(node, batch.next), kind, node });
      batch.next++;
      if (batch.next === batch.end) this.#batches.shift();
    }
    this.#awaited += tasks.length;
    return tasks;
  }

  /** One of the awaited tasks has come back. */
  told(): void {
    this.#awaited--;
  }
}
