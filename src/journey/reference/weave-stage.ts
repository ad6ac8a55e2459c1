import { join } from "node:path";
import { createRegistry } from "../../models/registry.ts";
import { thoughtTokens } from "../../nano/thought-tokens.ts";
import { Tokenizer } from "../../nano/tokenizer.ts";
import { FailureError } from "../../thought/errors.ts";
import { thoughtLineSchema } from "../dataset.ts";
import { readJsonLines } from "../jsonl.ts";
import type { Stage } from "../stages/stage.ts";
import { weaveFolder } from "../weave/weave-folder.ts";
import { weaveRequestSchema } from "../weave/weave-request.ts";
import type { JourneyRecipe } from "./journey-recipe.ts";

/** The data sets of the second stage, all of them made of the same trees. */
const ARMS = ["shortcut", "journey-draft", "journey-refined"] as const;

/** Weaves the grown trees into shortcuts and long thoughts; the result says how many lines and tokens each has. */
export function weaveStage({ weave, seed, tokenizer: path }: JourneyRecipe): Stage {
  return {
    name: "thoughts",
    after: ["trees"],
    settings: { weave, seed },
    async run({ folder, input, progress, signal }) {
      progress("weaving trees into thoughts");
      const request = weaveRequestSchema.parse({
        runs: ["latest"],
        arms: ARMS,
        words: "gym",
        seed,
        ...weave,
      });
      const root = join(input("trees").folder, "runs");
      const report = await weaveFolder(request, {
        out: folder,
        root,
        registry: createRegistry({}, {}),
        signal,
      });
      const tokenizer = await Tokenizer.read(path);
      const counts = ARMS.map((arm) => {
        const lines = readJsonLines(join(folder, `${arm}.jsonl`), thoughtLineSchema);
        const tokens = lines.reduce((sum, line) => sum + thoughtTokens(tokenizer, line).ids.length, 0);
        const turns = lines.reduce((sum, { wrongTurns = 0 }) => sum + wrongTurns, 0);
        return [
          arm,
          { lines: lines.length, tokens, turns, skipped: report.arms[arm]?.skipped ?? {} },
        ] as const;
      });
      return Object.fromEntries(counts);
    },
  };
}

/** Pairs right and wrong samples of one question. Throws a FailureError where no question has both. */
export function pairsStage({ dpo, seed }: JourneyRecipe, name: string, after: string): Stage {
  return {
    name,
    after: [after],
    settings: { pairs: dpo.pairs, seed },
    async run({ folder, input, signal }) {
      const request = weaveRequestSchema.parse({
        ...{ runs: ["latest"], arms: ["preference"], words: "gym", pairs: dpo.pairs, seed },
      });
      const root = join(input(after).folder, "runs");
      const report = await weaveFolder(request, {
        out: folder,
        root,
        registry: createRegistry({}, {}),
        signal,
      });
      const { lines = 0, skipped = {} } = report.arms["preference"] ?? {};
      if (lines === 0) throw new FailureError("no question has right and wrong samples; raise dpo.problems");
      return { pairs: lines, skipped };
    },
  };
}
