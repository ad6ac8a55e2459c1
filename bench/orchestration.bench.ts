import { request as httpRequest, Pool } from "undici";
import { memoryRun } from "../src/runs/open-run.ts";
import { findStrategy, type StrategyEntry, strategies } from "../src/strategies/registry.ts";
import type { PartialSettings } from "../src/strategies/settings.ts";
import { thinkThrough } from "../src/strategies/think.ts";
import { thinkMany } from "../src/strategies/think-many.ts";
import { completeRequest } from "../src/strategies/think-request.ts";
import { mazeModels, mazeQuestions, mazeRegistry } from "../test/support/maze-endpoint.ts";
import { calibrate } from "./calibration.ts";
import { criticalPaths } from "./critical-paths.ts";
import { type EndpointBook, startEndpoints } from "./endpoint-child.ts";

/**
 * How well calls are orchestrated: what a strategy's calls cost beside the longest chain of them that have to wait for
 * each other, how full the slots are with many questions at once, and what a call costs us in CPU time. The endpoint
 * runs in a process of its own.
 */
const CALL_MS = 200;
const BAR = 1.2;
const VOTE_BAR = 1.15;
const CPU_BAR_MS = 1;
const REPEATS = 3;
/** Calls of a round: those of the first, and those that count, enough that opening 64 connections weighs little. */
const CALLS_UNCOUNTED = 400;
const CALLS_COUNTED = 2000;
/** Calls before the first that counts: by then the code that all strategies share is compiled, as in any long batch. */
const WARM_UP_CALLS = 6000;

const settings: PartialSettings = {
  ...{ samples: 8, width: 4, keep: 4, depth: 6, rollouts: 8, lookahead: 1, rounds: 3, maxTokens: 400 },
  ...{ confidence: 1, concurrency: 256, reward: "judge" },
};

const endpoints = startEndpoints();
const [only] = process.argv.slice(2);
let missed = 0;

/** A figure and whether it keeps to its bar. */
function held(figure: number, bar: number, digits = 2): string {
  if (figure > bar) missed++;
  return `${figure.toFixed(digits)}${figure > bar ? ` (over ${bar})` : ""}`;
}

function settingsOf({ name }: StrategyEntry): PartialSettings {
  return { ...settings, ...criticalPaths[name]?.settings };
}

/** Thinks about one question of its own at an endpoint; the best of some repeats, as the one disturbed least. */
async function measure(entry: StrategyEntry, samples: number) {
  const registry = (url: string) => mazeRegistry(url, { samples });
  let best: { ratio: number; path: number; ms: number; calls: number; most: number } | undefined;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const endpoint = await endpoints.start(CALL_MS);
    const models = registry(endpoint.url);
    const { log, events } = memoryRun({ command: "ask", request: {}, models: {}, seed: 0 });
    const request = completeRequest({ ...mazeModels, strategy: entry.name, settings: settingsOf(entry) });
    const question = mazeQuestions(repeat + 1).at(-1) ?? { id: "q", text: "?" };
    const startedAt = performance.now();
    await thinkThrough(question, request, { registry: models, run: log });
    const ms = performance.now() - startedAt;
    const { mostInFlight, spans } = await endpoint.stop();
    const path = criticalPaths[entry.name]?.calls(events, settingsOf(entry)) ?? Number.NaN;
    const ratio = ms / (path * CALL_MS);
    if (best === undefined || ratio < best.ratio)
      best = { ratio, path, ms, calls: spans.length, most: mostInFlight };
  }
  return best;
}

/**
 * CPU time of this process for a call, in milliseconds, where replies come at once, over questions that make so many calls
 * in all.
 */
async function cpuOfCalls(entry: StrategyEntry, callsOfOne: number, calls: number): Promise<number> {
  const endpoint = await endpoints.start(0);
  const request = completeRequest({ ...mazeModels, strategy: entry.name, settings: settingsOf(entry) });
  const { log } = memoryRun({ command: "batch", request: {}, models: {}, seed: 0 });
  const registry = mazeRegistry(endpoint.url, { samples: 1, inFlight: 64 });
  const questions = mazeQuestions(Math.ceil(calls / callsOfOne));
  const before = process.cpuUsage();
  for await (const _ of thinkMany(questions, request, { registry, run: log }));
  const { user, system } = process.cpuUsage(before);
  const { spans } = await endpoint.stop();
  return (user + system) / 1000 / spans.length;
}

/** The same after a round that counts for nothing, in which the strategy's own code is compiled. */
async function steadyCpuOfCalls(entry: StrategyEntry, callsOfOne: number): Promise<number> {
  await cpuOfCalls(entry, callsOfOne, CALLS_UNCOUNTED);
  return cpuOfCalls(entry, callsOfOne, CALLS_COUNTED);
}

/**
 * CPU time of the barest request that can be made here, in milliseconds: undici alone sends a chat completion and parses
 * the reply as JSON. What a call costs beyond it is ours.
 */
async function floorCpu(): Promise<number> {
  let perCall = 0;
  for (let round = 0; round < 2; round++) {
    const endpoint = await endpoints.start(0);
    const dispatcher = new Pool(new URL(endpoint.url).origin, { connections: 64 });
    const messages = [{ role: "user", content: mazeQuestions(1)[0]?.text }];
    const body = JSON.stringify({ model: "maze", messages, max_tokens: 400, temperature: 0.7, seed: 1 });
    const headers = { "content-type": "application/json" };
    const before = process.cpuUsage();
    let left = 2000;
    const work = async () => {
      while (left-- > 0) {
        const url = `${endpoint.url}/chat/completions`;
        const reply = await httpRequest(url, { method: "POST", headers, body, dispatcher });
        JSON.parse(await reply.body.text());
      }
    };
    await Promise.all(Array.from({ length: 64 }, work));
    const { user, system } = process.cpuUsage(before);
    await dispatcher.close();
    const { spans } = await endpoint.stop();
    perCall = (user + system) / 1000 / spans.length;
  }
  return perCall;
}

