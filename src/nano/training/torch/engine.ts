import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { FailureError, InputError } from "../../../thought/errors.ts";
import { type Engine, type TrainingJob, type TrainingOutcome, trainingEventSchema } from "../engine.ts";
import { keepProgress } from "../progress-file.ts";

const program = fileURLToPath(new URL("./train.py", import.meta.url));

/**
 * Trains with PyTorch, on a CUDA device if there is one, else on the CPU. Optional: it needs Python 3.10 or later with torch,
 * numpy and safetensors, as `python3` or where the environment variable SOJOURN_PYTHON says.
 */
export const torchEngine: Engine = { name: "torch", train };

async function train(job: TrainingJob): Promise<TrainingOutcome> {
  const python = process.env.SOJOURN_PYTHON || "python3";
  const options = ["--run", job.folder, "--data", job.data];
  if (job.maxSeconds !== undefined) options.push("--max-seconds", String(job.maxSeconds));
  if (job.maxSteps !== undefined) options.push("--max-steps", String(job.maxSteps));
  const child = spawn(python, [program, ...options], { stdio: ["ignore", "pipe", "pipe"] });
  // A terminal sends Ctrl-C to the child too; both signals mean the same to it: keep a checkpoint and leave.
  const stop = () => void child.kill("SIGTERM");
  if (job.signal?.aborted) stop();
  job.signal?.addEventListener("abort", stop);

  const tell = keepProgress(job.folder, job.onProgress);
  let outcome: TrainingOutcome | undefined;
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints = (complaints + text).slice(-4000);
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const event = parseLine(line);
    if (event === undefined) return;
    if (event.kind === "finished") outcome = event;
    tell(event);
  });
  try {
    await new Promise<void>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", () => resolve());
    });
  } catch (error) {
    throw new InputError(
      `cannot start ${python}: install Python 3 with torch, numpy and safetensors and name it in SOJOURN_PYTHON, or use the jax engine`,
      error,
    );
  } finally {
    job.signal?.removeEventListener("abort", stop);
  }
  if (outcome !== undefined) return outcome;
  throw failureOf(python, complaints);
}

function parseLine(line: string) {
  try {
    return trainingEventSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function failureOf(python: string, complaints: string): Error {
  const last = complaints.trim().split("\n").at(-1) ?? "";
  const missing = /No module named '(\w+)'/.exec(last)?.[1];
  if (missing !== undefined) {
    return new InputError(
      `${python} has no ${missing}: run "${python} -m pip install torch numpy safetensors", or use the jax engine`,
    );
  }
  return new FailureError(`the torch engine stopped: ${last || "no reason given"}`);
}
