import type { RunManifest } from "../manifest.ts";

/** One run, as the `runs` table has it. */
export interface RunRow {
  run: string;
  command: string;
  state: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  seed: number;
  /** Version of Sojourn. */
  version: string;
  commit: string | null;
  /** `provider/model` by role. */
  models: Record<string, string>;
  /** Size of the log that the run's rows were made of: a log of another size has other rows. */
  logBytes: number;
  /** How many thoughts it has. */
  questions: number;
}

/** The row of a run of which this much was read. */
export function runRow(manifest: RunManifest, read: Pick<RunRow, "logBytes" | "questions">): RunRow {
  return {
    run: manifest.id,
    command: manifest.command,
    state: manifest.state,
    createdAt: Date.parse(manifest.createdAt),
    seed: manifest.seed,
    version: manifest.versions.sojourn,
    commit: manifest.commit ?? null,
    models: manifest.models,
    ...read,
  };
}
