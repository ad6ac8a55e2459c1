import picocolors from "picocolors";
import type { CommandContext } from "../../src/cli/context.ts";
import { runCommandLine } from "../../src/cli/run-command-line.ts";

/** What a command said and how it ended. */
export interface Said {
  code: number;
  /** All of stdout. */
  out: string;
  /** All of stderr. */
  err: string;
}

/**
 * Runs the command line in this process, without a terminal. Keys and addresses come from `process.env`, which a test
 * stubs.
 *
 * @param options.input standard input; undefined for a terminal
 * @param options.colors whether to colour as a terminal would
 */
export async function runInProcess(
  words: readonly string[],
  options: { input?: string; colors?: boolean; columns?: number } = {},
): Promise<Said> {
  const said = { out: "", err: "" };
  const context: CommandContext = {
    output: {
      line: (text) => {
        said.out += `${text}\n`;
      },
      note: (text) => {
        said.err += `${text}\n`;
      },
      live: false,
      columns: options.columns,
      colors: picocolors.createColors(options.colors ?? false),
    },
    environment: process.env,
    readInput: async () => options.input,
    exit: () => {},
  };
  return { code: await runCommandLine(words, context), ...said };
}
