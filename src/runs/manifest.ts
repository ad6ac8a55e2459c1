import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { InputError, messageOf } from "../thought/errors.ts";
import { roleSchema } from "../thought/usage.ts";
import { writeWhole } from "./write-whole.ts";

/** How a run stands. A run whose process died without a word stays `running` until someone looks for its owner. */
export const runStateSchema = z.enum(["running", "finished", "interrupted", "failed"]);
export type RunState = z.infer<typeof runStateSchema>;

/** One stretch of work on a run: from its start, or from a resume, to the last event before it ended. */
export const sessionSchema = z.strictObject({
  /** ISO 8601, UTC. */
  startedAt: z.iso.datetime(),
  /** Line of the log that the session's first event has or would have, counted from 1. */
  firstLine: z.int().positive(),
});
export type Session = z.infer<typeof sessionSchema>;

/** `run.json`: what a run is and how it stands. What happened in it is in its log alone. */
export const manifestSchema = z.strictObject({
  /** Version of this file's schema. */
  schema: z.literal(1),
  id: z.string().min(1),
  /** The command, such as `ask`. */
  command: z.string().min(1),
  /** Everything needed to do it again; the command's own schema reads it back. Holds no key. */
  request: z.json(),
  /** `provider/model` by role. */
  models: z.partialRecord(roleSchema, z.string()),
  versions: z.strictObject({ sojourn: z.string(), node: z.string() }),
  seed: z.int(),
  /** Commit of the checkout that made the run, with `-dirty` where it had changes; absent for a published package. */
  commit: z.string().optional(),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  state: runStateSchema,
  /** Oldest first. */
  sessions: z.array(sessionSchema).min(1),
});
export type RunManifest = z.infer<typeof manifestSchema>;

/** The name of the manifest in a run's folder. */
export const MANIFEST_FILE = "run.json";

/** Reads a run's `run.json`. Throws InputError where there is none or it cannot be understood. */
export function readManifest(folder: string): RunManifest {
  const path = join(folder, MANIFEST_FILE);
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new InputError(
      `cannot read ${path}: ${messageOf(error)}; name another run, see sojourn runs`,
      error,
    );
  }
  const parsed = manifestSchema.safeParse(found);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new InputError(
    `${path} is not a run this version can read (${issue?.path.join(".")}: ${issue?.message}); name another run, see sojourn runs`,
  );
}

/** Writes a run's `run.json` so that a reader, or a crash, meets the old file or the new one and nothing between. */
export function writeManifest(folder: string, manifest: RunManifest): void {
  const options = { mend: "make room or set SOJOURN_RUNS", makeFolder: false };
  writeWhole(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, undefined, 2)}\n`, options);
}
