import { type Command, Option } from "commander";
import { OWN_COLUMNS } from "./commands/problems.ts";
import { columnNames, wholeNumber } from "./parse-option.ts";

/** Adds the options that say which problems training data is made of: of the gym those of its training contents. */
export function addProblemOptions(command: Command): Command {
  return command
    .option("--data <file>", "a file, a folder, or hf:owner/name[@revision][/config/split]")
    .option("--columns <names>", "for own: question=NAME,answer=NAME and so on", columnNames(OWN_COLUMNS))
    .addOption(
      new Option("--split <name>", "gym: which contents")
        .choices(["train", "validation", "test"])
        .default("train"),
    )
    .addOption(
      new Option("--phrasing <which>", "gym: which wordings")
        .choices(["trained", "held-out"])
        .default("trained"),
    )
    .option("--problem-seed <n>", "gym: draws the problems", wholeNumber(0), 0)
    .option("--limit <n>", "most problems (default: all; of the gym 100)", wholeNumber(1))
    .option("--skip <n>", "problems to pass over first", wholeNumber(0), 0);
}
