import { join } from "node:path";
import { compareSets } from "../compare/compare-sets.ts";
import type { Contrast, SetResult } from "../compare/comparison.ts";
import { readEvaluation } from "../eval/read-evaluation.ts";
import type { Cell } from "./cells.ts";

/** What one cell came to, beside the first of its group. */
export interface CellResult extends Omit<SetResult, "name" | "what"> {
  cell: string;
  arm: string;
  /** The model's name in the recipe, and where it is. */
  model: string;
  modelName: string;
  run: string;
  /** Words of a thought, in the mean; what a strategy keeps apart from its answer. */
  thoughtWords: number;
  /** Its output tokens over those of the first of its group: how much longer it thinks. Null where that wrote none. */
  growth: number | null;
  /** Absent for the first of a group. */
  contrast?: Contrast | undefined;
}

/** All cells of an experiment, group by group. */
export interface ExperimentResult {
  name: string;
  title: string;
  problems: number;
  groups: { group: string; cells: CellResult[] }[];
}

/**
 * Reads what the cells of an experiment came to from their runs.
 *
 * @param runs the run of each cell by its name; a cell without one is left out
 * @throws InputError where the runs of a group are not over the same problems
 */
export function experimentResult(
  { name, title, cells }: { name: string; title: string; cells: readonly Cell[] },
  runs: ReadonlyMap<string, string>,
  root: string,
): ExperimentResult {
  const names = [...new Set(cells.map(({ group }) => group))];
  const groups = names.map((group) => {
    const own = cells.filter((cell) => cell.group === group && runs.has(cell.name));
    return { group, cells: groupResult(own, runs, root) };
  });
  const problems = Math.max(0, ...groups.map((one) => one.cells[0]?.problems ?? 0));
  return {
    name,
    title,
    problems,
    groups: groups.map((one) => ({ ...one, cells: one.cells.map(withoutCount) })),
  };
}

type Counted = CellResult & { problems: number };

function withoutCount({ problems: _problems, ...cell }: Counted): CellResult {
  return cell;
}

function groupResult(cells: readonly Cell[], runs: ReadonlyMap<string, string>, root: string): Counted[] {
  const evaluations = cells.map((cell) => readEvaluation(join(root, runs.get(cell.name) ?? "")));
  const sets = cells.map(({ name }, index) => ({ name, samples: evaluations[index]?.records ?? [] }));
  const [only] = sets;
  // A cell alone is compared with itself under another name: it has no contrast, but all the rest.
  const compared =
    sets.length === 1 && only !== undefined ? [only, { ...only, name: `${only.name} again` }] : sets;
  if (compared.length < 2) return [];
  const comparison = compareSets(compared);
  const base = comparison.sets[0]?.outputTokens ?? 0;
  return cells.flatMap((cell, index) => {
    const set = comparison.sets[index];
    const evaluation = evaluations[index];
    if (set === undefined || evaluation === undefined) return [];
    const { accuracy, outputTokens, inputTokens, costUsd } = set;
    const thoughts = evaluation.records.map(({ thought }) => thought.match(/\S+/g)?.length ?? 0);
    return {
      ...{
        cell: cell.name,
        arm: cell.arm,
        model: cell.model,
        modelName: cell.think.model,
        run: evaluation.run,
      },
      ...{ accuracy, outputTokens, inputTokens, costUsd },
      thoughtWords: thoughts.reduce((sum, words) => sum + words, 0) / Math.max(1, thoughts.length),
      growth: base === 0 ? null : outputTokens / base,
      contrast: comparison.contrasts[index - 1],
      problems: comparison.problems,
    };
  });
}
