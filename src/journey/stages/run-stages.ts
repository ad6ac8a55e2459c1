import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writeWhole } from "../../runs/write-whole.ts";
import { InputError } from "../../thought/errors.ts";
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
  /** Stages that run beside each other where neither reads the other. Default: 1, in their order. */
  atOnce?: number | undefined;
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
 * Runs the stages, each in a folder of its own and behind what it reads, the earliest that can run first; those that an
 * earlier session finished with the same settings and inputs are reused, and one that was stopped goes on in its folder.
 * Returns what each made, by name.
 *
 * Throws an InputError for stages that do not stand behind what they read, the signal's reason when it fires, and what
 * a stage throws, once the ones beside it have stopped; what was finished until then is kept.
 */
export async function runStages(
  stages: readonly Stage[],
  { folder, atOnce = 1, signal, onProgress = () => {} }: RunStagesOptions,
): Promise<Map<string, StageDone>> {
  const keyed = withKeys(stages);
  const done = new Map<string, StageDone>();
  const stop = new AbortController();
  const all = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const waiting = new Set(keyed);
  const running = new Set<Promise<void>>();

  async function work(stage: KeyedStage): Promise<void> {
    const { name, key } = stage;
    const own = join(folder, `${name}-${key}`);
    const found = readDone(own, key);
    const place = keyed.indexOf(stage);
    onProgress({ kind: found === undefined ? "started" : "reused", stage: name, place, all: stages.length });
    done.set(name, found ?? (await runStage(stage, { own, done, signal: all, onProgress })));
  }

  /** Starts what can run now; the earliest stages first. */
  function start(): void {
    for (const stage of waiting) {
      if (running.size >= atOnce || all.aborted) return;
      if (!stage.after.every((name) => done.has(name))) continue;
      waiting.delete(stage);
      const run = work(stage).finally(() => running.delete(run));
      running.add(run);
    }
  }

  try {
    for (start(); running.size > 0; start()) await Promise.race(running);
    all.throwIfAborted();
    return done;
  } finally {
    stop.abort();
    await Promise.allSettled(running);
  }
}

/** A stage with its key and those of what it reads. */
interface KeyedStage extends Stage {
  key: string;
  inputs: Readonly<Record<string, string>>;
}

/** Throws an InputError where a name comes twice, or a stage stands before what it reads. */
function withKeys(stages: readonly Stage[]): KeyedStage[] {
  const keys = new Map<string, string>();
  return stages.map((stage) => {
    const inputs = inputKeys(stage, keys);
    const key = stageKey(stage, inputs);
    if (keys.has(stage.name)) throw new InputError(`two stages are named ${stage.name}; rename one`);
    keys.set(stage.name, key);
    return { ...stage, key, inputs };
  });
}

interface StageRun {
  signal: AbortSignal;
  onProgress: (event: StageEvent) => void;
  own: string;
  done: ReadonlyMap<string, StageDone>;
}

async function runStage(stage: KeyedStage, run: StageRun): Promise<StageDone> {
  const { key, inputs } = stage;
  const { own, done, signal, onProgress } = run;
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
