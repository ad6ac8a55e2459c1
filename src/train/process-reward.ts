import { headShapes, writeHeadConfig } from "../nano/reward-head.ts";
import { thoughtTokens } from "../nano/thought-tokens.ts";
import type { Tokenizer } from "../nano/tokenizer.ts";
import type { TrainingOutcome } from "../nano/training/engine.ts";
import { type ExampleTokens, exampleRows, shardUnits } from "../nano/training/example-rows.ts";
import { trainObjective } from "../nano/training/jax/train-objective.ts";
import { InputError } from "../thought/errors.ts";
import { identityOf, prepareTraining, readBeginning } from "./beginning.ts";
import { type LabelledThought, labelledThoughtSchema, readData } from "./data.ts";
import { Epochs } from "./epochs.ts";
import { limitsOf, type MethodJob } from "./method-job.ts";
import type { RecipeOf } from "./recipe.ts";

/**
 * Trains a process reward model (Lightman et al., 2023; labels as in Math-Shepherd, arXiv 2312.08935): a head on nano says how
 * likely a step is right, read off the hidden state at the token that ends it. The model below the head is trained with it.
 * Afterwards `out` holds the model, `reward_head.safetensors` and `reward_head.json`.
 */
export async function trainProcessReward(
  job: MethodJob<RecipeOf<"process-reward">>,
): Promise<TrainingOutcome> {
  const { recipe, out } = job;
  const data = await readData(recipe.data, labelledThoughtSchema);
  const { config, tokenizer } = await prepareTraining({
    ...{ out, resume: job.resume ?? false, identity: identityOf(recipe, [data.sha256]), seed: recipe.seed },
    ...{ keepCheckpoints: recipe.training.keepCheckpoints, beginning: () => readBeginning(recipe) },
    head: ({ config: { hidden_size: hidden } }) =>
      new Map(
        headShapes(hidden).map(([name, shape]) => [
          name,
          { shape, data: new Float32Array(shape.reduce((a, b) => a * b)) },
        ]),
      ),
  });
  await writeHeadConfig(out, { labels: recipe.labels });
  const context = config.max_position_embeddings;
  const examples = data.lines
    .map((line) => encodeLabelled(tokenizer, line, recipe.labels))
    .filter(({ ids }) => ids.length <= context);
  const left = data.lines.length - examples.length;
  if (examples.length === 0)
    throw new InputError(`no thought of ${recipe.data} fits into ${context} tokens: use shorter thoughts`);
  if (left > 0)
    job.onProgress?.({
      kind: "note",
      text: `${left} thoughts are longer than ${context} tokens and left out`,
    });
  const epochs = new Epochs(examples.length, recipe.batchThoughts, `process-reward/${recipe.seed}`);
  return trainObjective({
    ...limitsOf(job),
    ...{ folder: out, objective: { kind: "reward" }, threads: job.threads },
    ...{
      optimiser: recipe.optimiser,
      training: recipe.training,
      seed: recipe.seed,
      steps: epochs.steps * recipe.epochs,
    },
    batches: () => ({
      async batch(step) {
        const batch = epochs.at(step).flatMap((index) => (examples[index] ? [[examples[index]]] : []));
        const shards = shardUnits(batch, recipe.training.logicalShards);
        return {
          shards: shards.map((part) => exampleRows(part, context)),
          ...{ rows: batch.length, tokens: batch.flat().reduce((sum, { ids }) => sum + ids.length, 0) },
        };
      },
    }),
  });
}

function encodeLabelled(tokenizer: Tokenizer, line: LabelledThought, labels: "soft" | "hard"): ExampleTokens {
  const { ids, stepEnds } = thoughtTokens(tokenizer, { question: line.question, thought: line.steps });
  const values = labelsOf(line, labels);
  const learnt = ids.map((): 0 | 1 => 0);
  const column = new Float32Array(ids.length);
  for (const [step, end] of stepEnds.entries()) {
    learnt[end] = 1;
    column[end] = values[step] ?? 0;
  }
  return { ids, learnt, columns: [column] };
}

/** The labels of a thought's steps, of the kind that is wanted where it has both. */
export function labelsOf({ soft, hard }: LabelledThought, wanted: "soft" | "hard"): readonly number[] {
  return (wanted === "soft" ? (soft ?? hard) : (hard ?? soft?.map((label) => (label > 0 ? 1 : 0)))) ?? [];
}
