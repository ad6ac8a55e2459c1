import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Weights, writeModelFiles, writeWeights } from "../nano/checkpoint.ts";
import { KernelMemory } from "../nano/decoder/kernels.ts";
import { Nano } from "../nano/decoder/nano.ts";
import type { TrainingOutcome } from "../nano/training/engine.ts";
import { type ExampleTokens, exampleRows, shardUnits } from "../nano/training/example-rows.ts";
import type { Batch } from "../nano/training/jax/take-steps.ts";
import { trainObjective } from "../nano/training/jax/train-objective.ts";
import { groupAdvantages } from "./advantages.ts";
import { type Beginning, identityOf, prepareTraining, readBeginning } from "./beginning.ts";
import { Epochs } from "./epochs.ts";
import { limitsOf, type MethodJob } from "./method-job.ts";
import { type GradedSample, type Grader, Policy } from "./policy.ts";
import { type ProblemSet, readProblems } from "./problems.ts";
import type { RecipeOf } from "./recipe.ts";
import { References } from "./references.ts";

/**
 * Reinforcement learning with verifiable rewards by group relative policy optimisation (Shao et al., 2024, arXiv 2402.03300), on
 * policy: in each round the policy as it is samples a group for each of some problems, its answers are graded, and every token
 * of a sample is made likelier or less likely by how much better the sample is than its group.
 *
 * @param grade what rewards a sample; default whether its answer is right
 */
export async function trainPolicy(
  job: MethodJob<RecipeOf<"grpo">>,
  grade?: Grader,
): Promise<TrainingOutcome> {
  const { recipe, out } = job;
  const problems = await readProblems(recipe.problems);
  const beginning = await prepareTraining({
    ...{ out, resume: job.resume ?? false, identity: identityOf(recipe, problems.hashes), seed: recipe.seed },
    ...{ keepCheckpoints: recipe.training.keepCheckpoints, beginning: () => readBeginning(recipe) },
  });
  const { clip, klWeight, updates, rounds, seed, training, optimiser } = recipe;
  const rollouts = new Rollouts(job, problems, beginning, grade);
  const trained = trainObjective({
    ...limitsOf(job),
    ...{ folder: out, objective: { kind: "policy", clip, klWeight }, threads: job.threads },
    ...{ optimiser, training, seed, steps: rounds * updates, together: updates },
    batches(trainee) {
      let batch: Batch | undefined;
      return {
        async batch(step) {
          if (step % updates === 0) batch = await rollouts.round(step / updates, trainee.weights);
          return batch;
        },
      };
    },
  });
  return trained.finally(() => rollouts.close());
}

/** Makes the batches of rounds. */
class Rollouts {
  readonly #job: MethodJob<RecipeOf<"grpo">>;
  readonly #problems: ProblemSet;
  readonly #beginning: Beginning;
  readonly #grade: Grader | undefined;
  readonly #epochs: Epochs;
  #references: References | undefined;
  #policy: Policy | undefined;

  constructor(
    job: MethodJob<RecipeOf<"grpo">>,
    problems: ProblemSet,
    beginning: Beginning,
    grade: Grader | undefined,
  ) {
    [this.#job, this.#problems, this.#beginning, this.#grade] = [job, problems, beginning, grade];
    this.#epochs = new Epochs(problems.count, job.recipe.questions, `grpo/${job.recipe.seed}`);
  }

  /** Samples a round with these weights; undefined where it was interrupted. */
  async round(round: number, weights: Weights): Promise<Batch | undefined> {
    const groups = await this.#sample(round, weights);
    if (groups === undefined) return undefined;
    const { recipe } = this.#job;
    const all = groups.flat();
    const advantages = groups.flatMap((group) => groupAdvantages(group.map(({ reward }) => reward)));
    // A sample without advantage teaches nothing unless it is to stay near the reference.
    const taught = all.flatMap((graded, index) => {
      const advantage = advantages[index] ?? 0;
      return advantage === 0 && recipe.klWeight === 0 ? [] : [{ graded, advantage }];
    });
    const share = taught.length / all.length;
    const examples = await Promise.all(
      taught.map((each) => this.#example(each.graded, each.advantage, share)),
    );
    const context = this.#beginning.config.max_position_embeddings;
    const shards = shardUnits(
      examples.map((each) => [each]),
      recipe.training.logicalShards,
    );
    const mean = (of: (graded: GradedSample) => number) =>
      all.reduce((sum, each) => sum + of(each), 0) / all.length;
    return {
      shards: shards.map((part) => exampleRows(part, context)),
      ...{ rows: all.length, tokens: examples.reduce((sum, { ids }) => sum + ids.length, 0) },
      measures: { reward: mean(({ reward }) => reward), length: mean(({ sample }) => sample.tokens.length) },
    };
  }

  async #sample(round: number, weights: Weights): Promise<GradedSample[][] | undefined> {
    const { recipe, out, signal, threads } = this.#job;
    const { config, tokenizer, tokenizerText } = this.#beginning;
    const folder = join(out, "policy");
    await writeModelFiles(folder, config, tokenizerText);
    await writeWeights(folder, weights, "F32");
    if (this.#policy === undefined) this.#policy = new Policy(folder, tokenizer, threads);
    else await this.#policy.reload();
    const policy = this.#policy;
    try {
      const groups = await Promise.all(
        this.#epochs.at(round).map((index) => {
          const problem = this.#problems.at(index);
          const seed = `${recipe.seed}/${round}`;
          return policy.sample(problem, recipe.groupSize, seed, recipe, { grade: this.#grade, signal });
        }),
      );
      await this.#show(round, groups);
      return groups;
    } catch (error) {
      if (signal?.aborted) return undefined;
      throw error;
    }
  }

  /** Ends the policy's threads. */
  async close(): Promise<void> {
    await this.#policy?.close();
  }

  /** Keeps what was sampled, for whoever wants to look. */
  async #show(round: number, groups: readonly (readonly GradedSample[])[]): Promise<void> {
    const { tokenizer } = this.#beginning;
    const lines = groups.flat().map(({ prompt, sample, reward }) => {
      const { reasoning, text } = sample;
      return JSON.stringify({
        question: tokenizer.decode([...prompt]),
        thought: reasoning,
        answer: text,
        reward,
      });
    });
    const folder = join(this.#job.out, "samples");
    await mkdir(folder, { recursive: true });
    await writeFile(
      join(folder, `round-${String(round + 1).padStart(5, "0")}.jsonl`),
      `${lines.join("\n")}\n`,
    );
  }

  async #example({ prompt, sample }: GradedSample, advantage: number, share: number): Promise<ExampleTokens> {
    const ids = [...prompt, ...sample.tokens];
    const learnt = ids.map((_, index): 0 | 1 => (index < prompt.length ? 0 : 1));
    const written = sample.tokens.length;
    const onWritten = (value: number) => learnt.map((each) => each * value);
    const before = [...prompt.map(() => 0), ...sample.logprobs];
    const reference = this.#job.recipe.klWeight === 0 ? before : (await this.#frozen()).of({ ids, learnt });
    return { ids, learnt, columns: [onWritten(advantage), before, reference, onWritten(share / written)] };
  }

  async #frozen(): Promise<References> {
    this.#references ??= new References(new Nano(await KernelMemory.load(), this.#beginning));
    return this.#references;
  }
}
