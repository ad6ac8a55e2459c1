import { type Command, Option } from "commander";
import type { Engine } from "../../nano/training/engine.ts";
import { InputError } from "../../thought/errors.ts";
import type { CommandContext } from "../context.ts";
import { withInterrupt } from "../interrupt.ts";
import { numberBetween, wholeNumber } from "../parse-option.ts";
import { openTrainingView } from "../view/training-view.ts";

/** The flags of `sojourn train`. */
export interface TrainFlags {
  engine: "jax" | "torch" | "trl" | "openai";
  out: string;
  resume: boolean;
  workers?: number;
  maxSteps?: number;
  maxSeconds?: number;
  dryRun: boolean;
  json?: boolean;
  quiet?: boolean;
}

const EXAMPLES = `
A recipe without a method trains nano from scratch on the gym's problems. With method: sft, dpo, process-reward, grpo or
expert-iteration it trains further on a data set or on rewards (docs/training.md).

Examples:
  sojourn train recipes/nano.yaml
  sojourn train recipes/nano.yaml --engine torch
  sojourn train recipes/nano.yaml --resume --max-seconds 600
  sojourn train recipes/countdown-grpo.yaml --out runs/countdown-grpo
  sojourn train my-dpo.yaml --engine trl --dry-run`;

/** Adds `sojourn train`: trains by a recipe, nano in TypeScript or, where asked for, with other engines. */
export function addTrainCommand(program: Command, context: CommandContext): void {
  const { output } = context;
  program
    .command("train")
    .description("train a model by a recipe")
    .argument("<recipe>", "a recipe, such as recipes/nano.yaml")
    .addOption(
      new Option(
        "--engine <name>",
        "jax: nano, in TypeScript; torch: nano, with Python; trl: any model, with TRL; openai: a fine-tuning API",
      )
        .choices(["jax", "torch", "trl", "openai"])
        .default("jax"),
    )
    .option("--out <folder>", "where checkpoints go", "runs/nano")
    .option("--resume", "go on from the newest checkpoint", false)
    .option("--workers <n>", "workers of the jax engine (default: one for each core)", wholeNumber(1))
    .option("--max-steps <n>", "stop after this step; the schedule stays", wholeNumber(1))
    .option(
      "--max-seconds <s>",
      "stop after this time; go on later with --resume",
      numberBetween(1, Number.POSITIVE_INFINITY),
    )
    .option("--dry-run", "with trl: write data, settings and command lines, and run nothing", false)
    .option("--json", "print one JSON object a line")
    .option("--quiet", "print nothing while training")
    .addHelpText("after", EXAMPLES)
    .action(async (path: string, flags: TrainFlags) => {
      // Loaded here alone: training brings the gym with it, which has no place on the way of an ask.
      const { readRecipe, readYaml } = await import("../../nano/training/recipe.ts");
      const { namesMethod } = await import("../../train/recipe.ts");
      if (namesMethod(await readYaml(path))) {
        const { trainByMethod } = await import("./train-method.ts");
        return trainByMethod(path, flags, context);
      }
      if (flags.engine === "trl" || flags.engine === "openai") {
        throw new InputError(
          `the engine ${flags.engine} trains by a method: add method: sft or dpo to ${path}`,
        );
      }
      const { trainNano } = await import("../../nano/training/train.ts");
      const recipe = await readRecipe(path);
      const engine = await openEngine(flags);
      const view = openTrainingView(output, flags);
      const { out, resume, maxSteps, maxSeconds } = flags;
      const outcome = await withInterrupt((signal) =>
        trainNano({
          recipe,
          engine,
          out,
          resume,
          signal,
          onProgress: view.show,
          ...(maxSteps === undefined ? {} : { maxSteps }),
          ...(maxSeconds === undefined ? {} : { maxSeconds }),
        }),
      );
      view.close();
      const stopped = outcome.step < outcome.steps;
      if (stopped)
        output.note(
          `stopped at step ${outcome.step} of ${outcome.steps}; go on with: sojourn train ${path} --engine ${flags.engine} --out ${out} --resume`,
        );
      else if (flags.json !== true && flags.quiet !== true)
        output.line(`trained: ${out}; ask it with: sojourn ask "What is 347 + 586?" --model nano/${out}`);
      context.exit(outcome.reason === "stopped" ? 130 : 0);
    });
}

/** The engine that trains nano by likelihood. */
export async function openEngine({ engine, workers }: TrainFlags): Promise<Engine> {
  if (engine === "torch") return (await import("../../nano/training/torch/engine.ts")).torchEngine;
  const { jaxEngineWith } = await import("../../nano/training/jax/engine.ts");
  return jaxEngineWith(workers === undefined ? {} : { threads: workers });
}
