import type { EventOf, Task } from "../thought/event.ts";
import type { Score, Tree, TreeNode } from "../thought/tree.ts";

/** What a policy proposed below a node: one step for `expand`, all steps to the end for `roll-out`. */
export interface Proposal {
  /** The steps in order; empty where the policy went straight to the answer. */
  steps: string[];
  /** The answer, where the thought ended. */
  answer?: string | undefined;
  /** Mean log-probability of the proposal's tokens, where the backend has it. */
  meanLogprob?: number | undefined;
  /** Why the rest of it was cut off, where it had begun to repeat itself or to fall apart. */
  cut?: string | undefined;
}

/** One finished task. */
export type TaskResult =
  | { task: Task; outcome: "proposed"; proposal: Proposal }
  | { task: Task; outcome: "scored"; score: Score }
  | { task: Task; outcome: "failed"; error: string };

/** A change that a search made to its tree, in the form in which the log keeps it. */
export type TreeChange = EventOf<
  "step-added" | "step-scored" | "step-pruned" | "backtracked" | "thought-cut" | "answer-proposed"
>;

/**
 * A search algorithm as a pure state machine: it knows no model, clock, file or network. One driver
 * (`driver.ts`) runs every algorithm.
 *
 * `ask` is called only at the start and after a `tell`. The same tells in the same order lead to the same asks
 * and the same tree.
 */
export interface Search {
  /** The tree grown so far. Callers read it and never change it. */
  readonly tree: Tree;
  /** True when no task is left to ask for and no result is needed any more: what is still in flight is cancelled. */
  readonly finished: boolean;
  /** Work that may run now, at most `slots` tasks (`slots` >= 1); empty when what is in flight must come first. */
  ask(slots: number): Task[];
  /** Takes one finished task and returns what it changed in the tree, in order. */
  tell(result: TaskResult): TreeChange[];
  /** The leaf with the answer if time ran out now; undefined when no leaf has one yet. */
  best(): TreeNode | undefined;
}
