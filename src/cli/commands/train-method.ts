import type { TrainingEvent, TrainingOutcome } from "../../nano/training/engine.ts";
import { InputError } from "../../thought/errors.ts";
import type { MethodJob } from "../../train/method-job.ts";
import { type MethodRecipe, readMethodRecipe } from "../../train/recipe.ts";
import type { CommandContext } from "../context.ts";
import { withInterrupt } from "../interrupt.ts";
import { openTrainingView } from "../view/training-view.ts";
import { openEngine, type TrainFlags } from "./train.ts";

/** `sojourn train` by a recipe that names a method. */
export async function trainByMethod(
  path: string,
  flags: TrainFlags,
  { output, exit }: CommandContext,
): Promise<void> {
  const recipe = await readMethodRecipe(path);
  const view = openTrainingView(output, flags);
  const { out } = flags;
  const outcome = await withInterrupt((signal) => run(recipe, flags, signal, view.show));
  view.close();
  const again = `sojourn train ${path} --engine ${flags.engine} --out ${out} --resume`;
  if (outcome.step < outcome.steps) output.note(`stopped; go on with: ${again}`);
  else if (flags.json !== true && flags.quiet !== true)
    output.line(`trained: ${out}${nextOf(recipe, flags)}`);
  exit(outcome.reason === "stopped" ? 130 : 0);
}

async function run(
  recipe: MethodRecipe,
  flags: TrainFlags,
  signal: AbortSignal,
  onProgress: (event: TrainingEvent) => void,
): Promise<TrainingOutcome> {
  const { out, resume, maxSteps, maxSeconds, workers, engine, dryRun } = flags;
  const job: MethodJob = { recipe, out, resume, maxSteps, maxSeconds, threads: workers, onProgress, signal };
  if (dryRun && engine !== "trl") throw new InputError("--dry-run is for the engine trl: leave it out");
  if (engine === "trl") return runOnTrl(recipe, flags, signal, onProgress);
  if (engine === "openai") {
    const { fineTune } = await import("../../train/openai/fine-tune.ts");
    return fineTune({ recipe, out, resume, onProgress, signal });
  }
  const imitates = recipe.method === "sft" || recipe.method === "expert-iteration";
  if (engine === "torch" && !imitates) {
    throw new InputError(
      `the engine torch trains by sft and expert-iteration: train by ${recipe.method} with jax`,
    );
  }
  const { trainMethod } = await import("../../train/train-method.ts");
  const outcome = await trainMethod({ ...job, engine: await openEngine(flags) });
  if (recipe.method === "process-reward" && recipe.heldOut !== undefined && outcome.reason === "steps") {
    const { headAccuracy, headLines } = await import("../../train/head-accuracy.ts");
    for (const text of headLines(await headAccuracy(out, recipe.heldOut, recipe.labels)))
      onProgress({ kind: "note", text });
  }
  return outcome;
}

async function runOnTrl(
  recipe: MethodRecipe,
  { out, resume, dryRun }: TrainFlags,
  signal: AbortSignal,
  onProgress: (event: TrainingEvent) => void,
): Promise<TrainingOutcome> {
  const { planTrl } = await import("../../train/trl/plan.ts");
  const plan = await planTrl(recipe, out);
  for (const { trl, accelerate } of plan.lines) {
    onProgress({ kind: "note", text: trl });
    onProgress({ kind: "note", text: accelerate });
  }
  if (dryRun) return { kind: "finished", step: 0, steps: 0, reason: "steps" };
  const { runTrl } = await import("../../train/trl/run.ts");
  return runTrl(plan, { resume, onProgress, signal });
}

/** What may be done with the trained model. */
function nextOf(recipe: MethodRecipe, { out, engine }: TrainFlags): string {
  if (engine === "trl" || engine === "openai") return "";
  return recipe.method === "process-reward"
    ? `; score with it by: --reward prm --role judge=nano-prm/${out}`
    : `; ask it by: --model nano/${out}`;
}
