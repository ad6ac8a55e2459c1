import type { Task } from "../thought/event.ts";
import type { Proposal, Search, TreeChange } from "./search.ts";

/** A small world for the tests of searches, by task and node. */
export interface SmallWorld {
  /** By the task's id; default one step that names the task. */
  proposals?: Record<string, Proposal>;
  /** By node; default 0. */
  scores?: Record<string, number>;
  /** Tasks that fail, by id. */
  failures?: readonly string[];
}

/** How a search was played. */
export interface Played {
  /** Ids of all tasks, in the order asked. */
  asked: string[];
  /** Nodes that were expanded or rolled out, each once, in the order asked. */
  expanded: string[];
  changes: TreeChange[];
}

/** Plays a search in a small world until it is finished or asks for nothing more; results are told in the order asked. */
export function playSearch(search: Search, world: SmallWorld = {}, slots = 64): Played {
  const { proposals = {}, scores = {}, failures = [] } = world;
  const played: Played = { asked: [], expanded: [], changes: [] };
  const expanded = new Set<string>();
  const waiting: Task[] = [];
  const ask = (): void => {
    const tasks = search.ask(slots - waiting.length);
    waiting.push(...tasks);
    played.asked.push(...tasks.map(({ id }) => id));
    for (const { kind, node } of tasks) if (kind !== "score") expanded.add(node);
  };
  ask();
  for (let task = waiting.shift(); task !== undefined && !search.finished; task = waiting.shift()) {
    if (failures.includes(task.id)) {
      played.changes.push(...search.tell({ task, outcome: "failed", error: "gone" }));
    } else if (task.kind === "score") {
      const score = { value: scores[task.node] ?? 0, by: "test" };
      played.changes.push(...search.tell({ task, outcome: "scored", score }));
    } else {
      const proposal = proposals[task.id] ?? { steps: [`step ${task.id}`] };
      played.changes.push(...search.tell({ task, outcome: "proposed", proposal }));
    }
    if (waiting.length < slots) ask();
  }
  return { ...played, expanded: [...expanded] };
}
