import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type TrainingEvent, trainingEventSchema } from "./engine.ts";

/** The file in a training folder that tells how the training went on, for whoever draws its curves. */
export const PROGRESS_FILE = "progress.jsonl";

/** What of a training is kept: where it was, what it lost there, and how it ended. Checkpoints and notes are not. */
const KEPT: ReadonlySet<TrainingEvent["kind"]> = new Set(["step", "validation", "finished"]);

/**
 * One line of {@link PROGRESS_FILE}: an event of the training, and when it was told (milliseconds since the epoch). A training
 * that was resumed tells the steps behind its checkpoint once more: of two lines about a step the later one holds, and what
 * stands between them was lost.
 */
export const progressLineSchema = trainingEventSchema.and(z.object({ at: z.number() }));

/** Makes a listener that appends what is told to a training's folder, and passes it on. */
export function keepProgress(
  folder: string,
  onProgress: ((event: TrainingEvent) => void) | undefined,
  clock: () => number = Date.now,
): (event: TrainingEvent) => void {
  return (event) => {
    if (KEPT.has(event.kind)) append(folder, { ...event, at: clock() });
    onProgress?.(event);
  };
}

function append(folder: string, line: object): void {
  try {
    mkdirSync(folder, { recursive: true });
    appendFileSync(join(folder, PROGRESS_FILE), `${JSON.stringify(line)}\n`);
  } catch {
    // A training of hours is worth more than its curve.
  }
}
