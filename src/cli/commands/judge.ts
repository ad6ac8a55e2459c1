import { type Command, InvalidArgumentError, Option } from "commander";
import { defined } from "../../models/defined.ts";
import { InputError } from "../../thought/errors.ts";
import type { Role } from "../../thought/usage.ts";
import type { CommandContext } from "../context.ts";
import { numberBetween, roleModel, wholeNumber } from "../parse-option.ts";

interface JudgeFlags {
  data?: string;
  limit?: number;
  reward: string;
  model?: string;
  role?: Partial<Record<Role, string>>;
  samples: number;
  temperature?: number;
  maxTokens?: number;
  order?: "arrival" | "asked";
  seed?: number;
  atOnce: number;
  threshold: number;
  record: boolean;
  quiet?: boolean;
  config?: string;
  json?: boolean;
  replay?: string;
  labelsFrom?: string;
  scores: string;
  labels: string;
  firstError?: string;
  countFrom: 0 | 1;
  parts?: string;
  id: string;
}

const EXAMPLES = `
A line of a --replay file is one solution: {"scores": [0.9, 0.2], "labels": [1, 0]}, a score and a label a step.

Examples:
  sojourn judge gym --limit 50
  sojourn judge processbench --data gsm8k.json --reward judge --model ollama/llama3.2
  sojourn judge mr-gsm8k --data MR-GSM8K.json --reward rollouts --model vllm/NAME --samples 8
  sojourn judge prm800k --data phase2_test.jsonl --reward prm --role judge=prm/NAME
  sojourn judge --replay scores.jsonl --labels-from solutions.jsonl --first-error label --json`;

/** Adds `sojourn judge`: how well a reward, or recorded scores, tell right steps and solutions from wrong ones. */
export function addJudgeCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("judge")
    .description("measure how well scores of steps find what is wrong in recorded solutions")
    .argument(
      "[benchmark]",
      "processbench, prm800k, mr-gsm8k, mr-math, math-shepherd, gym or gym/FAMILY; none with --replay",
    )
    .option("--data <file>", "a file, a folder, or hf:owner/name[@revision][/config/split]")
    .option("--limit <n>", "how many problems", wholeNumber(1))
    .option(
      "--reward <name>",
      "what scores the steps: judge, rollouts, rollouts-hard, prm, judge*prm",
      "judge",
    )
    .option("-m, --model <provider/model>", "the model, such as openai/NAME or ollama/NAME (default: nano)")
    .option("--role <role=model>", "another model for one role; may be repeated", roleModel)
    .option("--samples <n>", "completions of each step, for rollouts", wholeNumber(1), 4)
    .option("--temperature <t>", "randomness, 0 to 2", numberBetween(0, 2))
    .option("--max-tokens <n>", "most tokens of one call", wholeNumber(1))
    .addOption(
      new Option("--order <order>", "tell results as they come or in the order asked").choices([
        "arrival",
        "asked",
      ]),
    )
    .option("--seed <n>", "seed of all randomness (default: 0)", wholeNumber(0))
    .option("--at-once <n>", "solutions judged at once", wholeNumber(1), 64)
    .option("--threshold <score>", "a step is called right above it", anyNumber, 0.5)
    .option("--no-record", "keep no run folder")
    .option("-q, --quiet", "no progress")
    .option("--json", "print one JSON object")
    .option("--config <file>", "a config file other than ./sojourn.yaml");
  addReplayOptions(command)
    .addHelpText("after", EXAMPLES)
    .action(async (benchmark: string | undefined, flags: JudgeFlags) => {
      const { replay } = flags;
      if ((replay === undefined) === (benchmark === undefined))
        throw new InputError(
          "name a benchmark or --replay FILE, one of them; try: sojourn judge gym --limit 50",
        );
      if (replay !== undefined) {
        const { judgeReplay } = await import("../judge/judge-replay.ts");
        return judgeReplay({ ...flags, replay }, context.output);
      }
      const { judgeBenchmark } = await import("../judge/judge-benchmark.ts");
      const { reward, samples, temperature, maxTokens, order, seed } = flags;
      const settings = defined({ reward, samples, temperature, maxTokens, order, seed });
      context.exit(await judgeBenchmark(benchmark ?? "", { ...flags, settings }, context));
    });
}

/** The options that say where a file of recorded scores has what. */
function addReplayOptions(command: Command): Command {
  return command
    .option("--replay <file>", "measure scores that were recorded: JSON Lines or one JSON array")
    .option("--labels-from <file>", "a file with the labels of the same solutions, joined by id")
    .option("--scores <column>", "where the scores are, one a step", "scores")
    .option("--labels <column>", "where the labels are, one a step: 1 or 0", "labels")
    .option("--first-error <column>", "in place of labels: the number of the first wrong step; -1 for none")
    .option("--count-from <n>", "the number of the first step there, 0 or 1", zeroOrOne, 0)
    .option("--parts <column>", "a list of parts for each step, where parts were scored")
    .option("--id <column>", "what joins both files", "id");
}

const anyNumber = numberBetween(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);

function zeroOrOne(text: string): 0 | 1 {
  if (text === "0") return 0;
  if (text === "1") return 1;
  throw new InvalidArgumentError("0 or 1 is needed.");
}
