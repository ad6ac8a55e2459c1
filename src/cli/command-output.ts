import pc from "picocolors";

/** Where a command writes, so that tests can read it and `--json` keeps stdout to itself. */
export interface CommandOutput {
  /** A line for stdout. */
  line(text: string): void;
  /** A line for stderr: progress, warnings, hints. */
  note(text: string): void;
  /** True where stdout is a terminal that can be redrawn. */
  readonly live: boolean;
  /** Columns of that terminal at this moment; undefined without one. */
  readonly columns: number | undefined;
  /** Colours, or none without a terminal or with NO_COLOR. */
  readonly colors: ReturnType<typeof pc.createColors>;
}

/** The process's own stdout and stderr. */
export function processOutput(): CommandOutput {
  const live = process.stdout.isTTY === true && process.env.TERM !== "dumb";
  const colored = live && (process.env.NO_COLOR ?? "") === "";
  return {
    line: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    live,
    get columns() {
      return live ? process.stdout.columns : undefined;
    },
    colors: pc.createColors(colored),
  };
}
