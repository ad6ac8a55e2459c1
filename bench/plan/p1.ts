import { askOne } from "../../src/strategies/agents/ask-all.ts";
import type { Strategy } from "../../src/strategies/strategy.ts";

/** Most steps of a P1 trajectory. */
const P1_STEPS = 10;

/** The word that ends a P1 trajectory. It is looked for in any case, which is kinder to P1 than looking for capitals. */
const ENDING = /terminate/i;

/**
 * The loop of P1 (github.com/BeibinLi/P1) as its published form runs, in our own words: a planner call a step, with the
 * question and the trajectory but no history; the end is a word that is searched for in the text of the decision, scores
 * are never read; at most ten steps, then one call that answers and one that sums the answer up.
 */
export const p1: Strategy = async (question, think) => {
  const trajectory: string[] = [];
  const ask = async (role: "planner" | "writer", site: string, last: string): Promise<string> => {
    const content = [question.text, "Trajectory:", ...trajectory, last].join("\n\n");
    const prompt = { messages: [{ role: "user", content } as const] };
    return (await askOne(think, { role, site, prompt })).text;
  };
  for (let step = 1; step <= P1_STEPS; step++) {
    const said = await ask("planner", `step:${step}`, `Plan step ${step}.`);
    trajectory.push(said);
    if (ENDING.test(/^Decision: (.*)$/m.exec(said)?.[1] ?? "")) break;
  }
  const answer = await ask("writer", "answer", "Answer the question.");
  const text = await ask("writer", "summary", `Sum this up: ${answer}`);
  return { text, stopReason: "answered", thought: trajectory, candidates: [], checked: false };
};
