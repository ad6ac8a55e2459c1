import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

/** A child process that runs a TypeScript file, with what it says on stdout. */
export interface Child {
  process: ChildProcessByStdio<Writable, Readable, null>;
  /** Waits until the child has said this many whole lines, or is gone. Gives all lines so far. */
  said(lines: number): Promise<string[]>;
  /** Ends the child by SIGKILL, without a last word, and gives all whole lines that it said. */
  kill(): Promise<string[]>;
  /** Waits until the child has ended by itself. Gives its exit code. */
  ended: Promise<number | null>;
}

/** Starts a TypeScript file in a process of its own. */
export function startChild(file: URL, ...args: string[]): Child {
  const child = spawn(process.execPath, ["--import", "tsx", fileURLToPath(file), ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let text = "";
  let gone = false;
  let look = () => {};
  const lines = () => text.split("\n").slice(0, -1);
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
    look();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on("close", (code) => {
      gone = true;
      look();
      resolve(code);
    });
  });
  return {
    process: child,
    ended,
    async said(count) {
      while (lines().length < count && !gone) {
        await new Promise<void>((resolve) => {
          look = resolve;
        });
      }
      return lines();
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
      return lines();
    },
  };
}
