import { join } from "node:path";
import { z } from "zod";
import { foldEvaluation, recordsOf } from "../../evaluate/eval/fold-evaluation.ts";
import { runEvaluation } from "../../evaluate/eval/run-evaluation.ts";
import { createRegistry } from "../../models/registry.ts";
import type { Problem } from "../../problems/problem.ts";
import type { PartialSettings } from "../../strategies/settings.ts";
import { completeRequest } from "../../strategies/think-request.ts";
import { writeJsonLines } from "../jsonl.ts";
import type { Stage, StagePlace } from "../stages/stage.ts";
import { novelties } from "./countdown-problems.ts";
import type { JourneyRecipe } from "./journey-recipe.ts";
import { readProblems, TEST_PROBLEMS } from "./problem-stages.ts";
import { modelIn, withStageRun } from "./stage-run.ts";
import { modelFolder } from "./train-stage.ts";

/** One answer of a trained model to a problem of the evaluation. */
export const attemptSchema = z.strictObject({
  problem: z.string(),
  /** The numbers in order: problems of one set are alike, and intervals count them as one cluster. */
  set: z.string(),
  novelty: z.enum(novelties),
  numbers: z.enum(["3", "4"]),
  /** The likeliest thought, or one drawn by lot. */
  decoding: z.enum(["greedy", "sampled"]),
  sample: z.int().nonnegative(),
  text: z.string(),
  answer: z.string().optional(),
  correct: z.boolean(),
  outputTokens: z.int().nonnegative(),
  thought: z.string(),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** The file of an evaluation stage. */
export const ATTEMPTS = "attempts.jsonl";

/** Has the model of another stage answer all problems, once greedily and several times by lot, without a checker. */
export function evaluateStage(recipe: JourneyRecipe, of: string): Stage {
  const { evaluate, seed } = recipe;
  const { samples, temperature, maxTokens } = evaluate;
  return {
    name: `evaluate-${of}`,
    after: [of, TEST_PROBLEMS],
    settings: { samples, temperature, maxTokens, seed },
    async run(place) {
      const all = readProblems(place.input(TEST_PROBLEMS));
      const answered = async (decoding: Attempt["decoding"], count: number, settings: PartialSettings) =>
        answer(place, {
          of,
          decoding,
          problems: all,
          samples: count,
          settings: { ...settings, maxTokens, seed },
        });
      const attempts = [
        ...(await answered("greedy", 1, { temperature: 0 })),
        ...(await answered("sampled", samples, { temperature })),
      ];
      writeJsonLines(join(place.folder, ATTEMPTS), attempts);
      const greedy = attempts.filter(({ decoding }) => decoding === "greedy");
      const right = greedy.filter(({ correct }) => correct).length;
      return { problems: all.length, attempts: attempts.length, greedyRight: right / greedy.length };
    },
  };
}

interface Asking {
  of: string;
  decoding: Attempt["decoding"];
  problems: readonly Problem[];
  samples: number;
  settings: PartialSettings;
}

async function answer({ folder, input, signal, progress }: StagePlace, asking: Asking): Promise<Attempt[]> {
  const { of, decoding, problems, samples, settings } = asking;
  const model = modelIn(modelFolder(input(of).folder));
  const run = {
    command: "eval",
    request: { stage: of, decoding },
    models: { policy: model },
    seed: settings.seed ?? 0,
  };
  const fold = foldEvaluation([], model);
  let state = fold.start();
  await withStageRun(join(folder, decoding), run, async (log) => {
    let done = 0;
    const all = problems.length * samples;
    const stopListening = log.onEvent((event) => {
      state = fold.apply(state, event);
      if (event.type === "answer-graded") progress(`${decoding}: ${++done} of ${all} answers`);
    });
    try {
      const think = completeRequest({ model, strategy: "step-by-step", settings });
      const options = { registry: createRegistry({}, {}), run: log, think, samples, atOnce: 256, signal };
      await runEvaluation(problems, options);
    } finally {
      stopListening();
    }
  });
  return recordsOf(state).map(
    ({ problem, tags, sample, text, answer: said, correct, outputTokens, thought }) =>
      attemptSchema.parse({
        ...{ problem, set: tags["set"], novelty: tags["novelty"], numbers: tags["numbers"] },
        ...{ decoding, sample, text, correct, outputTokens, thought },
        ...(said !== undefined && { answer: said }),
      }),
  );
}