/** The part of `slots` that was busy until nine tenths of the requests had ended. */
function busyShare({ spans }: EndpointBook, slots: number): number {
  const ends = spans.map(([, end]) => end).sort((left, right) => left - right);
  const from = Math.min(...spans.map(([start]) => start));
  const until = ends[Math.floor(0.9 * ends.length)] ?? from;
  const busy = spans.reduce((sum, [start, end]) => sum + Math.max(0, Math.min(end, until) - start), 0);
  return busy / (slots * (until - from));
}

/**
 * CPU time of the calibration loop on an idle machine of two cores. CPU time too grows on a busy one, whose cores share
 * what they have, so what a call costs is held to its bar by this measure.
 */
const IDLE_LOOP_MS = 210;

/** CPU time of one round of the calibration loop as things are, in milliseconds. */
function loopCpuMs(): number {
  const before = process.cpuUsage();
  const bestMs = calibrate();
  const { user, system } = process.cpuUsage(before);
  // The loop ran three times.
  return Math.min(bestMs, (user + system) / 3000);
}

let loopMs = loopCpuMs();

await cpuOfCalls(findStrategy("vote"), 8, WARM_UP_CALLS);
const floorMs = await floorCpu();

/**
 * CPU time a call: all of it as measured, and what is ours of it, beyond the barest request, as it would be where the
 * calibration loop takes its idle time; this is what the bar is for.
 */
function cpuCell(cpuMs: number): string {
  const idleMs = ((cpuMs - floorMs) * IDLE_LOOP_MS) / Math.max(IDLE_LOOP_MS, loopMs);
  return `${cpuMs.toFixed(2)} -> ${held(idleMs, CPU_BAR_MS)}`;
}

console.log(
  `calibration loop ${loopMs.toFixed(0)} ms; the barest request takes ${floorMs.toFixed(2)} ms of CPU; ` +
    `CPU times: all -> ours beyond it, where the loop takes ${IDLE_LOOP_MS} ms\n`,
);
console.log(
  `${CALL_MS / 1000} s a call, as many at once as a strategy wants; bar ${BAR} (vote ${VOTE_BAR}), CPU ${CPU_BAR_MS} ms a call`,
);
console.log("| strategy | n | calls | path | wall s | wall / path | most in flight | CPU ms a call |");
console.log("| --- | --- | --- | --- | --- | --- | --- | --- |");
for (const entry of strategies) {
  if (only !== undefined && only !== entry.name) continue;
  const path = criticalPaths[entry.name];
  if (path === undefined || path.skip !== undefined) {
    console.log(`| ${entry.name} | skipped: ${path?.skip ?? "no critical path is written down for it"} |`);
    continue;
  }
  for (const samples of [64, 1]) {
    const best = await measure(entry, samples);
    if (best === undefined) continue;
    const { ratio, calls, ms, most } = best;
    const wanted = samples === 1 ? path.most?.(settingsOf(entry)) : undefined;
    if (wanted !== undefined && wanted !== most) missed++;
    const cells = [
      ...[entry.name, samples === 1 ? "1" : "yes", calls, best.path, (ms / 1000).toFixed(2)],
      held(ratio, entry.name === "vote" ? VOTE_BAR : BAR),
      wanted === undefined || wanted === most ? most : `${most} (not ${wanted})`,
      samples === 1 ? cpuCell(await steadyCpuOfCalls(entry, calls)) : "",
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}

const SLOTS = 64;
const QUESTIONS = 1000;
if (only === undefined || only === "batch") {
  console.log(
    `\n${QUESTIONS} questions, vote of 5, ${SLOTS} slots, log-normal latency (median ${CALL_MS} ms, sigma 0.8)`,
  );
  loopMs = loopCpuMs();
  for (const samples of [64, 1]) {
    const endpoint = await endpoints.start(CALL_MS, 0.8);
    const request = completeRequest({
      ...{ ...mazeModels, strategy: "vote", settings: { samples: 5, confidence: 1, maxTokens: 400 } },
    });
    const { log } = memoryRun({ command: "batch", request: {}, models: {}, seed: 0 });
    const registry = mazeRegistry(endpoint.url, { samples, inFlight: SLOTS });
    const before = process.cpuUsage();
    const startedAt = performance.now();
    let answered = 0;
    for await (const outcome of thinkMany(mazeQuestions(QUESTIONS), request, { registry, run: log }))
      if ("thought" in outcome && outcome.thought.text !== undefined) answered++;
    const seconds = (performance.now() - startedAt) / 1000;
    const { user, system } = process.cpuUsage(before);
    const book = await endpoint.stop();
    const busy = busyShare(book, SLOTS);
    if (busy < 0.9 || answered !== QUESTIONS || book.mostInFlight !== SLOTS) missed++;
    console.log(
      `${samples === 1 ? "one sample a request" : "five samples a request"}: ${answered} answered in ${seconds.toFixed(1)} s, ` +
        `${book.spans.length} calls, slots ${(100 * busy).toFixed(1)}% busy, most in flight ${book.mostInFlight}, ` +
        `CPU ${cpuCell((user + system) / 1000 / book.spans.length)} ms a call`,
    );
  }
}

console.log(missed === 0 ? "\nall bars are kept" : `\n${missed} figures miss their bar`);
process.exitCode = missed === 0 ? 0 : 1;
endpoints.end();
