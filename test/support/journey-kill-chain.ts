import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { vi } from "vitest";
import type { Endpoint } from "../../src/models/testing/index.ts";
import { listRuns } from "../../src/runs/run-folder.ts";
import { Random } from "../../src/thought/random.ts";
import { startCli } from "./cli-process.ts";
import { runInProcess } from "./command-line.ts";
import { startWalker } from "./walker-endpoint.ts";

/** What growing and weaving came to. */
export interface JourneyEnd {
  /** The data sets by name, without the run's id, which is another each time. */
  dataSets: Record<string, string>;
  /** `weave.json` without the run's id. */
  report: unknown;
  kills: number;
}

/** Grows trees and weaves them by the commands, ended by SIGKILL so many times each and gone on with. */
export async function journey(folder: string, kills: number): Promise<JourneyEnd> {
  const slow = { latency: { kind: "uniform", fromMs: 5, toMs: 40 } } as const;
  const { endpoint, config, data } = await startWalker(folder, 8, slow);
  try {
    const grow = [
      ...["grow", "own", "--data", data, "--config", config, "--model", "vllm/walker", "--order", "asked"],
      ...["--width", "3", "--keep", "4", "--depth", "4", "--completions", "2", "--at-once", "4", "--quiet"],
    ];
    const weave = [
      ...[
        "weave",
        "latest",
        "--out",
        join(folder, "data"),
        "--config",
        config,
        "--writer",
        "vllm/refiner",
        "--pairs",
        "2",
        "--quiet",
      ],
      ...["--arms", "shortcut,journey-draft,journey-refined,preference,process-reward"],
    ];
    if (kills === 0) {
      for (const words of [grow, weave]) await inProcess(words, folder);
      return { ...readDataSets(folder), kills };
    }
    const killed = [
      await untilDone({
        folder,
        endpoint,
        kills,
        begin: grow,
        goOn: ["resume", "latest", "--quiet", "--config", config],
      }),
      await untilDone({ folder, endpoint, kills, begin: weave, goOn: weave }),
    ];
    return { ...readDataSets(folder), kills: killed.reduce((sum, times) => sum + times, 0) };
  } finally {
    await endpoint.close();
  }
}

async function inProcess(words: string[], folder: string): Promise<void> {
  vi.stubEnv("SOJOURN_RUNS", join(folder, "runs"));
  const { code, err } = await runInProcess(words);
  if (code !== 0) throw new Error(err);
}

/** Runs a command to its end through so many kills; returns how many there were. */
async function untilDone(work: {
  folder: string;
  endpoint: Endpoint;
  kills: number;
  begin: string[];
  goOn: string[];
}): Promise<number> {
  const { folder, endpoint, kills, begin, goOn } = work;
  const random = new Random(`journey-kill-chain/${begin[0]}`);
  const { entries } = endpoint.ledger;
  for (let killed = 0, lives = 0; ; lives++) {
    const before = entries.length;
    const child = startCli(lives === 0 || listRuns(join(folder, "runs")).length === 0 ? begin : goOn, {
      folder,
    });
    const ending = { gone: false };
    const ended = child.ended.finally(() => {
      ending.gone = true;
    });
    if (killed < kills) {
      const moment = before + random.integer(2, 10);
      while (!ending.gone && entries.length < moment) await wait(2);
      child.process.kill("SIGKILL");
    }
    const { code, err } = await ended;
    if (child.process.signalCode === "SIGKILL") killed++;
    else if (code !== 0) throw new Error(err);
    else return killed;
  }
}

function readDataSets(folder: string): Pick<JourneyEnd, "dataSets" | "report"> {
  const [run = ""] = listRuns(join(folder, "runs"));
  const data = join(folder, "data");
  const read = (name: string): string => readFileSync(join(data, name), "utf8").replaceAll(run, "RUN");
  const names = readdirSync(data).filter((name) => name.endsWith(".jsonl"));
  return {
    dataSets: Object.fromEntries(names.map((name) => [name, read(name)])),
    report: JSON.parse(read("weave.json")),
  };
}
