import { Command } from "commander";
import { sojournVersion } from "../runs/versions.ts";
import { messageOf } from "../thought/errors.ts";
import { addAskCommand } from "./commands/ask.ts";
import { addAugmentCommand } from "./commands/augment.ts";
import { addCompareCommand } from "./commands/compare.ts";
import { addDistillCommand } from "./commands/distill.ts";
import { addDoctorCommand } from "./commands/doctor.ts";
import { addEvalCommand } from "./commands/eval.ts";
import { addExperimentCommand } from "./commands/experiment.ts";
import { addExportCommand } from "./commands/export.ts";
import { addGradeCommand } from "./commands/grade.ts";
import { addGrowCommand } from "./commands/grow.ts";
import { addInitCommand } from "./commands/init.ts";
import { addJourneyCommand } from "./commands/journey.ts";
import { addJudgeCommand } from "./commands/judge.ts";
import { addModelsCommand } from "./commands/models.ts";
import { addProblemsCommand } from "./commands/problems.ts";
import { addResumeCommand } from "./commands/resume.ts";
import { addRunsCommand } from "./commands/runs/runs.ts";
import { addServeCommand } from "./commands/serve.ts";
import { addSuiteCommand } from "./commands/suite.ts";
import { addTrainCommand } from "./commands/train.ts";
import { addWeaveCommand } from "./commands/weave.ts";
import type { CommandContext } from "./context.ts";
import { processContext } from "./process-context.ts";

const EXAMPLES = `
Examples:
  sojourn ask "Is 9.11 or 9.7 larger?"
  sojourn ask "Why is the sky blue?" --model ollama/llama3.2
  sojourn runs

Without a key and a network everything runs on nano, a small model inside.`;

/** The whole command line. */
export function buildProgram(context: CommandContext = processContext()): Command {
  const program = new Command("sojourn")
    .description("An open o1 that you can look inside.")
    .version(sojournVersion())
    .addHelpText("after", EXAMPLES)
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => context.output.line(text.trimEnd()),
      // One line, also where a suggestion stands on a line of its own.
      outputError: (text, write) => write(`sojourn: ${messageOf(text).replace(/^error: /, "")}`),
      writeErr: (text) => context.output.note(text.trimEnd()),
    });
  addAskCommand(program, context);
  addResumeCommand(program, context);
  addRunsCommand(program, context);
  addServeCommand(program, context);
  addModelsCommand(program, context);
  addProblemsCommand(program, context);
  addTrainCommand(program, context);
  addEvalCommand(program, context);
  addGrowCommand(program, context);
  addWeaveCommand(program, context);
  addExportCommand(program, context);
  addDistillCommand(program, context);
  addAugmentCommand(program, context);
  addExperimentCommand(program, context);
  addCompareCommand(program, context);
  addJourneyCommand(program, context);
  addJudgeCommand(program, context);
  addSuiteCommand(program, context);
  addGradeCommand(program, context);
  addInitCommand(program, context);
  addDoctorCommand(program, context);
  inheritSettings(program);
  return program.exitOverride();
}

/** Has every command, those below others included, say and end what goes wrong as the program does. */
function inheritSettings(command: Command): void {
  for (const below of command.commands) {
    below.copyInheritedSettings(command).exitOverride();
    inheritSettings(below);
  }
}
