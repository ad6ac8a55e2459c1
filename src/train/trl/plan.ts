import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { InputError } from "../../thought/errors.ts";
import type { MethodRecipe } from "../recipe.ts";
import { pythonYaml } from "./python-yaml.ts";
import { accelerateSettings, stepsOf, type TrlCommand, trainerSettings } from "./settings.ts";
import { writeData } from "./write-data.ts";

/** One command of TRL, which trains one stage. */
export interface TrlStage {
  readonly command: TrlCommand;
  /** Its settings, a YAML file. */
  readonly config: string;
  /** Where it puts checkpoints and the model. */
  readonly output: string;
  /** Optimiser steps in all. */
  readonly steps: number;
}

/** Everything that TRL needs, as it lies in a training folder. */
export interface TrlPlan {
  readonly folder: string;
  readonly stages: readonly TrlStage[];
  /** Settings of `accelerate launch`. */
  readonly accelerate: string;
  /** The lines of `run.sh`: with `trl`, and the same with `accelerate launch`. */
  readonly lines: readonly { readonly trl: string; readonly accelerate: string }[];
}

/**
 * Writes data sets, settings and `run.sh` for TRL into a folder, which may then be taken to the machine that trains. Throws
 * {@link InputError} for a recipe that TRL cannot train by.
 */
export async function planTrl(recipe: MethodRecipe, out: string): Promise<TrlPlan> {
  const { from } = recipe;
  if (from === undefined) throw new InputError("trl begins with a model: set from to its name or folder");
  if (recipe.method !== "sft" && recipe.method !== "dpo" && recipe.method !== "grpo")
    throw new InputError(`trl has no trainer for ${recipe.method}: use sft, dpo or grpo, or the engine jax`);
  const command = recipe.method;
  const folder = resolve(out);
  await mkdir(folder, { recursive: true });
  const data = await writeData(recipe, folder);
  const accelerate = join(folder, "accelerate.yaml");
  const launch = {
    ...accelerateSettings(recipe),
    ...(recipe.trl.extra["use_cpu"] === true && { use_cpu: true }),
  };
  await writeFile(accelerate, pythonYaml(launch));
  const stages: TrlStage[] = [];
  let model = from;
  for (const [stage, written] of data.entries()) {
    const name = data.length === 1 ? command : `${command}-${stage + 1}`;
    const output = join(folder, data.length === 1 ? "model" : `model-${stage + 1}`);
    const settings = trainerSettings(recipe, { model, data: written, output, stage });
    const config = join(folder, `${name}.yaml`);
    await writeFile(config, pythonYaml(settings));
    stages.push({ command, config, output, steps: stepsOf(settings, written.rows, recipe.trl.processes) });
    model = output;
  }
  const lines = stages.map(({ command, config }) => ({
    trl: `trl ${command} --config ${quoted(config)} --accelerate_config ${quoted(accelerate)}`,
    accelerate: `accelerate launch --config_file ${quoted(accelerate)} -m trl.scripts.${command} --config ${quoted(config)}`,
  }));
  const script = ["#!/bin/sh", "# The same with accelerate alone stands behind each line.", "set -e"];
  for (const line of lines) script.push(line.trl, `# ${line.accelerate}`);
  await writeFile(join(folder, "run.sh"), `${script.join("\n")}\n`, { mode: 0o755 });
  return { folder, stages, accelerate, lines };
}

/** A path as one word of a shell. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
