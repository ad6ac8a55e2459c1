import type { Command } from "commander";
import { resumeRun } from "../../runs/open-run.ts";
import { readConfig } from "../../strategies/config.ts";
import { InputError } from "../../thought/errors.ts";
import type { CommandContext } from "../context.ts";
import { resumeOf } from "../resumable.ts";
import { runsFolder } from "./ask.ts";

interface ResumeFlags {
  json?: boolean;
  quiet?: boolean;
  repair?: boolean;
  config?: string;
}

const EXAMPLES = `
Examples:
  sojourn resume latest
  sojourn resume 20261121-121530-ask-7f3a --json`;

/** Adds `sojourn resume`: goes on with a run where it was stopped, without repeating a finished call. */
export function addResumeCommand(program: Command, context: CommandContext): void {
  program
    .command("resume")
    .description("go on with an interrupted run; no finished call is made again")
    .argument("<run>", "a run's id, the beginning of one, or latest")
    .option("--json", "print one JSON object on stdout and nothing else there")
    .option("-q, --quiet", "print the answer alone")
    .option("--repair", "cut a corrupt log before its first bad line and keep the rest beside it")
    .option("--config <file>", "a config file other than ./sojourn.yaml")
    .addHelpText("after", EXAMPLES)
    .action(async (name: string, flags: ResumeFlags) => {
      const config = readConfig(flags.config);
      const { log, manifest } = resumeRun(name, {
        root: runsFolder(config.runs, context),
        repair: flags.repair,
      });
      const { output, environment } = context;
      for (const notice of log.notices) output.note(notice);
      const { json = false, quiet = false } = flags;
      try {
        const resume = await resumeOf(manifest.command);
        const session = { json, quiet, output, config, environment };
        const code = await resume?.(manifest.request, log, session);
        if (code === undefined) throw new InputError(notResumable(manifest.id, manifest.command));
        context.exit(code);
      } catch (error) {
        // What failed before any work began leaves the run as it was.
        log.close(manifest.state);
        throw error;
      }
    });
}

function notResumable(run: string, command: string): string {
  return `run ${run} cannot be resumed by this version; start it again with sojourn ${command}`;
}
