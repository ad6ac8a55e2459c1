import { resolve } from "node:path";
import { InputError } from "../../thought/errors.ts";
import type { MethodRecipe } from "../recipe.ts";
import type { WrittenData } from "./write-data.ts";

/** TRL's command for a method. */
export type TrlCommand = "sft" | "dpo" | "grpo";

/** The settings of one `trl` command, by their names in TRL 1.16 and transformers 5. */
export function trainerSettings(
  recipe: MethodRecipe,
  { model, data, output, stage }: { model: string; data: WrittenData; output: string; stage: number },
): Record<string, unknown> {
  const { trl, optimiser } = recipe;
  const { learningRate } = stageOptimiser(recipe, stage);
  const common = {
    model_name_or_path: model,
    dataset_name: resolve(data.folder),
    output_dir: resolve(output),
    seed: recipe.seed,
    learning_rate: learningRate,
    lr_scheduler_type: "cosine",
    warmup_steps: optimiser.warmUpSteps,
    weight_decay: optimiser.weightDecay,
    max_grad_norm: optimiser.clip,
    adam_beta1: optimiser.betas[0],
    adam_beta2: optimiser.betas[1],
    per_device_train_batch_size: trl.batch,
    gradient_accumulation_steps: trl.accumulation,
    bf16: trl.precision === "bf16",
    fp16: trl.precision === "fp16",
    dtype: trl.precision === "bf16" ? "bfloat16" : "float32",
    gradient_checkpointing: true,
    logging_steps: 1,
    save_strategy: "steps",
    save_steps: 50,
    save_total_limit: 2,
    report_to: "none",
    disable_tqdm: true,
    ...(trl.loraRank !== undefined && { use_peft: true, lora_r: trl.loraRank, lora_alpha: 2 * trl.loraRank }),
  };
  return { ...common, ...ofMethod(recipe, stage), ...trl.extra };
}

function ofMethod(recipe: MethodRecipe, stage: number): Record<string, unknown> {
  const { trl } = recipe;
  switch (recipe.method) {
    case "sft": {
      const { epochs, tokens } = recipe.stages[stage] ?? {};
      if (tokens !== undefined) throw new InputError("trl counts epochs, not tokens: give the stage epochs");
      return { num_train_epochs: epochs ?? 1, max_length: trl.maxLength, completion_only_loss: true };
    }
    case "dpo":
      return { num_train_epochs: recipe.epochs, beta: recipe.beta, max_length: trl.maxLength };
    case "grpo":
      return {
        ...{
          max_steps: recipe.rounds * recipe.updates,
          num_generations: recipe.groupSize,
          num_iterations: recipe.updates,
        },
        ...{
          epsilon: recipe.clip,
          beta: recipe.klWeight,
          temperature: recipe.temperature,
          top_p: recipe.topP,
        },
        ...{ max_completion_length: recipe.maxTokens ?? trl.maxLength, reward_funcs: ["accuracy_reward"] },
        // As in the paper: each sample weighs the same, advantages through the group's deviation.
        ...{ loss_type: "grpo", scale_rewards: "group" },
      };
    default:
      throw new InputError(
        `trl has no trainer for ${recipe.method}: use sft, dpo or grpo, or the engine jax`,
      );
  }
}

function stageOptimiser(recipe: MethodRecipe, stage: number): { learningRate: number } {
  const own = recipe.method === "sft" ? recipe.stages[stage]?.optimiser["learningRate"] : undefined;
  return { learningRate: typeof own === "number" ? own : recipe.optimiser.learningRate };
}

/** Optimiser steps of a `trl` command, where its settings say them. */
export function stepsOf(
  settings: Readonly<Record<string, unknown>>,
  rows: number,
  processes: number,
): number {
  const number = (name: string): number => Number(settings[name] ?? 1);
  if (settings["max_steps"] !== undefined) return number("max_steps");
  const batches = Math.ceil(rows / (number("per_device_train_batch_size") * processes));
  return Math.ceil(batches / number("gradient_accumulation_steps")) * number("num_train_epochs");
}

/** The settings of `accelerate launch`: how many processes, and how weights are shared out over them. */
export function accelerateSettings({ trl }: MethodRecipe): Record<string, unknown> {
  const common = {
    compute_environment: "LOCAL_MACHINE",
    machine_rank: 0,
    main_training_function: "main",
    mixed_precision: trl.precision,
    num_machines: trl.machines,
    num_processes: trl.processes,
    rdzv_backend: "static",
    same_network: true,
    use_cpu: false,
  };
  switch (trl.sharding) {
    case "none":
      return { ...common, distributed_type: trl.processes > 1 ? "MULTI_GPU" : "NO" };
    case "fsdp":
      return {
        ...common,
        distributed_type: "FSDP",
        fsdp_config: {
          fsdp_version: 2,
          fsdp_auto_wrap_policy: "TRANSFORMER_BASED_WRAP",
          fsdp_reshard_after_forward: true,
          fsdp_cpu_ram_efficient_loading: true,
          fsdp_offload_params: false,
          fsdp_state_dict_type: "FULL_STATE_DICT",
        },
      };
    default:
      return {
        ...common,
        distributed_type: "DEEPSPEED",
        deepspeed_config: {
          zero_stage: trl.sharding === "zero2" ? 2 : 3,
          offload_optimizer_device: "none",
          offload_param_device: "none",
          ...(trl.sharding === "zero3" && { zero3_init_flag: true, zero3_save_16bit_model: true }),
        },
      };
  }
}
