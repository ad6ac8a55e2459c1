import { InputError } from "../thought/errors.ts";
import { nearestName } from "../thought/nearest-name.ts";
import { adaptiveMcts } from "./adaptive-mcts.ts";
import { autoOver } from "./auto/auto.ts";
import { beam } from "./beam.ts";
import { bestFirst } from "./best-first.ts";
import { bestOfN } from "./best-of-n.ts";
import { critique } from "./critique.ts";
import { debate } from "./debate.ts";
import { depthFirst } from "./depth-first.ts";
import { direct } from "./direct.ts";
import { dvts } from "./dvts.ts";
import { lookahead } from "./lookahead.ts";
import { mcts } from "./mcts.ts";
import { monologue } from "./monologue.ts";
import { panel } from "./panel.ts";
import { plan } from "./plan.ts";
import { stepByStep } from "./step-by-step.ts";
import type { Strategy, StrategySettings } from "./strategy.ts";
import { vote } from "./vote.ts";

/** A strategy under its name. */
export interface StrategyEntry {
  name: string;
  /** One line for `--help` and the docs. */
  description: string;
  run: Strategy;
  /** True for a strategy that has to tell its model what to do, which nano does not understand. */
  needsInstructions?: boolean | undefined;
  /** True for a strategy that runs others: it logs itself which ones, with their settings and why. */
  choosesStrategy?: boolean | undefined;
  /**
   * What its calls' text is while it streams, for a strategy with a single thought: the answer itself, or a thought that
   * ends in it. Left out where several thoughts are under way and only committed steps tell.
   */
  streams?: "answer" | "thought" | undefined;
  /** The knobs that make it what it is: they go before the effort's, and a caller's flag before them. */
  defaults: Partial<StrategySettings>;
}

/** All strategies: the one that picks others, then these, cheapest first. */
export const strategies: readonly StrategyEntry[] = [
  {
    name: "auto",
    description: "looks at the question and the effort, picks a strategy, thinks on while in doubt",
    run: autoOver((name) => findStrategy(name)),
    choosesStrategy: true,
    defaults: {},
  },
  {
    name: "direct",
    description: "the bare question, no thinking: the base line",
    run: direct,
    streams: "answer",
    defaults: { samples: 1, temperature: 0 },
  },
  {
    name: "step-by-step",
    description: "one chain of thought, then the answer",
    run: stepByStep,
    streams: "thought",
    defaults: { samples: 1, temperature: 0 },
  },
  {
    name: "vote",
    description: "thoughts until the answer most of them reach is settled (self-consistency)",
    run: vote,
    defaults: { temperature: 0.7 },
  },
  {
    name: "best-of-n",
    description: "several thoughts; the one with the highest reward",
    run: bestOfN,
    defaults: { temperature: 0.8 },
  },
  {
    name: "beam",
    description: "step by step, several proposals each, the best partial thoughts kept",
    run: beam,
    defaults: { temperature: 0.8 },
  },
  {
    name: "dvts",
    description: "a beam in subtrees that know nothing of each other, for thoughts that differ",
    run: dvts,
    defaults: { temperature: 0.8 },
  },
  {
    name: "lookahead",
    description: "a beam that scores each step by where it leads some steps further on",
    run: lookahead,
    defaults: { temperature: 0.8 },
  },
  {
    name: "best-first",
    description: "goes on wherever the thought so far scores highest",
    run: bestFirst,
    defaults: { temperature: 0.8 },
  },
  {
    name: "depth-first",
    description: "follows the best step, backtracks, ends at the first good answer (Tree of Thoughts)",
    run: depthFirst,
    defaults: { keep: 1, temperature: 0.8 },
  },
  {
    name: "monologue",
    description: "mutters to itself at length on a hidden scratch pad, then answers (o1 in context)",
    run: monologue,
    streams: "thought",
    needsInstructions: true,
    defaults: { samples: 1, temperature: 0.7, maxTokens: 8192 },
  },
  {
    name: "mcts",
    description: "whole thoughts from where earlier ones did well (Monte Carlo tree search)",
    run: mcts,
    // Efforts bring tens of simulations, of which the usual constant would spend most on looking around.
    defaults: { temperature: 0.8, exploration: 0.5 },
  },
  {
    name: "adaptive-mcts",
    description: "draws at each step whether to go wider or deeper (AB-MCTS)",
    run: adaptiveMcts,
    defaults: { temperature: 0.8 },
  },
  {
    name: "plan",
    description: "a planner takes scored steps until the answer is settled, then a writer answers (P1)",
    run: plan,
    needsInstructions: true,
    defaults: { depth: 10, width: 1, temperature: 0.7 },
  },
  {
    name: "critique",
    description: "after each step a critic continues, reflects, backtracks or ends the thought",
    run: critique,
    defaults: { temperature: 0.8 },
  },
  {
    name: "debate",
    description: "a critic objects to whole solutions, the policy revises, a judge decides",
    run: debate,
    defaults: { temperature: 0.7, rounds: 3 },
  },
  {
    name: "panel",
    description: "a planner, analysts in parallel, quality control, a writer",
    run: panel,
    needsInstructions: true,
    defaults: { temperature: 0.7, rounds: 2 },
  },
];

/** The strategy of this name. Throws an InputError that names the nearest one. */
export function findStrategy(name: string): StrategyEntry {
  const found = strategies.find((strategy) => strategy.name === name);
  if (found !== undefined) return found;
  const names = strategies.map((strategy) => strategy.name);
  const near = nearestName(name, names);
  const hint = near === undefined ? `there are ${names.join(", ")}` : `did you mean ${near}?`;
  throw new InputError(`no strategy "${name}"; ${hint}`);
}
