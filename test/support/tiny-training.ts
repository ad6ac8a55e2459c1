import { spawn } from "node:child_process";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeModelFiles, writeWeights } from "../../src/nano/checkpoint.ts";
import { configOf } from "../../src/nano/config.ts";
import type { NanoSample } from "../../src/nano/decoder/generation.ts";
import { initialWeights } from "../../src/nano/initial-weights.ts";
import { Tokenizer } from "../../src/nano/tokenizer.ts";
import type { TrainingEvent, TrainingOutcome } from "../../src/nano/training/engine.ts";
import { type MethodRecipe, parseMethodRecipe, type RecipeOf } from "../../src/train/recipe.ts";

const tokenizerFile = fileURLToPath(new URL("../../recipes/tokenizer.json", import.meta.url));

/** A folder for a test. */
export const scratch = (): Promise<string> => mkdtemp(join(tmpdir(), "tiny-"));

/** Writes an untrained model of some thousands of weights with nano's own tokenizer, and names its folder. */
export async function tinyModel(context = 64): Promise<string> {
  const folder = await scratch();
  const tokenizer = await Tokenizer.read(tokenizerFile);
  const size = { hidden: 16, layers: 1, heads: 2, intermediate: 24, context, ropeTheta: 10_000 };
  const config = configOf(size, Math.ceil(tokenizer.size / 64) * 64, tokenizer.special);
  await writeModelFiles(folder, config, await readFile(tokenizerFile, "utf8"));
  await writeWeights(folder, initialWeights(config, 1), "F32");
  return folder;
}

/** The bytes of the model in a folder, and of its reward head where it has one. */
export async function trainedBytes(folder: string): Promise<string> {
  const files = ["model.safetensors", "reward_head.safetensors"];
  const read = files.map((file) => readFile(join(folder, file)).catch(() => Buffer.alloc(0)));
  return Buffer.concat(await Promise.all(read)).toString("base64");
}

/** Collects what a training tells. */
export function listening() {
  const events: TrainingEvent[] = [];
  return {
    onProgress: (event: TrainingEvent) => void events.push(event),
    losses: () => events.flatMap((event) => (event.kind === "step" ? [event.loss] : [])),
    measured: (name: string) =>
      events.flatMap((event) => (event.kind === "step" ? [event.measures?.[name] ?? Number.NaN] : [])),
    /** How many samples of each round were right. */
    rights: () =>
      events.flatMap((event) => (event.kind === "samples" && event.done === event.all ? [event.right] : [])),
    notes: () => events.flatMap((event) => (event.kind === "note" ? [event.text] : [])),
  };
}

/** An arm of the bandit, which is the first token, pays where it is one of the first 160: a quarter of all. */
export const payingArm = (_: unknown, { tokens: [arm = 0] }: NanoSample): number => (arm < 160 ? 1 : 0);

/** The same for a sample that has an answer. */
export const answeredArm = (problem: unknown, sample: NanoSample): number =>
  sample.text === "" ? 0 : payingArm(problem, sample);

/**
 * Runs one of the trainings of `src/train` in a process of its own and kills it with SIGKILL a moment after it has written so
 * many checkpoints.
 *
 * @param call the module's file, the function's name, and what it is given; `grade` names a grader of this module that comes second
 */
export async function killTraining(
  {
    file,
    name,
    job,
    grade,
  }: { file: string; name: string; job: object; grade?: "payingArm" | "answeredArm" },
  checkpoints: number,
): Promise<NodeJS.Signals | null> {
  const module = new URL(`../../src/train/${file}`, import.meta.url).href;
  const program = `import { ${name} } from ${JSON.stringify(module)};
    import { payingArm, answeredArm } from ${JSON.stringify(import.meta.url)};
    const onProgress = ({ kind }) => kind === "checkpoint" && console.log("checkpoint");
    await ${name}({ ...${JSON.stringify(job)}, onProgress }${grade ? `, ${grade}` : ""});`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let seen = 0;
  child.stdout.on("data", (text: Buffer) => {
    seen += String(text).split("checkpoint").length - 1;
    if (seen >= checkpoints) setTimeout(() => child.kill("SIGKILL"), 5);
  });
  return new Promise((resolve) => child.once("exit", (_, signal) => resolve(signal)));
}

/** Settings under which every step leaves a checkpoint and a report. */
export const everyStep = { checkpointMinutes: 1e-9, reportSteps: 1, logicalShards: 2 };

/** True of a training that was done to its end. */
export const isDone = ({ step, steps }: TrainingOutcome): boolean => step === steps;

/** A recipe of one method, read as from a file in `folder`. */
export function recipeOf<Method extends MethodRecipe["method"]>(
  method: Method,
  rest: object,
  folder: string,
): RecipeOf<Method> {
  const recipe = parseMethodRecipe({ method, ...rest }, folder);
  if (!isOf(recipe, method)) throw new Error("another method");
  return recipe;
}

function isOf<Method extends MethodRecipe["method"]>(
  recipe: MethodRecipe,
  method: Method,
): recipe is RecipeOf<Method> {
  return recipe.method === method;
}

/** A training that nothing disturbs, in one thread, what it told, and the bytes of its model. */
export async function wholeTraining(
  out: string,
  train: (job: { out: string; threads: number } & ReturnType<typeof listening>) => Promise<TrainingOutcome>,
) {
  const heard = listening();
  const outcome = await train({ out, threads: 1, ...heard });
  return { out, heard, outcome, bytes: await trainedBytes(out) };
}
