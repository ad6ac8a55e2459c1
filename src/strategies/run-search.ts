import type { Reward } from "../rewards/reward.ts";
import { type Drive, drive, type TaskDone } from "../search/driver.ts";
import type { Search } from "../search/search.ts";
import { FailureError } from "../thought/errors.ts";
import type { Task } from "../thought/event.ts";
import type { Question } from "../thought/question.ts";
import type { Policy } from "./policy.ts";
import type { Thinking } from "./strategy.ts";

/** Who does a search's tasks. */
export interface SearchWorkers {
  policy: Policy;
  /** Needed by searches that ask for scores. */
  reward?: Reward | undefined;
}

/**
 * Runs a search over the models of `think`: expansions and roll-outs by the policy, scores by the reward.
 * Neighbouring proposals below one node become one request for several samples.
 */
export function runSearch(
  question: Question,
  think: Thinking,
  search: Search,
  { policy, reward }: SearchWorkers,
): Promise<Drive> {
  async function score(task: Task): Promise<TaskDone> {
    if (reward === undefined)
      throw new RangeError(`the search asks for scores and has no reward (${task.id})`);
    const { settle = () => {}, ...score } = await reward.score(question, search.tree.get(task.node));
    if (!(score.value >= 0 && score.value <= 1)) {
      settle();
      throw new FailureError(`the reward ${reward.name} gave ${score.value}, which is not within 0 and 1`);
    }
    return { result: { task, outcome: "scored", score }, settle };
  }

  function propose(tasks: readonly Task[], unneeded: AbortSignal): Promise<TaskDone>[] {
    const [first] = tasks;
    if (first === undefined || first.kind === "score") return [];
    const proposed = policy({
      node: search.tree.get(first.node),
      kind: first.kind,
      first: ordinalOf(first),
      count: tasks.length,
      signal: unneeded,
    });
    return tasks.map(async (task, index): Promise<TaskDone> => {
      const pending = proposed[index];
      if (pending === undefined) throw new RangeError(`the policy left out proposal ${task.id}`);
      const { proposal, settle } = await pending;
      return { result: { task, outcome: "proposed", proposal }, settle };
    });
  }

  return drive(search, {
    slots: think.settings.concurrency,
    order: think.settings.order,
    recorder: think.recorder,
    signal: think.signal,
    work: (tasks, unneeded) =>
      siblings(tasks).flatMap((group) =>
        group[0]?.kind === "score" ? group.map(score) : propose(group, unneeded),
      ),
  });
}

/** Cuts a list of tasks into runs that have one node, one kind and rising ordinals. */
function siblings(tasks: readonly Task[]): Task[][] {
  const groups: Task[][] = [];
  for (const task of tasks) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const follows =
      last !== undefined &&
      last.node === task.node &&
      last.kind === task.kind &&
      ordinalOf(last) + 1 === ordinalOf(task);
    if (group !== undefined && follows) group.push(task);
    else groups.push([task]);
  }
  return groups;
}

/** The last number of a task's id: which proposal below its node it is. */
function ordinalOf(task: Task): number {
  return Number(task.id.slice(task.id.lastIndexOf(".") + 1));
}
