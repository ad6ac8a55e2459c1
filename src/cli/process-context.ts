import { text } from "node:stream/consumers";
import { processOutput } from "./command-output.ts";
import type { CommandContext } from "./context.ts";

/** The context of the real process. */
export function processContext(): CommandContext {
  return {
    output: processOutput(),
    environment: process.env,
    readInput: async () => (process.stdin.isTTY ? undefined : text(process.stdin)),
    exit: (code) => {
      process.exitCode = code;
    },
  };
}
