import type { CommandOutput } from "../command-output.ts";
import { formatDuration } from "./format.ts";

/** Shows how far work over many items is. */
export interface ProgressLine {
  /**
   * @param before how many of `done` an earlier session did: they say nothing of the pace
   * @param facts what is known so far, one short text each
   */
  show(progress: { done: number; all: number; before: number; facts: readonly string[] }): void;
  close(): void;
}

/** Milliseconds between two drawings on a terminal, and between two lines where nothing can be drawn over. */
const [FRAME_MS, LINE_MS] = [150, 10_000];
const BAR_WIDTH = 20;

/** On a terminal one line that is drawn over; elsewhere a note every ten seconds; nothing where `silent`. */
export function openProgressLine(output: CommandOutput, { silent }: { silent: boolean }): ProgressLine {
  const startedAt = Date.now();
  let shownAt = startedAt;
  let drawn = false;
  return {
    show({ done, all, before, facts }) {
      const now = Date.now();
      if (silent || now - shownAt < (output.live ? FRAME_MS : LINE_MS)) return;
      shownAt = now;
      const here = done - before;
      const left = here === 0 ? [] : [`${formatDuration(((now - startedAt) / here) * (all - done))} left`];
      const text = [`${bar(done / all)}  ${done} of ${all}`, ...facts, ...left].join("  ");
      if (output.live) {
        process.stdout.write(`\r\u001b[K${text.slice(0, (output.columns || 80) - 1)}`);
        drawn = true;
      } else output.note(text);
    },
    close() {
      if (drawn) process.stdout.write("\r\u001b[K");
      drawn = false;
    },
  };
}

function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH);
  return "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
}
