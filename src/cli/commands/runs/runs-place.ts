import type { Command } from "commander";
import { runsRoot } from "../../../runs/run-folder.ts";
import { readConfig } from "../../../strategies/config.ts";
import type { CommandContext } from "../../context.ts";
import { runsFolder } from "../ask.ts";

/** The flag that every command over runs has. */
export interface PlaceFlags {
  config?: string;
}

/** Adds `--config`, which may say where runs are. */
export function addPlaceOption(command: Command): Command {
  return command.option("--config <file>", "a config file other than ./sojourn.yaml");
}

/** The folder of all runs: `SOJOURN_RUNS`, else the config's, else `./runs`. */
export function rootOf({ config }: PlaceFlags, context: CommandContext): string {
  return runsFolder(readConfig(config).runs, context) ?? runsRoot(context.environment);
}
