import type { Task } from "../thought/event.ts";
import { Random } from "../thought/random.ts";
import type { TaskDone } from "./driver.ts";
import type { Proposal, TaskResult } from "./search.ts";

/** A made-up world of models for the tests of searches: what comes of a task depends on the seed and its id alone. */
export interface ScriptedWorld {
  seed: number;
  /** Share of the tasks that fail, in [0, 1]. */
  failures: number;
}

const answers = ["1", "2", "2.0", "x = 2", "3"];

/** What comes of a task in this world; scores are coarse, so that there are ties. */
export function scriptedResult(task: Task, { seed, failures }: ScriptedWorld): TaskResult {
  const random = new Random(`${seed}/${task.id}`);
  if (random.chance(failures)) return { task, outcome: "failed", error: `no reply to ${task.id}` };
  if (task.kind === "score") {
    return { task, outcome: "scored", score: { value: random.integer(0, 4) / 4, by: "scripted" } };
  }
  return { task, outcome: "proposed", proposal: scriptedProposal(task.kind, random) };
}

function scriptedProposal(kind: "expand" | "roll-out", random: Random): Proposal {
  const count = kind === "roll-out" ? random.integer(0, 4) : random.pick([0, 1, 1, 1, 1, 2]);
  const steps = Array.from({ length: count }, () => `step ${random.integer(1, 6)}`);
  const answered = random.chance(kind === "roll-out" ? 0.8 : 0.25);
  const meanLogprob = random.chance(0.5) ? -random.next() : undefined;
  return { steps, answer: answered ? random.pick(answers) : undefined, meanLogprob };
}

/** Work for the driver: results arrive one at a time, in an order drawn from `arrivals`. */
export function scriptedWork(
  world: ScriptedWorld,
  arrivals: Random,
): (tasks: readonly Task[]) => Promise<TaskDone>[] {
  const pending: (() => void)[] = [];
  const landOne = () => {
    const [land] = pending.splice(arrivals.integer(0, pending.length - 1), 1);
    land?.();
  };
  return (tasks) =>
    tasks.map(
      (task) =>
        new Promise((resolve, reject) => {
          const result = scriptedResult(task, world);
          pending.push(() => {
            if (result.outcome === "failed") reject(new Error(result.error));
            else resolve({ result, settle() {} });
          });
          setImmediate(landOne);
        }),
    );
}
