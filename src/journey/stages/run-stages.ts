import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../../thought/errors.ts";
import { writeWhole } from "../jsonl.ts";
import type { Json, Stage, StageDone } from "./stage.ts";

const DONE_FILE = "stage.json";
const TIME_FILE = "time.json";

const doneSchema = z.strictObject({
  name: z.string(),
  key: z.string(),
  settings: z.json(),
  after: z.record(z.string(), z.string()),
  result: z.record(z.string(), z.json()),
  wallMs: z.number().nonnegative(),
});

/** How the stages of a journey are run. */
export interface RunStagesOptions {
  /** The folder of the journey; each stage has one of its own in it, named by its name and key. */
  folder: string;
  signal?: AbortSignal | undefined;
  onProgress?: ((event: StageEvent) => void) | undefined;
}

/** What happens to a stage. */
export type StageEvent =
  | { kind: "reused" | "started"; stage: string; place: number; all: number }
  | { kind: "progress"; stage: string; line: string }
  | { kind: "finished"; stage: string; wallMs: number };

/** A stage's key: a hash of its settings and of the keys of all that it reads. */
function stageKey(stage: Stage, inputs: Readonly<Record<string, string>>): string {
  const text = JSON.stringify([stage.name, sorted(stage.settings), sorted(inputs)]);
  return createHash("sha256").update(text).digest("hex").slice(0, 10);
}

/**
 * Runs the stages in their order, each in a folder of its own; those that an earlier session finished with the same
 * settings and inputs are reused, and one that was stopped goes on in its folder. Returns what each made, by name.
 *
 * Throws an InputError for stages that do not stand behind what they read, the signal's reason when it fires, and what
 * a stage throws; what was finished until then is kept.
 */
export async function runStages(
  stages: readonly Stage[],
  { folder, signal = new AbortController().signal, onProgress = () => {} }: RunStagesOptions,
): Promise<Map<string, StageDone>> {
  const done = new Map<string, StageDone>();
  const keys = new Map<string, string>();
  for (const [place, stage] of stages.entries()) {
    signal.throwIfAborted();
    const inputs = inputKeys(stage, keys);
    const key = stageKey(stage, inputs);
    if (keys.has(stage.name)) throw new InputError(`two stages are named ${stage.name}; rename one`);
    keys.set(stage.name, key);
    const own = join(folder, `${stage.name}-${key}`);
    const found = readDone(own, key);
    onProgress({
      ...{ kind: found === undefined ? "started" : "reused", stage: stage.name, place, all: stages.length },
    });
    done.set(stage.name, found ?? (await runStage(stage, { own, key, inputs, done, signal, onProgress })));
  }
  return done;
}

interface StageRun {
  signal: AbortSignal;
  onProgress: (event: StageEvent) => void;
  own: string;
  key: string;
  inputs: Readonly<Record<string, string>>;
  done: ReadonlyMap<string, StageDone>;
}

async function runStage(stage: Stage, run: StageRun): Promise<StageDone> {
  const { own, key, inputs, done, signal, onProgress } = run;
  mkdirSync(own, { recursive: true });
  const before = readTime(own);
  const startedAt = performance.now();
  const wallMs = () => before + performance.now() - startedAt;
  try {
    const result = await stage.run({
      folder: own,
      input(name) {
        const found = stage.after.includes(name) ? done.get(name) : undefined;
        if (found === undefined) throw new RangeError(`stage ${stage.name} does not name ${name}`);
        return found;
      },
      signal,
      progress: (line) => onProgress({ kind: "progress", stage: stage.name, line }),
    });
    const finished = { name: stage.name, key, settings: stage.settings, after: inputs, result };
    keep(join(own, DONE_FILE), doneSchema.parse({ ...finished, wallMs: wallMs() }));
    onProgress({ kind: "finished", stage: stage.name, wallMs: wallMs() });
    return { folder: own, result, wallMs: wallMs(), reused: false };
  } catch (error) {
    keep(join(own, TIME_FILE), { wallMs: wallMs() });
    throw error;
  }
}

function inputKeys(stage: Stage, keys: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    stage.after.map((name) => {
      const key = keys.get(name);
      if (key === undefined)
        throw new InputError(`stage ${stage.name} reads ${name}, which comes later or never`);
      return [name, key];
    }),
  );
}

/** A stage that is done; one whose note cannot be read, or is of another key, is not. */
function readDone(folder: string, key: string): StageDone | undefined {
  const parsed = doneSchema.safeParse(readJson(join(folder, DONE_FILE)));
  if (!parsed.success || parsed.data.key !== key) return undefined;
  const { result, wallMs } = parsed.data;
  return { folder, result, wallMs, reused: true };
}

/** Milliseconds that earlier sessions of an unfinished stage took; those of one that was killed are not known. */
function readTime(folder: string): number {
  const parsed = z.object({ wallMs: z.number() }).safeParse(readJson(join(folder, TIME_FILE)));
  return parsed.success ? parsed.data.wallMs : 0;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function keep(path: string, value: object): void {
  writeWhole(path, [`${JSON.stringify(value, undefined, 2)}\n`]);
}

/** With the keys of every object in one order, so that a file's order of lines does not matter. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([name, item]) => [name, sorted(item)]));
}
