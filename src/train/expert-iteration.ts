import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readModel } from "../nano/checkpoint.ts";
import type { TrainingOutcome } from "../nano/training/engine.ts";
import type { Problem } from "../problems/problem.ts";
import { InputError } from "../thought/errors.ts";
import { identityOf, readBeginning } from "./beginning.ts";
import { readData, type Thought, thoughtSchema } from "./data.ts";
import { Epochs } from "./epochs.ts";
import { limitsOf, type MethodJob } from "./method-job.ts";
import { type GradedSample, type Grader, Policy } from "./policy.ts";
import { type ProblemSet, readProblems } from "./problems.ts";
import type { RecipeOf } from "./recipe.ts";
import { imitate, refuseForeign, showModel } from "./sft.ts";

/**
 * Expert iteration (Anthony et al., 2017; as in STaR, arXiv 2203.14465): in each round the policy samples, the thoughts that come
 * to a right answer are kept, and the model that the training began with learns to imitate all that were kept so far; what it
 * has become is the next round's policy. Each round is a folder of its own in `out`; what is finished is not repeated.
 *
 * @param grade what rewards a sample; a thought is kept where the reward is 1; default whether its answer is right
 */
export async function trainByExperts(
  job: MethodJob<RecipeOf<"expert-iteration">>,
  grade?: Grader,
): Promise<TrainingOutcome> {
  const { recipe, out, onProgress } = job;
  const problems = await readProblems(recipe.problems);
  refuseForeign(out, job.resume ?? false);
  await keepRecipe(out, identityOf(recipe, problems.hashes));
  const beginning = await readBeginning(recipe);
  const kept = new Map<string, Thought>();
  let outcome: TrainingOutcome | undefined;
  for (let round = 0; round < recipe.rounds; round++) {
    onProgress?.({ kind: "note", text: `round ${round + 1} of ${recipe.rounds}` });
    const folder = join(out, `stage-${round + 1}`);
    const policy = round === 0 ? recipe.from : join(out, `stage-${round}`);
    if (policy === undefined)
      throw new InputError("expert iteration begins with a trained model: set from to its folder");
    const found = await keptThoughts({ job, problems, grade, folder, policy, round });
    if (found === undefined)
      return { kind: "finished", step: round, steps: recipe.rounds, reason: "stopped" };
    for (const each of found) kept.set(JSON.stringify([each.question, each.thought, each.answer]), each);
    if (kept.size === 0) {
      throw new InputError(
        "no sample checks out, so there is nothing to learn: begin with a better model, or easier problems",
      );
    }
    outcome = await imitate({
      ...{
        job: { ...job, ...limitsOf(job) },
        folder,
        thoughts: [...kept.values()],
        amount: { epochs: recipe.epochs },
      },
      ...{ seed: `${recipe.seed}/${round}`, optimiser: recipe.optimiser, beginning: async () => beginning },
      identity: identityOf(recipe, [...problems.hashes, `round ${round + 1}`]),
    });
    await showModel(folder, out);
    if (outcome.step < outcome.steps) return outcome;
  }
  if (outcome === undefined) throw new InputError("the recipe has no round: set rounds to 1 or more");
  return outcome;
}

/** Keeps a recipe with its training, or makes sure that the training goes on by the same one. */
async function keepRecipe(out: string, identity: unknown): Promise<void> {
  const path = join(out, "training.json");
  const text = `${JSON.stringify(identity, null, 2)}\n`;
  const known = await readFile(path, "utf8").catch(() => undefined);
  if (known !== undefined && known !== text)
    throw new InputError(
      `${out} was trained by another recipe or other data (see its training.json): choose another folder`,
    );
  await mkdir(out, { recursive: true });
  await writeFile(path, text);
}

interface Round {
  readonly job: MethodJob<RecipeOf<"expert-iteration">>;
  readonly problems: ProblemSet;
  readonly grade: Grader | undefined;
  readonly folder: string;
  readonly policy: string;
  readonly round: number;
}

/** What a round's policy thought and got right, from its file or sampled; undefined where it was interrupted. */
async function keptThoughts({
  job,
  problems,
  grade,
  folder,
  policy,
  round,
}: Round): Promise<readonly Thought[] | undefined> {
  const { recipe, signal, onProgress } = job;
  const path = join(folder, "kept.jsonl");
  const found = await readFile(path, "utf8").catch(() => undefined);
  if (found !== undefined) return found.trim() === "" ? [] : (await readData(path, thoughtSchema)).lines;
  const { tokenizer } = await readModel(policy);
  const sampler = new Policy(policy, tokenizer, job.threads);
  const numbers = new Epochs(problems.count, recipe.questions, `experts/${recipe.seed}`).at(round);
  let [done, right, told] = [0, 0, performance.now()];
  try {
    const kept = await Promise.all(
      numbers.map(async (number) => {
        const problem = problems.at(number);
        const samples = await sampler.sample(problem, recipe.samples, `${recipe.seed}/${round}`, recipe, {
          grade,
          signal,
        });
        done += samples.length;
        right += samples.filter(({ reward }) => reward === 1).length;
        const all = numbers.length * recipe.samples;
        if (performance.now() - told > 1000 || done === all) {
          told = performance.now();
          onProgress?.({ kind: "samples", round: round + 1, done, all, right });
        }
        return shortestRight(problem, samples, recipe.keep);
      }),
    );
    await mkdir(folder, { recursive: true });
    const lines = kept.flat().map((thought) => `${JSON.stringify(thought)}\n`);
    await writeFile(`${path}.partial`, lines.join(""));
    await rename(`${path}.partial`, path);
    return kept.flat();
  } catch (error) {
    if (signal?.aborted) return undefined;
    throw error;
  } finally {
    await sampler.close();
  }
}

/** Different right thoughts about a problem, the shortest ones. */
function shortestRight(problem: Problem, samples: readonly GradedSample[], most: number): Thought[] {
  const right = new Map<string, { thought: Thought; length: number }>();
  for (const { sample, reward } of samples) {
    if (reward !== 1) continue;
    const lines = sample.reasoning === "" ? [] : sample.reasoning.split("\n");
    const thought = { question: problem.question.text, thought: lines, answer: sample.text };
    right.set(`${sample.reasoning}\n${sample.text}`, { thought, length: sample.tokens.length });
  }
  const sorted = [...right.values()].toSorted((one, other) => one.length - other.length);
  return sorted.slice(0, most).map(({ thought }) => thought);
}
