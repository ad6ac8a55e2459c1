import { Random } from "../thought/random.ts";
import { drawBeta } from "./beta-distribution.ts";
import type { Search } from "./search.ts";
import { type SimulationOptions, type Situation, simulate, type Tally } from "./simulations.ts";

/** Jeffreys' prior: both shapes of the beta distribution before anything is known. */
const PRIOR = 0.5;

/** What adaptive branching needs to know. */
export interface AdaptiveMctsOptions extends SimulationOptions {
  seed: number | string;
}

/**
 * Adaptive branching Monte Carlo tree search (AB-MCTS; Inoue et al., arXiv 2503.04412): at each node it draws by Thompson
 * sampling whether to go wider, with a new roll-out from here, or deeper, to one of the children that are there; a node may
 * have any number of them.
 *
 * What is known of a way is Beta(1/2 + sum of values, 1/2 + visits - sum): for going wider from the simulations that rolled
 * out here, for going deeper from those that went on to a child. The higher of two draws decides, and between children one
 * draw each, over all simulations through them. A simulation under way counts as one that came to the mean of its way, so
 * that it makes a way better known but neither better nor worse. Simulation n draws from a stream of its own, keyed by the
 * seed and n.
 */
export function adaptiveMcts({ seed, ...options }: AdaptiveMctsOptions): Search {
  const random = new Random(`adaptive-mcts/${seed}`);
  return simulate(options, (place, open, { simulation, range }) => {
    const draw = (tally: Tally) => drawPosterior(draws, tally, range);
    const draws = random.fork(`${simulation}/${place.node.id}`);
    if (draw(place.wider) >= draw(place.deeper)) return undefined;
    const ranked = open.map((child) => ({ child, drawn: draw(child.all) }));
    return ranked.reduce((best, next) => (next.drawn > best.drawn ? next : best)).child;
  });
}

function drawPosterior(
  random: Random,
  { visits, total, pending }: Tally,
  { lowest, highest }: Situation["range"],
): number {
  const good = Math.max(0, (total - visits * lowest) / (highest - lowest));
  const alpha = PRIOR + good;
  const beta = PRIOR + Math.max(0, visits - good);
  const mean = alpha / (alpha + beta);
  return drawBeta(random, alpha + pending * mean, beta + pending * (1 - mean));
}
