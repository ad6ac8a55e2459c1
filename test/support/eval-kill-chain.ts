import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { questionSeed, sampleSeed } from "../../src/models/seeds.ts";
import { type Endpoint, startEndpoint } from "../../src/models/testing/index.ts";
import { readLog } from "../../src/runs/log.ts";
import { LOG_FILE, listRuns } from "../../src/runs/run-folder.ts";
import { Random } from "../../src/thought/random.ts";
import { startCli } from "./cli-process.ts";
import { runInProcess } from "./command-line.ts";

/** What an evaluation came to. */
export interface EvalEnd {
  /** `report.json` without what differs between two runs: id, beginning, times, and the folder. */
  report: unknown;
  requests: number;
}

/** What an evaluation came to that was killed again and again. */
export interface KilledEvalEnd extends EvalEnd {
  kills: number;
  /** Seeds of samples that were asked for again although the log held them. */
  repeated: number[];
}

/** Which evaluation: `problems` sums, `samples` answers each, a third of them right by chance. */
export interface EvalSize {
  /** A folder for its files and runs. */
  folder: string;
  problems: number;
  samples: number;
}

/** A model that takes its time, thinks in words of o1's, and says the same for the same seed in every process. */
function slowModel(): Promise<Endpoint> {
  return startEndpoint({
    reply: (_prompt, _sample, seed) =>
      `${seed % 2 === 0 ? "Wait, so" : "Therefore"} it is ${"so ".repeat(seed % 7)}clear.\nAnswer: ${seed % 3}`,
    latency: { kind: "uniform", fromMs: 5, toMs: 40 },
  });
}

/** Evaluates by the command in this process, undisturbed. */
export async function undisturbedEval(size: EvalSize): Promise<EvalEnd> {
  const endpoint = await slowModel();
  try {
    const words = evalWords(size, endpoint);
    const before = process.env["SOJOURN_RUNS"];
    process.env["SOJOURN_RUNS"] = join(size.folder, "runs");
    const ended = await runInProcess(words);
    process.env["SOJOURN_RUNS"] = before ?? "";
    if (ended.code !== 0) throw new Error(ended.err);
    return { report: readReport(size.folder), requests: endpoint.ledger.entries.length };
  } finally {
    await endpoint.close();
  }
}

/** Evaluates by the command, which is ended by SIGKILL so many times and each time resumed. */
export async function killedEval(size: EvalSize, kills: number, seed: number): Promise<KilledEvalEnd> {
  const random = new Random(`eval-kill-chain/${seed}`);
  const endpoint = await slowModel();
  const { entries } = endpoint.ledger;
  const words = evalWords(size, endpoint);
  const repeated: number[] = [];
  const all = size.problems * size.samples;
  try {
    for (let killed = 0; ; ) {
      const before = entries.length;
      const finished = finishedSamples(size.folder);
      const resumed = ["resume", "latest", "--config", configOf(size.folder)];
      const child = startCli(listRuns(join(size.folder, "runs")).length === 0 ? words : resumed, size);
      const ending = { gone: false };
      const ended = child.ended.finally(() => {
        ending.gone = true;
      });
      if (killed < kills) {
        // Each life makes about as many calls, so that the kills fall all over the run.
        const moment = before + random.integer(1, Math.ceil(all / (kills + 1)));
        while (!ending.gone && entries.length < moment) await wait(2);
        child.process.kill("SIGKILL");
      }
      const { code, err } = await ended;
      for (const { request } of entries.slice(before))
        if (finished.has(request.body.seed ?? -1)) repeated.push(request.body.seed ?? -1);
      if (child.process.signalCode === "SIGKILL") killed++;
      else if (code !== 0) throw new Error(err);
      else return { report: readReport(size.folder), requests: entries.length, kills: killed, repeated };
    }
  } finally {
    await endpoint.close();
  }
}

function evalWords({ folder, problems, samples }: EvalSize, { url }: Endpoint): string[] {
  const rows = Array.from({ length: problems }, (_, place) => ({
    question: `What is ${place} modulo 3?`,
    gold: place % 3,
    level: (place % 5) + 1,
  }));
  const data = join(folder, "problems.jsonl");
  writeFileSync(data, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const prices = { "*": { input: 1, output: 2 } };
  writeFileSync(configOf(folder), JSON.stringify({ providers: { vllm: { baseUrl: url, prices } } }));
  return [
    ...["eval", "own", "--data", data, "--columns", "question=question,answer=gold,level=level"],
    ...["--model", "vllm/sums", "--strategy", "step-by-step", "--order", "asked", "--at-once", "16"],
    ...["--samples", String(samples), "--quiet", "--config", configOf(folder)],
  ];
}

function configOf(folder: string): string {
  return join(folder, "sojourn.yaml");
}

function readReport(folder: string): unknown {
  const runs = join(folder, "runs");
  const text = readFileSync(join(runs, listRuns(runs)[0] ?? "", "report.json"), "utf8");
  const {
    run: _run,
    createdAt: _createdAt,
    timing: _timing,
    ...report
  } = z.record(z.string(), z.json()).parse(JSON.parse(text.replaceAll(folder, "")));
  return report;
}

/** Seeds of all samples whose calls the log holds as finished. */
function finishedSamples(folder: string): Set<number> {
  const runs = join(folder, "runs");
  const [run] = listRuns(runs);
  if (run === undefined) return new Set();
  const seeds = readLog(join(runs, run, LOG_FILE)).events.flatMap((event) =>
    event.type === "call-finished"
      ? event.samples.map(({ index }) =>
          sampleSeed(questionSeed(0, event.question ?? ""), event.site, event.occurrence, index),
        )
      : [],
  );
  return new Set(seeds);
}
