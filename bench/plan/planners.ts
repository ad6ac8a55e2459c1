import type { Prompt } from "../../src/models/client.ts";

/** The answer that every planner finds in the end. */
export const SOLUTION = "42";

/**
 * How a planner ends, once it has solved the question:
 *
 * - `never`: it checks, varies and sets itself quizzes, as in P1's published notebook;
 * - `in other words`: it decides to stop, but in words other than the one that P1 looks for;
 * - `in P1's word`: it decides to stop and writes the word where P1 looks for it.
 */
export const endings = ["never", "in other words", "in P1's word"] as const;
export type Ending = (typeof endings)[number];

/** A planner that solves the question at a step of its own, and guesses something else at each step before. */
export interface ScriptedPlanner {
  solvesAt: number;
  ending: Ending;
}

/** What the planner and the writer say to any prompt of P1 or of `plan`. */
export function speak(planner: ScriptedPlanner, { system = "", messages }: Prompt): string {
  const prompt = messages.at(-1)?.content ?? "";
  const stepOfPlan = /^Take step (\d+) of/m.exec(prompt)?.[1];
  if (stepOfPlan !== undefined) return planStep(planner, Number(stepOfPlan));
  const stepOfP1 = /^Plan step (\d+)\.$/m.exec(prompt)?.[1];
  if (stepOfP1 !== undefined) return p1Step(planner, Number(stepOfP1));
  const found = [...prompt.matchAll(/That makes (\w+)/g)].at(-1)?.[1] ?? "nothing";
  return system.includes("Answer:") ? `Answer: ${found}` : found;
}

/** P1 decides first and then carries out, so a planner can end at the step behind the one that solves it. */
function p1Step({ solvesAt, ending }: ScriptedPlanner, step: number): string {
  const over = step > solvesAt;
  const decision = {
    never: over ? "Option 3, a quiz to make sure of it." : "Option 1, the next part.",
    "in other words": over ? "Option 4, it is solved and we stop here." : "Option 1, the next part.",
    "in P1's word": over ? "Option 4, TERMINATE." : "Option 1, the next part.",
  }[ending];
  return [
    "Reflection: the steps so far look right.",
    "Options: 1. the next part (4: leads on) 2. a check (3: safe) 3. a quiz (2: aside) 4. terminate (1: too early)",
    `Decision: ${decision}`,
    `Execution: ${work(solvesAt, step)}`,
  ].join("\n");
}

/** In `plan` the wish to end comes behind the execution, so a planner that ends can do so at the step that solves it. */
function planStep({ solvesAt, ending }: ScriptedPlanner, step: number): string {
  const solved = step >= solvesAt;
  const actions = ["the next part", "a check", "a quiz", "another way"].map((action, index) => ({
    ...{ action, score: 4 - index, reason: "as it is" },
  }));
  return JSON.stringify({
    ...{ reflection: "the steps so far look right", actions, decision: 1, execution: work(solvesAt, step) },
    ...{ answer: solved ? SOLUTION : `guess ${step}`, done: solved && ending !== "never" },
  });
}

function work(solvesAt: number, step: number): string {
  if (step < solvesAt) return `Part ${step} is done.`;
  return step === solvesAt ? `That makes ${SOLUTION}.` : `Quiz ${step}: is it right? It seems so.`;
}
