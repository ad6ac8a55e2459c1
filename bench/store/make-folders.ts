import { type MadeQuestion, makeRun } from "../../test/support/made-runs.ts";

/** Writes run folders with short thoughts whose logs nobody has read yet. Returns the rows that they come to. */
export function makeFolders(root: string, runs: number): number {
  const questions = Array.from({ length: 10 }, (_, index): MadeQuestion => {
    const steps = ["Add the ones.", "Wait, carry one.", "Add the tens.", "So it is done.", `It is ${index}.`];
    return { id: `q${index}`, steps, answer: String(index), gold: "5", reward: 0.5, strategy: "vote" };
  });
  for (let run = 0; run < runs; run++)
    makeRun(root, { id: `20261121-${String(run).padStart(6, "0")}-ask-0000`, questions });
  // A run's own row, and for each question its row, its steps and its call.
  return runs * (1 + questions.length * (1 + 5 + 1));
}
