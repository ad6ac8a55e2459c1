import { CommanderError } from "commander";
import { messageOf, SojournError } from "../thought/errors.ts";
import type { CommandContext } from "./context.ts";
import { InterruptedError } from "./interrupt.ts";
import { buildProgram } from "./program.ts";

/**
 * Runs the command line and returns its exit code: 0 done, 1 it ran and failed, 2 bad usage or input, 130 interrupted.
 * What a user can mend is one line on stderr; a stack is printed only for a fault of ours, with SOJOURN_DEBUG set.
 */
export async function runCommandLine(words: readonly string[], context: CommandContext): Promise<number> {
  let code = 0;
  const program = buildProgram({
    ...context,
    exit: (asked) => {
      code = asked;
    },
  });
  try {
    await program.parseAsync([...words], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof InterruptedError) return 130;
    if (error instanceof SojournError) {
      context.output.note(`sojourn: ${messageOf(error)}`);
      return error.exitCode;
    }
    const debug = (context.environment["SOJOURN_DEBUG"] ?? "") !== "";
    context.output.note(
      debug && error instanceof Error
        ? (error.stack ?? error.message)
        : `sojourn: ${messageOf(error)} (this should not happen; SOJOURN_DEBUG=1 shows where)`,
    );
    return 1;
  }
}
