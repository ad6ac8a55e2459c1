import type { Search } from "./search.ts";
import { type Place, type SimulationOptions, simulate, type Tally } from "./simulations.ts";

/** Children of a node by the square root of the simulations through it, once that is more than its width. */
const WIDENING = 1.5;

/** What Monte Carlo tree search needs to know. */
export interface MctsOptions extends SimulationOptions {
  /** Children of a node at first, at least 1; much visited ones get more. */
  width: number;
  /** PUCT's constant: how much it favours what it knows little of. 0 only follows what has done best. */
  exploration: number;
}

/**
 * Monte Carlo tree search with PUCT (Silver et al. 2017, AlphaGo Zero) over steps of reasoning. From a node s a simulation
 * goes to the child a with the highest Q(s, a) + exploration * P(s, a) * sqrt(N(s)) / (1 + N(s, a)).
 *
 * - Q is the mean value of the simulations through the child, on a scale from the lowest value so far to the highest
 *   (Schrittwieser et al. 2020, MuZero), so that `exploration` means the same for every reward. Those under way count as
 *   visits of value 0 until they end, a virtual loss (Chaslot et al. 2008), so that those that start together spread.
 * - P is the proposal's likelihood, e to its mean log-probability, over the sum of all; equal where the backend reports
 *   none.
 * - Children that are not there yet stand in line too, with the mean likelihood of their siblings, the node's own mean as
 *   Q and no visit. To go to one of them is to roll out from the node: the first step of what comes is the new child, so
 *   that expansion and roll-out are one call. A node has `width` children, and 1.5 sqrt(N(s)) once that is more (progressive
 *   widening, Coulom 2007): where none of the first is right, more simulations help.
 * - A node without a child to continue, as when all are still on their way, is rolled out from in any case: no slot is idle
 *   while simulations are left, and s slots take n simulations in ceil(n / s) times the calls of one.
 */
export function mcts({ width, exploration, ...options }: MctsOptions): Search {
  return simulate(options, (place, open, { range }) => {
    const scaled = (value: number) => Math.max(0, (value - range.lowest) / (range.highest - range.lowest));
    const { visits, pending } = place.all;
    const passed = Math.sqrt(visits + pending);
    const unopened = Math.max(0, Math.floor(Math.max(width, WIDENING * passed)) - place.rolledOut);
    const known = open.flatMap((child) => likelihoodOf(child) ?? []);
    const usual = known.length === 0 ? 1 : sum(known) / known.length;
    const likelihoods = open.map((child) => likelihoodOf(child) ?? usual);
    const all = sum(likelihoods) + unopened * usual;
    const urge = (exploration * passed) / all;

    let best: Place | undefined;
    let highest = unopened > 0 ? scaled(meanOf(place.all)) + urge * usual : Number.NEGATIVE_INFINITY;
    for (const [index, child] of open.entries()) {
      const visitsOfChild = child.all.visits + child.all.pending;
      const value = visitsOfChild === 0 ? meanOf(place.all) : child.all.total / visitsOfChild;
      const priority = scaled(value) + (urge * (likelihoods[index] ?? usual)) / (1 + visitsOfChild);
      if (priority > highest) {
        highest = priority;
        best = child;
      }
    }
    return best;
  });
}

/** Mean value of the simulations that have ended; 0 where none has. */
function meanOf({ visits, total }: Tally): number {
  return visits === 0 ? 0 : total / visits;
}

function likelihoodOf({ node: { meanLogprob } }: Place): number | undefined {
  return meanLogprob === undefined ? undefined : Math.exp(Math.min(0, meanLogprob));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
