import type { Tree, TreeNode } from "../thought/tree.ts";
import { Ballot } from "./ballot.ts";
import { GrowingTree } from "./growing-tree.ts";
import { scoreTaskId } from "./node-id.ts";
import type { Ranking } from "./ranking.ts";
import type { Search, TaskResult, TreeChange } from "./search.ts";
import { TaskQueue } from "./task-queue.ts";

/** What is known of the simulations that took one way. */
export interface Tally {
  /** Simulations that have come to their end and were backed up here. */
  visits: number;
  /** Sum of their values, each in [0, 1]. */
  total: number;
  /** Simulations under way. */
  pending: number;
}

/** One thought so far, however often it was proposed: siblings with the same text are one place. */
export class Place {
  /** The first of its nodes. */
  readonly node: TreeNode;
  readonly children = new Map<string, Place>();
  /** All simulations through here. */
  readonly all = newTally();
  /** Those that rolled out from here, which is how it gets children. */
  readonly wider = newTally();
  /** Those that went on to one of its children. */
  readonly deeper = newTally();
  /** Simulations that ever rolled out from here, failed ones and those under way included. */
  rolledOut = 0;

  constructor(node: TreeNode) {
    this.node = node;
  }

  /** The place of a node below this one. */
  enter(node: TreeNode): Place {
    const key = JSON.stringify([node.text, node.answer]);
    const found = this.children.get(key) ?? new Place(node);
    this.children.set(key, found);
    return found;
  }
}

/** What a search by simulations needs to know. */
export interface SimulationOptions extends Pick<Ranking, "same"> {
  /** Simulations in all, at least 1; each is one roll-out and, where that has an answer, its score. */
  rollouts: number;
  /** Nodes this deep are not continued any more, at least 1. */
  depth: number;
  /** The first answer that scores at least this ends the search, in [0, 1]. Default: none does. */
  goodEnough?: number | undefined;
  /**
   * Whether the search, ended by a good answer, finishes while tasks are in flight, which are then cancelled. If not, it
   * waits for them: then nothing depends on what arrives first. Default false.
   */
  cancels?: boolean | undefined;
}

/**
 * Decides where a simulation goes from a place: to one of the children that may be continued, or undefined to roll out
 * from the place itself. Not asked where there is no such child.
 */
type Selection = (place: Place, open: readonly Place[], situation: Situation) => Place | undefined;

/** What a selection knows besides. */
export interface Situation {
  /** The simulation's number, from 0. */
  simulation: number;
  /** The lowest and the highest value of a simulation so far; 0 and 1 before there are two that differ. */
  range: { lowest: number; highest: number };
}

/** A simulation under way: what it is to be backed up to, and the place it rolled out from. */
interface Simulation {
  ways: Tally[];
  from: Place;
}

/**
 * What searches by simulations have in common. A simulation walks down from the root, choosing at each place by
 * `select`; where it stops it rolls out to an answer, which is scored; the score is backed up along its way. A roll-out's
 * steps become nodes, so that expansion and roll-out are one call: its first step is the new child.
 *
 * As many simulations are under way as there are slots, and none waits for another: those that have not ended are counted
 * as `pending` wherever they went, which selections use to spread them. A roll-out without an answer is worth 0; one that
 * failed, or whose score failed, was none.
 *
 * The best answer is the one with the highest total score over its simulations, which is its visits times its mean; then
 * the one with most visits.
 */
export function simulate(options: SimulationOptions, select: Selection): Search {
  const { rollouts, depth, goodEnough = Number.POSITIVE_INFINITY, cancels = false, same } = options;
  const growing = new GrowingTree();
  const tree: Tree = growing.tree;
  const queue = new TaskQueue();
  const ballot = new Ballot({ same });
  const root = new Place(tree.root);
  /** By the task that is awaited. */
  const simulations = new Map<string, Simulation>();
  let begun = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  let good: TreeNode | undefined;

  const isOpen = ({ node }: Place) => node.answer === undefined && node.depth < depth;

  function begin(): Simulation {
    const range = lowest < highest ? { lowest, highest } : { lowest: 0, highest: 1 };
    const ways: Tally[] = [];
    let from = root;
    for (;;) {
      ways.push(from.all);
      const open = [...from.children.values()].filter(isOpen);
      const next = open.length === 0 ? undefined : select(from, open, { simulation: begun, range });
      if (next === undefined) break;
      ways.push(from.deeper);
      from = next;
    }
    ways.push(from.wider);
    from.rolledOut++;
    begun++;
    for (const way of ways) way.pending++;
    return { ways, from };
  }

  /** Backs a value up; undefined where there is none. */
  function end({ ways }: Simulation, value: number | undefined): void {
    if (value !== undefined) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    for (const way of ways) {
      way.pending--;
      if (value === undefined) continue;
      way.visits++;
      way.total += value;
    }
  }

  /** Takes a simulation out that awaited a task. */
  function resume(task: string): Simulation {
    const simulation = simulations.get(task);
    if (simulation === undefined) throw new RangeError(`no simulation awaits ${task}`);
    simulations.delete(task);
    return simulation;
  }

  function grow(simulation: Simulation, result: TaskResult & { outcome: "proposed" }): TreeChange[] {
    const { leaf, changes } = growing.add(result.task, result.proposal);
    let place = simulation.from;
    for (const node of leaf === undefined ? [] : chainTo(leaf, place.node)) {
      place = place.enter(node);
      simulation.ways.push(place.all);
      place.all.pending++;
    }
    if (leaf?.answer === undefined) end(simulation, 0);
    else {
      ballot.cast(leaf, leaf.answer);
      queue.score(leaf);
      simulations.set(scoreTaskId(leaf.id), simulation);
    }
    return changes;
  }

  return {
    tree,
    get finished() {
      return good === undefined ? queue.idle && begun >= rollouts : cancels || queue.idle;
    },
    ask(slots) {
      const tasks = queue.take(slots);
      const waves = new Map<Place, Simulation[]>();
      for (let free = slots - tasks.length; free > 0 && begun < rollouts && good === undefined; free--) {
        const simulation = begin();
        const wave = waves.get(simulation.from);
        if (wave === undefined) waves.set(simulation.from, [simulation]);
        else wave.push(simulation);
      }
      // Roll-outs from one place stand together, so that they can share a request.
      for (const [{ node }, wave] of waves) {
        for (const [index, id] of queue.propose("roll-out", node, wave.length).entries()) {
          const simulation = wave[index];
          if (simulation !== undefined) simulations.set(id, simulation);
        }
      }
      return [...tasks, ...queue.take(slots - tasks.length)];
    },
    tell(result) {
      queue.told();
      const simulation = resume(result.task.id);
      if (result.outcome === "proposed") return grow(simulation, result);
      end(simulation, result.outcome === "scored" ? result.score.value : undefined);
      if (result.outcome === "failed") return [];
      const leaf = tree.get(result.task.node);
      ballot.weigh(leaf, result.score.value);
      if (result.score.value >= goodEnough) good ??= leaf;
      return growing.score(leaf, result.score);
    },
    best: () => good ?? ballot.winner,
  };
}

/** The nodes below `top` down to `leaf`. */
function chainTo(leaf: TreeNode, top: TreeNode): TreeNode[] {
  const chain: TreeNode[] = [];
  for (let node: TreeNode | undefined = leaf; node !== undefined && node !== top; node = node.parent)
    chain.unshift(node);
  return chain;
}

function newTally(): Tally {
  return { visits: 0, total: 0, pending: 0 };
}
