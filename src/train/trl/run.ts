import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TrainingEvent, TrainingOutcome } from "../../nano/training/engine.ts";
import { keepProgress } from "../../nano/training/progress-file.ts";
import { FailureError, InputError } from "../../thought/errors.ts";
import { readLogLine } from "./log-line.ts";
import type { TrlPlan, TrlStage } from "./plan.ts";

/** How {@link runTrl} runs. */
export interface RunTrlOptions {
  /** Python with TRL. Default: what SOJOURN_PYTHON names, else `python3`. */
  readonly python?: string | undefined;
  /** Go on from TRL's newest checkpoints. */
  readonly resume?: boolean | undefined;
  readonly onProgress?: ((event: TrainingEvent) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Figures of TRL's that are shown as measures, with the names that they have there. */
const shown: Readonly<Record<string, string>> = {
  margin: "rewards/margins",
  accuracy: "rewards/accuracies",
  reward: "reward",
  kl: "kl",
  length: "completions/mean_length",
};

/**
 * Runs the stages of a plan one after the other with `accelerate launch`, and follows what TRL prints. All of it goes into
 * `trl.log` too. Throws an InputError where Python or TRL is missing, and a FailureError with its last words where TRL fails.
 */
export async function runTrl(plan: TrlPlan, options: RunTrlOptions = {}): Promise<TrainingOutcome> {
  const { onProgress } = options;
  let outcome: TrainingOutcome | undefined;
  for (const [number, stage] of plan.stages.entries()) {
    if (options.resume && (await isTrained(stage.output))) continue;
    onProgress?.({
      kind: "note",
      text: `stage ${number + 1} of ${plan.stages.length}: ${plan.lines[number]?.trl ?? ""}`,
    });
    const told = { ...options, onProgress: keepProgress(stage.output, onProgress) };
    outcome = await runStage(plan, stage, told);
    told.onProgress(outcome);
    if (outcome.reason === "stopped") return outcome;
  }
  const { steps } = plan.stages.at(-1) ?? { steps: 0 };
  return outcome ?? { kind: "finished", step: steps, steps, reason: "steps" };
}

/** True where TRL has put its model: it does so at the end. */
async function isTrained(folder: string): Promise<boolean> {
  const files = await readdir(folder).catch(() => []);
  return files.some((file) => /^(model|adapter_model).*\.safetensors$/.test(file));
}

async function newestCheckpoint(folder: string): Promise<string | undefined> {
  const files = await readdir(folder).catch(() => []);
  const steps = files.flatMap((file) => /^checkpoint-(\d+)$/.exec(file)?.[1] ?? []).map(Number);
  return steps.length === 0 ? undefined : join(folder, `checkpoint-${Math.max(...steps)}`);
}

async function runStage(plan: TrlPlan, stage: TrlStage, options: RunTrlOptions): Promise<TrainingOutcome> {
  const { python = process.env["SOJOURN_PYTHON"] || "python3", signal } = options;
  const checkpoint = options.resume ? await newestCheckpoint(stage.output) : undefined;
  const words = [
    ...["-m", "accelerate.commands.launch", "--config_file", plan.accelerate],
    ...["-m", `trl.scripts.${stage.command}`, "--config", stage.config],
    ...(checkpoint === undefined ? [] : ["--resume_from_checkpoint", checkpoint]),
  ];
  const log = createWriteStream(join(plan.folder, "trl.log"), { flags: "a" });
  const follower = new Follower(stage, Number(/checkpoint-(\d+)$/.exec(checkpoint ?? "")?.[1] ?? 0), options);
  const child = spawn(python, words, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PYTHONUNBUFFERED: "1" },
  });
  const stop = () => void child.kill("SIGTERM");
  signal?.addEventListener("abort", stop);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      log.write(`${line}\n`);
      follower.read(line);
    });
  }
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    }).catch((error: unknown) => {
      throw new InputError(
        `cannot start ${python}: install Python 3 with trl and name it in SOJOURN_PYTHON`,
        error,
      );
    });
    if (signal?.aborted) return follower.outcome("stopped");
    if (code === 0) return follower.outcome("steps");
    throw follower.failure(python);
  } finally {
    signal?.removeEventListener("abort", stop);
    log.end();
  }
}

/** Reads what TRL prints. */
class Follower {
  readonly #stage: TrlStage;
  readonly #onProgress: RunTrlOptions["onProgress"];
  readonly #began = performance.now();
  readonly #from: number;
  #step: number;
  #tokens = 0;
  #lastWords = "";

  constructor(stage: TrlStage, from: number, { onProgress }: RunTrlOptions) {
    [this.#stage, this.#from, this.#step, this.#onProgress] = [stage, from, from, onProgress];
  }

  read(line: string): void {
    if (line.trim() !== "") this.#lastWords = line.trim();
    const numbers = readLogLine(line);
    if (numbers === undefined) return;
    this.#step++;
    const seconds = (performance.now() - this.#began) / 1000;
    this.#tokens = numbers.get("num_tokens") ?? this.#tokens;
    const measures = Object.entries(shown).flatMap(([name, theirs]) => {
      const value = numbers.get(theirs);
      return value === undefined ? [] : [[name, value] as const];
    });
    const { steps } = this.#stage;
    this.#onProgress?.({
      ...{ kind: "step", step: this.#step, steps, loss: numbers.get("loss") ?? Number.NaN },
      ...(measures.length > 0 && { measures: Object.fromEntries(measures) }),
      ...{ tokens: this.#tokens, tokensPerSecond: this.#tokens / seconds },
      ...{ learningRate: numbers.get("learning_rate") ?? 0, gradientNorm: numbers.get("grad_norm") ?? 0 },
      ...{ elapsedSeconds: seconds },
      remainingSeconds: ((steps - this.#step) * seconds) / (this.#step - this.#from),
    });
  }

  outcome(reason: "steps" | "stopped"): TrainingOutcome {
    const { steps } = this.#stage;
    return { kind: "finished", step: reason === "steps" ? steps : this.#step, steps, reason };
  }

  failure(python: string): Error {
    const missing = /No module named '?([\w.]+)'?/.exec(this.#lastWords)?.[1];
    if (missing !== undefined) {
      return new InputError(
        `${python} has no ${missing}: run "${python} -m pip install trl", and name that Python in SOJOURN_PYTHON`,
      );
    }
    return new FailureError(
      `trl stopped: ${this.#lastWords || "it gave no reason"}; all that it said is in trl.log`,
    );
  }
}
