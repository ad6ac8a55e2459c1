import { scriptedBackend } from "../../src/models/scripted.ts";
import type { Strategy } from "../../src/strategies/strategy.ts";
import { think } from "../../src/strategies/think-aloud.ts";
import { p1 } from "./p1.ts";
import { type Ending, type ScriptedPlanner, speak } from "./planners.ts";

/** How one strategy did with one planner. */
export interface Trial {
  answer: string | undefined;
  /** Calls that had to wait for each other: the longest chain, whatever ran beside it. */
  inSequence: number;
  calls: number;
}

/** P1 and `plan`, with one planner and with three at once, on the same scripted planner. */
export interface Comparison extends ScriptedPlanner {
  p1: Trial;
  plan: Trial;
  planOfThree: Trial;
}

/** Compares them for every ending and every step at which a planner may solve the question. */
export async function compare(
  endings: readonly Ending[],
  solvesAt: readonly number[],
): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const ending of endings) {
    for (const step of solvesAt) {
      const planner = { solvesAt: step, ending };
      comparisons.push({
        ...planner,
        p1: await tryOut(planner, p1, 1),
        plan: await tryOut(planner, "plan", 1),
        planOfThree: await tryOut(planner, "plan", 3),
      });
    }
  }
  return comparisons;
}

/** Runs a strategy on a planner. A call that begins while none is under way has waited for the one before. */
async function tryOut(planner: ScriptedPlanner, strategy: string | Strategy, width: number): Promise<Trial> {
  let inSequence = 0;
  let underWay = 0;
  const backend = scriptedBackend({ reply: (prompt) => speak(planner, prompt), delayMs: 1 });
  const model = {
    ...backend,
    load: async () => {
      const loaded = await backend.load();
      return {
        ...loaded,
        doGenerate: async (options: Parameters<typeof loaded.doGenerate>[0]) => {
          if (underWay++ === 0) inSequence++;
          try {
            return await loaded.doGenerate(options);
          } finally {
            underWay--;
          }
        },
      };
    },
  };
  const { text, usage } = await think("What is six times seven?", { strategy, model, width });
  return { answer: text, inSequence, calls: usage.calls };
}

/** The calls in sequence of all trials of one kind. */
export function sequenceOf(comparisons: readonly Comparison[], of: "p1" | "plan" | "planOfThree"): number {
  return comparisons.reduce((sum, comparison) => sum + comparison[of].inSequence, 0);
}
