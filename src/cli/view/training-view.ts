import type { TrainingEvent } from "../../nano/training/engine.ts";
import type { CommandOutput } from "../command-output.ts";
import { formatCount, formatDuration } from "./format.ts";

/** Shows how a training goes on. */
export interface TrainingView {
  show(event: TrainingEvent): void;
  close(): void;
}

/** On a terminal one line that is drawn over, with a bar; elsewhere a line a report; with `json` the events; or nothing. */
export function openTrainingView(
  output: CommandOutput,
  { json = false, quiet = false }: { json?: boolean; quiet?: boolean },
): TrainingView {
  let drawn = false;
  const endLine = (): void => {
    if (drawn) process.stdout.write("\n");
    drawn = false;
  };
  return {
    show(event) {
      if (json) return output.line(JSON.stringify(event));
      if (quiet) return;
      const passing = event.kind === "step" || event.kind === "data" || event.kind === "samples";
      if (passing && output.live) {
        process.stdout.write(`\r\u001b[K${describe(event)}`);
        drawn = true;
      } else {
        endLine();
        output.line(describe(event));
      }
    },
    close: endLine,
  };
}

function describe(event: TrainingEvent): string {
  switch (event.kind) {
    case "data":
      return `data  ${bar(event.done / event.all)}  ${event.done} of ${event.all} shards`;
    case "samples":
      return `samples  ${bar(event.done / event.all)}  ${event.done} of ${event.all}, ${event.right} right`;
    case "step":
      return [
        `${bar(event.step / event.steps)}  step ${event.step} of ${event.steps}`,
        `loss ${event.loss.toFixed(4)}`,
        ...Object.entries(event.measures ?? {}).map(([name, value]) => `${name} ${value.toFixed(3)}`),
        `${formatCount(event.tokens)} tokens`,
        `${formatCount(Math.round(event.tokensPerSecond))} a second`,
        `${formatDuration(event.remainingSeconds * 1000)} left`,
      ].join("  ");
    case "validation":
      return `validation loss ${event.loss.toFixed(4)} at step ${event.step}`;
    case "checkpoint":
      return `checkpoint ${event.folder}`;
    case "note":
      return event.text;
    case "finished":
      return `finished at step ${event.step} of ${event.steps}`;
  }
}

const BAR_WIDTH = 24;

function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH);
  return "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
}
