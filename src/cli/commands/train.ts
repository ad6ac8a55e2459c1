import { type Command, Option } from "commander";
import type { CommandContext } from "../context.ts";
import { withInterrupt } from "../interrupt.ts";
import { numberBetween, wholeNumber } from "../parse-option.ts";
import { openTrainingView } from "../view/training-view.ts";

interface TrainFlags {
  engine: "jax" | "torch";
  out: string;
  resume: boolean;
  workers?: number;
  maxSteps?: number;
  maxSeconds?: number;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  sojourn train recipes/nano.yaml
  sojourn train recipes/nano.yaml --engine torch
  sojourn train recipes/nano.yaml --resume --max-seconds 600`;

/** Adds `sojourn train`: trains nano from a recipe, in TypeScript or, where asked for, with torch. */
export function addTrainCommand(program: Command, context: CommandContext): void {
  const { output } = context;
  program
    .command("train")
    .description("train nano from a recipe")
    .argument("<recipe>", "a recipe, such as recipes/nano.yaml")
    .addOption(
      new Option(
        "--engine <name>",
        "jax: in TypeScript, no Python; torch: Python with torch, named in SOJOURN_PYTHON",
      )
        .choices(["jax", "torch"])
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
    .option("--json", "print one JSON object a line")
    .addHelpText("after", EXAMPLES)
    .action(async (path: string, flags: TrainFlags) => {
      // Loaded here alone: training brings the gym with it, which has no place on the way of an ask.
      const { readRecipe } = await import("../../nano/training/recipe.ts");
      const { trainNano } = await import("../../nano/training/train.ts");
      const recipe = await readRecipe(path);
      const engine = await openEngine(flags);
      const view = openTrainingView(output, { json: flags.json ?? false });
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
      else if (flags.json !== true)
        output.line(`trained: ${out}; ask it with: sojourn ask "What is 347 + 586?" --model nano/${out}`);
      context.exit(outcome.reason === "stopped" ? 130 : 0);
    });
}

async function openEngine({ engine, workers }: TrainFlags) {
  if (engine === "torch") return (await import("../../nano/training/torch/engine.ts")).torchEngine;
  const { jaxEngineWith } = await import("../../nano/training/jax/engine.ts");
  return jaxEngineWith(workers === undefined ? {} : { threads: workers });
}
