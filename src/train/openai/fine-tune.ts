import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { sleep } from "../../models/retry.ts";
import type { TrainingEvent, TrainingOutcome } from "../../nano/training/engine.ts";
import { FailureError, InputError } from "../../thought/errors.ts";
import { preferenceSchema, readData, thoughtSchema } from "../data.ts";
import type { MethodRecipe } from "../recipe.ts";
import { saidBy } from "../trl/write-data.ts";
import { FineTuningApi, type FineTuningEvent, type FineTuningJob } from "./api.ts";

/** What {@link fineTune} is given. */
export interface FineTuneOptions {
  readonly recipe: MethodRecipe;
  /** Where `openai.json` and the uploaded data are kept. */
  readonly out: string;
  /** Go on with what `out` says was begun. Default false: refuse a folder in which something was. */
  readonly resume?: boolean | undefined;
  /** Where the key is looked up; default the process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly onProgress?: ((event: TrainingEvent) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const stateSchema = z.object({
  /** Of what was asked: recipe and data. */
  key: z.string(),
  stages: z.array(
    z.object({
      file: z.string().optional(),
      job: z.string().optional(),
      /** The trained model, once there is one. */
      model: z.string().optional(),
    }),
  ),
});
type State = z.infer<typeof stateSchema>;

/**
 * Fine-tunes a model by an OpenAI-compatible API, supervised or by preferences, one job a stage, each on the model of the one
 * before it. What was done is in `openai.json` before the next thing is: gone on with, nothing is uploaded or begun twice, even
 * where the process died between a request and its reply. When it is stopped the job goes on at the server.
 *
 * Throws an InputError for a recipe that the API cannot train by or a missing key, and a FailureError where the job fails.
 */
