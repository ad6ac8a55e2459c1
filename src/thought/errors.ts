/**
 * An error that a user can mend. Its message is one line: what is wrong, then what to do about it.
 * The CLI prints the line and leaves with {@link SojournError.exitCode}; it never prints a stack trace for one.
 */
export class SojournError extends Error {
  /** 2 for bad usage or input, 1 for something that ran and failed. */
  readonly exitCode: 1 | 2;

  constructor(message: string, options: { exitCode: 1 | 2; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.exitCode = options.exitCode;
  }
}

/** What was asked for cannot be done as asked: a bad flag, name, file or setting. Leaves with exit code 2. */
export class InputError extends SojournError {
  constructor(message: string, cause?: unknown) {
    super(message, { exitCode: 2, cause });
  }
}

/** The request was fine, but carrying it out failed: a dead server, a refused key, a broken log. Exit code 1. */
export class FailureError extends SojournError {
  constructor(message: string, cause?: unknown) {
    super(message, { exitCode: 1, cause });
  }
}

/** The message of anything thrown, on one line. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\s+/g, " ").trim();
}
