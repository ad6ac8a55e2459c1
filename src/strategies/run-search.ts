import { type Reward, ScoreFailure } from "../rewards/reward.ts";
import { type Drive, drive, type TaskDone, type TaskUnfinished } from "../search/driver.ts";
import { inRounds } from "../search/rounds.ts";
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
 * Neighbouring proposals below one node become one request for several samples. Where no score at all came of it, a
 * `warning-raised` says why: whatever the search then ranks by, it is not the reward.
 */
export async function runSearch(
  question: Question,
  think: Thinking,
  search: Search,
  { policy, reward }: SearchWorkers,
): Promise<Drive> {
  async function score(task: Task, signal: AbortSignal, turn: () => Promise<void>): Promise<TaskDone> {
    if (reward === undefined)
      throw new RangeError(`the search asks for scores and has no reward (${task.id})`);
    try {
      const scored = await reward.score(question, search.tree.get(task.node), { turn, signal });
      const { settle = () => {}, learn = () => {}, ...score } = scored;
      if (!(score.value >= 0 && score.value <= 1)) {
        const fault = `the reward ${reward.name} gave ${score.value}, which is not within 0 and 1`;
        throw new ScoreFailure(new FailureError(fault), settle);
      }
      return {
        result: { task, outcome: "scored", score },
        settle() {
          settle();
          learn();
        },
      };
    } catch (error) {
      if (!(error instanceof ScoreFailure)) throw error;
      return { result: { task, outcome: "failed", error: error.message }, settle: error.settle };
    }
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

  const scores = { came: 0, failure: "" };
  const counted: Search = {
    get tree() {
      return search.tree;
    },
    get finished() {
      return search.finished;
    },
    ask: (slots) => search.ask(slots),
    best: () => search.best(),
    tell(result) {
      if (result.outcome === "scored") scores.came++;
      else if (result.outcome === "failed" && result.task.kind === "score") scores.failure = result.error;
      return search.tell(result);
    },
  };
  const driven = await drive(counted, {
    slots: think.settings.concurrency,
    order: think.settings.order,
    recorder: think.recorder,
    signal: think.signal,
    work: (tasks, unneeded): Promise<TaskDone | TaskUnfinished>[] =>
      siblings(tasks).flatMap((group) =>
        group[0]?.kind === "score"
          ? group.map((task) => inRounds((turn) => score(task, unneeded, turn)))
          : propose(group, unneeded),
      ),
  });
  if (scores.came === 0 && scores.failure !== "") {
    const text = `no thought could be scored by ${reward?.name}: ${scores.failure}`;
    think.recorder.emit({ type: "warning-raised", text });
  }
  return driven;
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
