import { gymProblem } from "../problems/gym/gym.ts";
import { findFamily } from "../problems/gym/registry.ts";
import type { Problem } from "../problems/problem.ts";
import { problemLineSchema, readData } from "./data.ts";
import type { RecipeOf } from "./recipe.ts";

/** Problems that a policy thinks about, by their number. */
export interface ProblemSet {
  readonly count: number;
  at(index: number): Problem;
  /** Hashes of the files that they come from. */
  readonly hashes: readonly string[];
}

/** The problems that a recipe names. Throws an InputError for an unknown family or a file that cannot be read. */
export async function readProblems(problems: RecipeOf<"grpo">["problems"]): Promise<ProblemSet> {
  if ("family" in problems) {
    const { count, ...place } = problems;
    findFamily(place.family);
    return { count, hashes: [], at: (index) => gymProblem({ ...place, index }) };
  }
  const { lines, sha256 } = await readData(problems.data, problemLineSchema);
  return {
    ...{ count: lines.length, hashes: [sha256] },
    at(index) {
      const { question = "", answer = "", source = "file", family = "" } = lines[index] ?? {};
      return {
        question: { id: `file/${index}`, text: question },
        gold: answer,
        source,
        family,
        difficulty: 1,
      };
    },
  };
}
