/** One broken rule: where it is, what is wrong, and how to mend it. */
export interface Offence {
  /** Path relative to the project's root, with forward slashes. */
  file: string;
  /** Line, counted from 1. */
  line: number;
  /** One sentence that names the offence and its cure. */
  message: string;
}

/** Prints one line per offence, or `summary` when there is none, and sets the exit code. */
export function report(offences: readonly Offence[], summary: string): void {
  for (const { file, line, message } of offences) console.error(`${file}:${line} ${message}`);
  if (offences.length > 0) process.exitCode = 1;
  else console.log(summary);
}