export async function fineTune(options: FineTuneOptions): Promise<TrainingOutcome> {
  const { recipe, environment = process.env, onProgress, signal } = options;
  const { baseUrl, apiKeyEnv } = recipe.openai;
  const key = environment[apiKeyEnv];
  if (recipe.from === undefined)
    throw new InputError("a fine-tuning API begins with a model of its own: set from to its name");
  if (key === undefined || key === "")
    throw new InputError(`the key of ${baseUrl} is missing: set ${apiKeyEnv}`);
  const files = await trainingFiles(recipe);
  const state = await openState(options, keyOf(recipe, files));
  const api = new FineTuningApi({ baseUrl, key, signal });
  let model = recipe.from;
  try {
    for (const [number, content] of files.entries()) {
      const stage = new Stage({ ...options, api, state, number, content, model });
      model = await stage.run();
      onProgress?.({ kind: "note", text: `trained: ${model}` });
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
    const done = state.stages.filter((stage) => stage.model !== undefined).length;
    return { kind: "finished", step: done, steps: files.length, reason: "stopped" };
  }
  return { kind: "finished", step: files.length, steps: files.length, reason: "steps" };
}

/** What is uploaded for each stage, as JSONL. */
async function trainingFiles(recipe: MethodRecipe): Promise<string[]> {
  const text = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const asked = (question: string) => ({ role: "user", content: question });
  switch (recipe.method) {
    case "sft":
      return Promise.all(
        recipe.stages.map(async ({ data }) => {
          const { lines } = await readData(data, thoughtSchema);
          return text(lines.map((line) => ({ messages: [asked(line.question), saidBy(line)] })));
        }),
      );
    case "dpo": {
      const { lines } = await readData(recipe.data, preferenceSchema);
      return [
        text(
          lines.map(({ question, chosen, rejected }) => ({
            input: { messages: [asked(question)] },
            preferred_output: [saidBy(chosen)],
            non_preferred_output: [saidBy(rejected)],
          })),
        ),
      ];
    }
    default:
      throw new InputError(
        `a fine-tuning API cannot train by ${recipe.method}: use sft or dpo, or the engine jax`,
      );
  }
}

function keyOf(recipe: MethodRecipe, files: readonly string[]): string {
  const asked = [recipe.method, recipe.from, recipe.seed, recipe.openai.baseUrl, jobMethod(recipe, 0), files];
  return createHash("sha256").update(JSON.stringify(asked)).digest("hex").slice(0, 24);
}

async function openState({ out, resume }: FineTuneOptions, key: string): Promise<State> {
  const text = await readFile(join(out, "openai.json"), "utf8").catch(() => undefined);
  if (text === undefined) return { key, stages: [] };
  if (!resume)
    throw new InputError(`${out} holds a fine-tuning already: resume it, or choose another folder`);
  const state = stateSchema.parse(JSON.parse(text));
  if (state.key !== key)
    throw new InputError(`${out} was begun by another recipe or other data: choose another folder`);
  return state;
}

/** The `method` of a job. */
function jobMethod(recipe: MethodRecipe, stage: number): object {
  const own = recipe.openai.hyperparameters;
  if (recipe.method === "dpo")
    return { type: "dpo", dpo: { hyperparameters: { n_epochs: recipe.epochs, beta: recipe.beta, ...own } } };
  const { epochs = 1, tokens } = recipe.method === "sft" ? (recipe.stages[stage] ?? {}) : {};
  if (tokens !== undefined)
    throw new InputError("a fine-tuning API counts epochs, not tokens: give the stage epochs");
  return { type: "supervised", supervised: { hyperparameters: { n_epochs: epochs, ...own } } };
}

interface StageOptions extends FineTuneOptions {
  readonly api: FineTuningApi;
  readonly state: State;
  readonly number: number;
  readonly content: string;
  readonly model: string;
}

/** One stage: file, job, model. */
class Stage {
  readonly #options: StageOptions;
  readonly #key: string;
  readonly #seen = new Set<string>();
  readonly #began = performance.now();

  constructor(options: StageOptions) {
    this.#options = options;
    this.#key = `${options.state.key}-${options.number + 1}`;
  }

  /** The name of the trained model. */
  async run(): Promise<string> {
    const { api, state, number, model, recipe, content } = this.#options;
    const stage = state.stages[number] ?? {};
    state.stages[number] = stage;
    if (stage.model !== undefined) return stage.model;
    if (stage.file === undefined) {
      const name = `sojourn-${this.#key}.jsonl`;
      stage.file = (await api.findFile(name)) ?? (await api.upload(name, content));
      await this.#save();
    }
    if (stage.job === undefined) {
      const { suffix } = recipe.openai;
      const found = await api.findJob(this.#key);
      const request = {
        model,
        training_file: stage.file,
        method: jobMethod(recipe, number),
        seed: recipe.seed,
      };
      const named = { ...request, metadata: { sojourn: this.#key }, ...(suffix !== undefined && { suffix }) };
      stage.job = (found ?? (await api.createJob(named))).id;
      await this.#save();
    }
    stage.model = await this.#follow(stage.job);
    await this.#save();
    return stage.model;
  }

  async #follow(id: string): Promise<string> {
    const { api, recipe, signal = new AbortController().signal } = this.#options;
    for (;;) {
      const job = await api.job(id);
      for (const event of await api.events(id)) this.#tell(event);
      if (job.status === "succeeded" && job.fine_tuned_model) return job.fine_tuned_model;
      if (job.status === "failed" || job.status === "cancelled") throw failureOf(job);
      await sleep(recipe.openai.pollSeconds * 1000, signal);
    }
  }

  #tell(event: FineTuningEvent): void {
    const { onProgress } = this.#options;
    if (this.#seen.has(event.id)) return;
    this.#seen.add(event.id);
    const metrics = metricsSchema.safeParse(event.data);
    if (event.type !== "metrics" || !metrics.success) {
      onProgress?.({ kind: "note", text: event.message });
      return;
    }
    const { step, total_steps: steps = step, train_loss: loss } = metrics.data;
    const elapsed = (performance.now() - this.#began) / 1000;
    onProgress?.({
      ...{ kind: "step", step, steps, loss, tokens: 0, tokensPerSecond: 0, learningRate: 0, gradientNorm: 0 },
      ...{ elapsedSeconds: elapsed, remainingSeconds: ((steps - step) * elapsed) / Math.max(1, step) },
    });
  }

  async #save(): Promise<void> {
    const { out, state } = this.#options;
    await mkdir(out, { recursive: true });
    const path = join(out, "openai.json");
    await writeFile(`${path}.partial`, `${JSON.stringify(state, null, 2)}\n`);
    await rename(`${path}.partial`, path);
  }
}

const metricsSchema = z.object({
  step: z.int().positive(),
  total_steps: z.int().positive().optional(),
  train_loss: z.number(),
});

function failureOf({ id, status, error }: FineTuningJob): FailureError {
  return new FailureError(
    `the fine-tuning job ${id} was ${status === "failed" ? "given up" : status} by the server: ${error?.message ?? "no reason given"}; mend it and begin in another folder`,
  );
}
