const longestFormula = 300;
const mostMilliseconds = 400;

/** Proves that two formulas in LaTeX are equal for all values; false where it cannot tell. */
export type AlgebraEngine = (a: string, b: string) => boolean;

let loaded: Promise<AlgebraEngine> | undefined;

/**
 * Loads compute-engine, once. It takes a fifth of a second and some 46 MB, so that only a pair which exact arithmetic
 * leaves undecided (identities of functions, for the most part) asks for it.
 */
export function loadAlgebraEngine(): Promise<AlgebraEngine> {
  loaded ??= import("@cortex-js/compute-engine").then(({ ComputeEngine }) => {
    const engine = new ComputeEngine();
    return (a, b) => {
      if (a.length > longestFormula || b.length > longestFormula) return false;
      try {
        return engine.withTimeLimit(mostMilliseconds, () => {
          const left = engine.parse(a);
          const right = engine.parse(b);
          if (!left.isValid || !right.isValid) return false;
          if (left.isSame(right) || left.isEqual(right) === true) return true;
          const difference = engine.box(["Subtract", left, right]).simplify();
          if (difference.isSame(0)) return true;
          return engine.box(["Expand", difference]).evaluate().simplify().isSame(0);
        });
      } catch {
        // Its own errors and time limit only mean that it proves nothing.
        return false;
      }
    };
  });
  return loaded;
}
