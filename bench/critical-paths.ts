import type { PartialSettings } from "../src/strategies/settings.ts";
import type { Event } from "../src/thought/event.ts";
import type { Role } from "../src/thought/usage.ts";

/** How many calls of a strategy have to wait for each other, and how many it wants at once. */
export interface CriticalPath {
  /** The longest chain, from the settings and from where the question led. */
  calls(events: readonly Event[], settings: PartialSettings): number;
  /** Most calls at once, where it is known beforehand: one sample a request, no limit. */
  most?(settings: PartialSettings): number;
  /** Settings in place of the benchmark's. */
  settings?: PartialSettings;
  /** Why it is not measured. */
  skip?: string;
}

const one: CriticalPath = { calls: () => 1, most: () => 1 };
const samplesAtOnce = ({ samples = 1 }: PartialSettings): number => samples;
const level = ({ width = 1, keep = 1 }: PartialSettings): number => width * keep;
const sequential: CriticalPath = { calls: (events) => callsIn(events), most: () => 1 };

/** A simulation is a roll-out and its score; as many go on at once as there are slots. */
const simulations: CriticalPath = {
  calls: (_, { rollouts = 1, concurrency = 1 }) => 2 * Math.ceil(rollouts / concurrency),
  most: ({ rollouts = 1, concurrency = 1 }) => Math.min(rollouts, concurrency),
  settings: { concurrency: 4 },
};

/** By strategy, as `docs/strategies.md` has it. */
export const criticalPaths: Readonly<Record<string, CriticalPath>> = {
  auto: { ...one, skip: "it is the strategies that it picks, one after the other" },
  direct: one,
  "step-by-step": one,
  vote: { calls: () => 1, most: samplesAtOnce, settings: { reward: "auto" } },
  monologue: { calls: () => 1, most: samplesAtOnce },
  "best-of-n": { calls: () => 2, most: samplesAtOnce },
  beam: { calls: (events) => 2 * levelsIn(events), most: level },
  dvts: { calls: (events) => 2 * levelsIn(events), most: level },
  lookahead: {
    // The last level has nothing ahead of it.
    calls: (events, { lookahead = 0 }) => levelsIn(events) * (2 + lookahead) - lookahead,
  },
  "best-first": {
    calls: (events, { keep = 1 }) => {
      const { expanded, rolledOut } = nodesIn(events);
      // A node waits for its parent, and the root is alone.
      const waves = Math.max(levelsIn(events), 1 + Math.ceil((expanded - 1) / keep));
      return 2 * (waves + Math.ceil(rolledOut / keep));
    },
  },
  "depth-first": {
    calls: (events) => 2 * (nodesIn(events).expanded + nodesIn(events).rolledOut),
    most: ({ width = 1 }) => width,
    settings: { keep: 1 },
  },
  mcts: simulations,
  "adaptive-mcts": simulations,
  plan: { calls: (events) => callsIn(events, "planner") + 1, settings: { width: 1 } },
  critique: sequential,
  debate: sequential,
  panel: { calls: () => 4, settings: { rounds: 1 } },
};

/** How many nodes were expanded and how many rolled out. */
function nodesIn(events: readonly Event[]): { expanded: number; rolledOut: number } {
  const tasks = events.flatMap((event) => (event.type === "tasks-asked" ? event.tasks : []));
  const count = (kind: string) =>
    new Set(tasks.flatMap((task) => (task.kind === kind ? task.node : []))).size;
  return { expanded: count("expand"), rolledOut: count("roll-out") };
}

/** Levels of steps that a search over steps has asked for. */
function levelsIn(events: readonly Event[]): number {
  const expanded = events.flatMap((event) =>
    event.type === "tasks-asked" ? event.tasks.filter(({ kind }) => kind === "expand") : [],
  );
  return new Set(expanded.map(({ node }) => node.split(/[./]/).length)).size;
}

/** Calls that came back; of one role, or of all. */
function callsIn(events: readonly Event[], of?: Role): number {
  const roles = events.flatMap((event) => (event.type === "call-finished" ? event.role : []));
  return roles.filter((role) => of === undefined || role === of).length;
}
