import { InputError } from "../thought/errors.ts";
import { nearestName } from "../thought/nearest-name.ts";
import { beam } from "./beam.ts";
import { bestOfN } from "./best-of-n.ts";
import { direct } from "./direct.ts";
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
  /** The knobs that make it what it is: they go before the effort's, and a caller's flag before them. */
  defaults: Partial<StrategySettings>;
}

/** All strategies, cheapest first. */
export const strategies: readonly StrategyEntry[] = [
  {
    name: "direct",
    description: "the bare question, no thinking: the base line",
    run: direct,
    defaults: { samples: 1, temperature: 0 },
  },
  {
    name: "step-by-step",
    description: "one chain of thought, then the answer",
    run: stepByStep,
    defaults: { samples: 1, temperature: 0 },
  },
  {
    name: "vote",
    description: "several thoughts; the answer most of them reach (self-consistency)",
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
];

/** The strategy of this name. Throws an InputError that names the nearest one. */
export function findStrategy(name: string): StrategyEntry {
  const found = strategies.find((strategy) => strategy.name === name);
  if (found !== undefined) return found;
  const names = strategies.map((strategy) => strategy.name);
  const near = nearestName(name, [...names, "auto"]);
  const hint = near === undefined ? `there are auto, ${names.join(", ")}` : `did you mean ${near}?`;
  throw new InputError(`no strategy "${name}"; ${hint}`);
}
