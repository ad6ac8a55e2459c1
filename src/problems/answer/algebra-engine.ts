import type { ComputeEngine } from "@cortex-js/compute-engine";

const longestFormula = 300;
/** Milliseconds of one proof, and of all proofs of one pair of answers. */
const mostMilliseconds = 250;

/** Tries to prove that two formulas in LaTeX are equal for all values; false where it cannot tell. */
export type AlgebraEngine = (a: string, b: string) => boolean;

/** Makes the engine of one pair of answers, see {@link loadAlgebraEngine}. */
export type EngineMaker = () => AlgebraEngine;

let loaded: Promise<EngineMaker> | undefined;

/**
 * Loads compute-engine, once. It takes a fifth of a second and some 46 MB, so that only a pair which exact arithmetic
 * leaves undecided (identities of functions, for the most part) asks for it. Each pair has an engine of its own, whose
 * proofs share one limit of time: when it is used up, nothing more is proved.
 */
export function loadAlgebraEngine(): Promise<EngineMaker> {
  loaded ??= import("@cortex-js/compute-engine").then(({ ComputeEngine: Engine }) => {
    const engine = new Engine();
    // It finds constants equal by their digits. At its own ten of them sin(1) would be sin(1.00000000001).
    engine.precision = 200;
    engine.tolerance = 1e-150;
    // The first proof takes as long as fifty others, and must not count against somebody's pair.
    proves(engine, "\\tan^2(t)+1", "\\sec^2(t)");
    return () => pairEngine(engine);
  });
  return loaded;
}

function pairEngine(engine: ComputeEngine): AlgebraEngine {
  let left = mostMilliseconds;
  return (a, b) => {
    // The engine's limit is of the clock. On a busy machine that is little work: then there is a second, longer try.
    for (const patience of [1, 4]) {
      if (left <= 0 || a.length > longestFormula || b.length > longestFormula) return false;
      const limit = left * patience;
      const before = process.cpuUsage();
      const proved = within(engine, limit, () => proves(engine, a, b));
      const { user, system } = process.cpuUsage(before);
      const worked = (user + system) / 1000;
      left -= worked;
      if (proved !== undefined) return proved;
    }
    return false;
  };
}

/** Undefined where the time is up. */
function within(engine: ComputeEngine, milliseconds: number, prove: () => boolean): boolean | undefined {
  const until = performance.now() + milliseconds;
  try {
    return engine.withTimeLimit(milliseconds, prove);
  } catch {
    // Its own errors only mean that it proves nothing.
    return performance.now() < until ? false : undefined;
  }
}

function proves(engine: ComputeEngine, a: string, b: string): boolean {
  const left = engine.parse(a);
  const right = engine.parse(b);
  if (!left.isValid || !right.isValid) return false;
  const equal = left.isSame(right) || left.isEqual(right);
  if (equal === true) return true;
  // Constants whose digits differ are different, and nothing need be tried.
  if (equal === false && left.unknowns.length + right.unknowns.length === 0) return false;
  if (left.simplify().isSame(right.simplify())) return true;
  const difference = engine.box(["Subtract", left, right]).simplify();
  if (difference.isSame(0)) return true;
  if (engine.box(["Divide", left, right]).simplify().isSame(1)) return true;
  return ["Expand", "TrigExpand"].some((rewrite) =>
    engine.box([rewrite, difference]).evaluate().simplify().isSame(0),
  );
}
