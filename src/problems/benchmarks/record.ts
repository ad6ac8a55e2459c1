/** One record of a file as it was found, or why it cannot be read. */
export type FoundRecord = { line: number; value: unknown } | { line: number; wrong: string };

/** A record that became no problem. */
export interface BadRecord {
  /** The file's path, or its path within a data set. */
  file: string;
  /** The line where the record begins, from 1; its row, from 1, in a Parquet file. */
  line: number;
  /** What is wrong with it, in one line. */
  wrong: string;
}

const longestMessage = 200;

/** A message on one line and not too long to list, whatever the file's contents put into it. */
export function oneLine(message: string): string {
  const line = message.replace(/\s+/g, " ").trim();
  return line.length <= longestMessage ? line : `${line.slice(0, longestMessage - 1)}…`;
}
