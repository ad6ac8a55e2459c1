import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { type Endpoint, type EndpointRequest, startEndpoint } from "../../src/models/testing/index.ts";
import { readLog } from "../../src/runs/log.ts";
import { memoryRun } from "../../src/runs/open-run.ts";
import { LOG_FILE } from "../../src/runs/run-folder.ts";
import { finishedSeeds, strategyEvents } from "../../src/strategies/scripted-world.ts";
import type { Event } from "../../src/thought/event.ts";
import { Random } from "../../src/thought/random.ts";
import { startChild } from "./child.ts";
import { batchRun, thinkBatch } from "./maze-batch.ts";
import { mazeQuestions, mazeReply } from "./maze-endpoint.ts";

/** What a batch came to. */
export interface BatchEnd {
  answers: Record<string, string>;
  /** By question, all its events but calls. */
  stories: object;
  requests: number;
}

/** What a batch came to that was killed again and again. */
export interface KilledEnd extends BatchEnd {
  /** How often it was killed before it was done. */
  kills: number;
  /** Numbers of requests that were sent although the log held their calls as finished. */
  repeated: number[];
}

/** Which batch, and how it is disturbed. */
export interface KillChainOptions {
  /** The folder of its run. */
  root: string;
  strategy: string;
  questions: number;
  /** Most kills; then it may come to its end. */
  kills: number;
  /** Draws the moments. */
  seed: number;
}

const answersSchema = z.record(z.string(), z.string());

/** A model that takes its time, and says the same for the same seed in every process. */
function slowMaze(): Promise<Endpoint> {
  return startEndpoint({ reply: mazeReply, latency: { kind: "uniform", fromMs: 10, toMs: 60 } });
}

/** Thinks about a batch in this process, undisturbed. */
export async function undisturbed({
  strategy,
  questions,
}: Pick<KillChainOptions, "strategy" | "questions">): Promise<BatchEnd> {
  const endpoint = await slowMaze();
  try {
    const { log, events } = memoryRun(batchRun(strategy));
    const answers = await thinkBatch({ url: endpoint.url, strategy, questions }, log);
    return { answers, stories: storiesOf(events, questions), requests: endpoint.ledger.entries.length };
  } finally {
    await endpoint.close();
  }
}

/** Thinks about a batch in processes that are ended by SIGKILL at random moments, each resuming the one before. */
export async function killChain(options: KillChainOptions): Promise<KilledEnd> {
  const { root, strategy, questions, kills, seed } = options;
  const random = new Random(`kill-chain/${strategy}/${seed}`);
  const endpoint = await slowMaze();
  const { entries } = endpoint.ledger;
  const program = new URL("think-until-killed.ts", import.meta.url);
  const repeated: number[] = [];
  const eventsOf = (run: string): Event[] => readLog(join(root, run, LOG_FILE)).events;
  try {
    let run: string | undefined;
    let killed = 0;
    for (;;) {
      const finished = finishedCalls(run === undefined ? [] : eventsOf(run), questions);
      const before = entries.length;
      const words = [root, endpoint.url, strategy, String(questions), ...(run === undefined ? [] : [run])];
      const child = startChild(program, ...words);
      let gone = false;
      const ended = child.ended.finally(() => {
        gone = true;
      });
      if (killed < kills) {
        const moment = before + random.integer(1, 6);
        while (!gone && entries.length < moment) await wait(2);
        await wait(random.integer(0, 50));
        await child.kill();
        if (child.process.signalCode === "SIGKILL") killed++;
      }
      await ended;
      const [id, answers] = await child.said(2);
      run ??= id;
      for (const { request } of entries.slice(before))
        if (finished.some((isOf) => isOf(request))) repeated.push(request.number);
      if (child.process.signalCode === "SIGKILL" && answers === undefined) continue;
      if (run === undefined || answers === undefined) throw new Error("the batch ended without answers");
      return {
        answers: answersSchema.parse(JSON.parse(answers)),
        stories: storiesOf(eventsOf(run), questions),
        requests: entries.length,
        kills: killed,
        repeated,
      };
    }
  } finally {
    await endpoint.close();
  }
}

/** For each question, what tells the requests whose calls its log holds. Questions of a run have the same seeds. */
function finishedCalls(
  events: readonly Event[],
  questions: number,
): ((request: EndpointRequest) => boolean)[] {
  return mazeQuestions(questions).map(({ id, text }) => {
    const seeds = finishedSeeds(
      events.filter(({ question }) => question === id),
      0,
    );
    return ({ body, prompt }) => seeds.has(body.seed ?? -1) && JSON.stringify(prompt).includes(text);
  });
}

function storiesOf(events: readonly Event[], questions: number): object {
  const stories = mazeQuestions(questions).map(({ id }) => [
    id,
    strategyEvents(events.filter(({ question }) => question === id)),
  ]);
  return Object.fromEntries(stories);
}
