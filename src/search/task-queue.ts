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
  #closed = false;

  /** Tasks that are still to be asked for. */
  get waiting(): number {
    return this.#batches.reduce((sum, { next, end }) => sum + end - next, this.#scores.length);
  }

  /** True when nothing is left to ask for and nothing is awaited. */
  get idle(): boolean {
    return this.#awaited === 0 && this.#scores.length === 0 && this.#batches.length === 0;
  }

  /** Will ask for the score of a node. */
  score(node: TreeNode): void {
    if (this.#closed) return;
    this.#scores.push({ id: scoreTaskId(node.id), kind: "score", node: node.id });
  }

  /**
   * Will ask for `count` proposals below a node; their ordinals go on where its earlier ones ended. Returns the ids of
   * these tasks; none once the queue is closed.
   */
  propose(kind: "expand" | "roll-out", node: TreeNode, count: number): string[] {
    if (this.#closed) return [];
    const next = this.#promised.get(node.id) ?? 0;
    const end = next + count;
    this.#promised.set(node.id, end);
    if (next < end) this.#batches.push({ kind, node: node.id, next, end });
    return Array.from({ length: count }, (_, index) => proposalId(node.id, next + index));
  }

  /** Drops what is still to be asked for, and takes in nothing more. */
  close(): void {
    this.#closed = true;
    this.#scores.length = 0;
    this.#batches.length = 0;
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
