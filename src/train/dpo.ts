import { KernelMemory } from "../nano/decoder/kernels.ts";
import { Nano } from "../nano/decoder/nano.ts";
import { thoughtTokens } from "../nano/thought-tokens.ts";
import type { Tokenizer } from "../nano/tokenizer.ts";
import type { TrainingOutcome } from "../nano/training/engine.ts";
import { type ExampleTokens, exampleRows, shardUnits } from "../nano/training/example-rows.ts";
import { trainObjective } from "../nano/training/jax/train-objective.ts";
import { InputError } from "../thought/errors.ts";
import { identityOf, prepareTraining, readBeginning } from "./beginning.ts";
import { type Preference, preferenceSchema, readData } from "./data.ts";
import { Epochs } from "./epochs.ts";
import { limitsOf, type MethodJob } from "./method-job.ts";
import type { RecipeOf } from "./recipe.ts";
import { References } from "./references.ts";

/** The chosen and the rejected thought of a pair. */
type Pair = readonly [chosen: ExampleTokens, rejected: ExampleTokens];

/**
 * Direct preference optimisation (Rafailov et al., 2023, arXiv 2305.18290): makes the chosen thought of each pair likelier than
 * the rejected one, as against the frozen model that the training began with. Pairs longer than the context are left out.
 */
export async function trainPreferences(job: MethodJob<RecipeOf<"dpo">>): Promise<TrainingOutcome> {
  const { recipe, out } = job;
  const data = await readData(recipe.data, preferenceSchema);
  const beginning = await prepareTraining({
    ...{ out, resume: job.resume ?? false, identity: identityOf(recipe, [data.sha256]), seed: recipe.seed },
    ...{ keepCheckpoints: recipe.training.keepCheckpoints, beginning: () => readBeginning(recipe) },
  });
  const { config, tokenizer } = beginning;
  const context = config.max_position_embeddings;
  const pairs = data.lines.flatMap((line) => encodePair(tokenizer, line, context) ?? []);
  const left = data.lines.length - pairs.length;
  if (pairs.length === 0)
    throw new InputError(`no pair of ${recipe.data} fits into ${context} tokens: use shorter thoughts`);
  if (left > 0)
    job.onProgress?.({ kind: "note", text: `${left} pairs are longer than ${context} tokens and left out` });
  const references = new References(new Nano(await KernelMemory.load(), beginning));
  const epochs = new Epochs(pairs.length, recipe.batchPairs, `dpo/${recipe.seed}`);
  return trainObjective({
    ...limitsOf(job),
    ...{ folder: out, objective: { kind: "preference", beta: recipe.beta }, threads: job.threads },
    ...{
      optimiser: recipe.optimiser,
      training: recipe.training,
      seed: recipe.seed,
      steps: epochs.steps * recipe.epochs,
    },
    batches: () => ({
      async batch(step) {
        const batch = epochs.at(step).flatMap((index) => (pairs[index] ? [pairs[index]] : []));
        const shards = shardUnits(batch.map(references.ofAll), recipe.training.logicalShards);
        const tokens = batch.flat().reduce((sum, { ids }) => sum + ids.length, 0);
        return {
          shards: shards.map((examples) => exampleRows(examples, context)),
          ...{ rows: batch.length * 2, tokens },
        };
      },
    }),
  });
}

function encodePair(
  tokenizer: Tokenizer,
  { question, chosen, rejected }: Preference,
  context: number,
): [Pair] | undefined {
  const [better, worse] = [chosen, rejected].map((attempt) => {
    const { ids, given } = thoughtTokens(tokenizer, { question, ...attempt });
    return { ids, learnt: ids.map((_, index): 0 | 1 => (index < given ? 0 : 1)) };
  });
  if (better === undefined || worse === undefined) return undefined;
  return Math.max(better.ids.length, worse.ids.length) <= context ? [[better, worse]] : undefined;
}
