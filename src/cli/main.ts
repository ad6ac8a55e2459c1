import { processContext } from "./process-context.ts";
import { runCommandLine } from "./run-command-line.ts";

// A reader such as `head` may leave before everything is written; what it wanted it has, so that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

process.exitCode = await runCommandLine(process.argv.slice(2), processContext());
