import { join } from "node:path";
import { z } from "zod";
import { isOwned } from "../../runs/lock.ts";
import { type RunState, readManifest } from "../../runs/manifest.ts";
import { LOG_FILE } from "../../runs/run-folder.ts";
import type { StreamDelta, StreamEnd } from "./ask-schema.ts";
import type { AskedRuns } from "./asked-runs.ts";
import { followLog, type LogLine } from "./follow-log.ts";

/** Which events of a run are streamed, and to whom. */
export interface EventStreamOptions {
  run: string;
  folder: string;
  /** Only this question's events and those of the run itself. Default: all. */
  question?: string | undefined;
  /** Lines of the log up to this one are passed over: the reader has them. */
  from: number;
  /** Leaves out what calls sent and brought back; their usage stays. */
  brief: boolean;
  asked: AskedRuns;
  signal: AbortSignal;
  /** Sends a piece of the stream; what follows waits until it is taken. */
  write(text: string): Promise<void>;
}

/** How often a comment is sent, so that nobody between takes a silent stream for dead. */
const COMMENT_MS = 15_000;

/** Pieces of text are sent together, at most so often. */
const DELTAS_MS = 40;

/**
 * Streams the events of a run as server-sent events: what is in its log, then what comes, until the run ends. A message's
 * id is its line of the log, so that a reader who lost the connection goes on behind it. Pieces of text that models write
 * right now come between as `delta`, without an id; `end` is the last message.
 */
export async function streamEvents(options: EventStreamOptions): Promise<void> {
  const { run, folder, from, asked, signal, write } = options;
  const deltas = new Map<string, StreamDelta>();
  const sendDeltas = async (): Promise<void> => {
    const messages = [...deltas.values()].map((delta) => message("delta", JSON.stringify(delta)));
    deltas.clear();
    if (messages.length > 0) await write(messages.join(""));
  };
  const onWake = (wake: () => void): (() => void) =>
    asked.watch(run, (delta) => {
      if (delta === undefined) wake();
      else addDelta(deltas, delta);
    });
  const timers = [
    setInterval(() => void sendDeltas().catch(() => {}), DELTAS_MS),
    setInterval(() => void write(":\n\n").catch(() => {}), COMMENT_MS),
  ];
  try {
    // Headers reach the reader with the first bytes, also where the log has nothing yet.
    await write(":\n\n");
    const growing = (): boolean => stateOf(folder) === "running";
    for await (const batch of followLog(join(folder, LOG_FILE), { from, growing, onWake, signal })) {
      const messages = batch.flatMap((line) => messageOf(line, options) ?? []);
      if (messages.length > 0) await write(messages.join(""));
    }
  } finally {
    for (const timer of timers) clearInterval(timer);
  }
  if (signal.aborted) return;
  const error = asked.errorOf(run);
  const end: StreamEnd = { state: stateOf(folder), ...(error === undefined ? {} : { error }) };
  await write(message("end", JSON.stringify(end)));
}

/** How a run stands; `interrupted` also where its process died without a word. */
function stateOf(folder: string): RunState {
  const { state } = readManifest(folder);
  return state === "running" && !isOwned(folder) ? "interrupted" : state;
}

function messageOf({ line, json, question, type }: LogLine, options: EventStreamOptions): string | undefined {
  if (options.question !== undefined && question !== undefined && question !== options.question)
    return undefined;
  return message("event", options.brief && type === "call-finished" ? briefCall(json) : json, line);
}

/** A finished call without what it sent and brought back. */
function briefCall(json: string): string {
  const call = z.looseObject({}).parse(JSON.parse(json));
  return JSON.stringify({ ...call, request: null, samples: [] });
}

function message(event: string, data: string, id?: number): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;
}

/** Joins a piece to the one before it of the same text. */
function addDelta(deltas: Map<string, StreamDelta>, delta: StreamDelta): void {
  const { site, sample, kind, text } = delta;
  const key = `${site}\n${sample}`;
  const before = deltas.get(`${key}\n${kind}`);
  if (kind === "restarted") {
    for (const void_ of ["text", "reasoning"]) deltas.delete(`${key}\n${void_}`);
  }
  deltas.set(`${key}\n${kind}`, { site, sample, kind, text: (before?.text ?? "") + text });
}
