import type { CommandOutput } from "./command-output.ts";

/** What commands get from the process, so that tests can put their own in place. */
export interface CommandContext {
  output: CommandOutput;
  environment: NodeJS.ProcessEnv;
  /** All of standard input, or undefined when it is a terminal. */
  readInput(): Promise<string | undefined>;
  /** Leaves with this code when the command has ended. */
  exit(code: number): void;
}
