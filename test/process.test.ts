import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { type Endpoint, type EndpointOptions, startEndpoint } from "../src/models/testing/index.ts";
import { type Event, eventSchema, isCallEvent } from "../src/thought/event.ts";
import { hashText } from "../src/thought/random.ts";
import { startCli } from "./support/cli-process.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const KEY = "sk-test-2718281828459045";

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

async function endpoint(options: EndpointOptions): Promise<Endpoint> {
  const server = await startEndpoint(options);
  onTestFinished(() => server.close());
  return server;
}

function cli(words: readonly string[], server?: Endpoint, input?: string) {
  const environment = server === undefined ? {} : { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: KEY };
  return startCli(words, { folder, environment, ...(input === undefined ? {} : { input }) });
}

function runIds(): string[] {
  try {
    return readdirSync(join(folder, "runs"));
  } catch {
    return [];
  }
}

/** The whole events of a run's log; a torn last line is left out. */
function eventsOf(run: string): Event[] {
  const lines = readFileSync(join(run, "events.jsonl"), "utf8").split("\n").slice(0, -1);
  return lines.map((line) => eventSchema.parse(JSON.parse(line)));
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds() && tries < 12_000; tries++) await wait(10);
  expect(holds()).toBe(true);
}

describe("the command in a process of its own", () => {
  test("answers a question from standard input, without colour where there is no terminal", async () => {
    const words = ["ask", "--model", "scripted/tree", "--show", "tree"];
    const { code, out, err } = await cli(words, undefined, "Which way?\n").ended;
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(" ┌ step 1: take door ");
    expect(out).not.toContain("\u001b");
  });

  test("ends with 2 and one line, and no stack, for a slip of the pen", async () => {
    const { code, out, err } = await cli(["ask", "Hm?", "--model", "opnai/x"]).ended;
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^sojourn: no provider "opnai"; did you mean openai\?[^\n]*\n$/);
  });

  test.each(["SIGINT", "SIGTERM"] as const)(
    "keeps its work at %s, ends with 130 and says how to go on",
    async (signal) => {
      const server = await endpoint({
        reply: () => "Answer: 42",
        fault: ({ number }) => (number >= 2 ? { kind: "silent" } : undefined),
      });
      const words = ["ask", "Hm?", "-m", "openai/any", "--concurrency", "1", "--order", "asked"];
      const asking = cli(words, server);
      await until(() => server.ledger.entries.length === 3);
      asking.process.kill(signal);
      const { code, out, err } = await asking.ended;
      const [run = ""] = runIds();
      expect({ code, out, err }).toEqual({
        ...{ code: 130, out: "", err: `interrupted; go on with: sojourn resume ${run}\n` },
      });
      const events = eventsOf(join(folder, "runs", run));
      expect(events.filter(({ type }) => type === "task-told")).toHaveLength(2);
      expect(events.at(-1)).toMatchObject({ type: "call-failed", outcome: "cancelled" });
    },
    60_000,
  );

  test("lets one process alone go on with a run", async () => {
    const server = await endpoint({ fault: () => ({ kind: "silent" }) });
    const asking = cli(["ask", "Hm?", "-m", "openai/any"], server);
    await until(() => server.ledger.entries.length > 0);
    const { code, err } = await cli(["resume", "latest"], server).ended;
    expect(code).toBe(2);
    expect(err).toMatch(/^sojourn: [^\n]+ is owned by the running process \d+; [^\n]+\n$/);
    asking.process.kill("SIGKILL");
    await asking.ended;
  }, 60_000);
});

/** Moments at which a run is killed (KILLS=50 for more of them), and how many such runs are under way at once. */
const KILLS = Number(process.env["KILLS"] ?? 16);
const TOGETHER = 5;
const SAMPLES = 8;

describe("a run that is killed at any moment", () => {
  const words = [
    ...["ask", "Which number is it?", "-m", "openai/any", "--samples", `${SAMPLES}`, "--concurrency", "3"],
    ...["--order", "asked", "--seed", "7", "--json"],
  ];

  /** Answers by a request's seed alone, so that every process gets the same replies. */
  function oracle(): Promise<Endpoint> {
    return endpoint({
      reply: (_prompt, _sample, seed) => `thinking about ${seed}\nAnswer: ${hashText(`${seed}`) % 3}`,
      latency: { kind: "fixed", ms: 25 },
      fault: () => ({ kind: "ignores-n" }),
    });
  }

  test("comes to the same end when it is resumed, and sends no call again that its log holds", async () => {
    const server = await oracle();
    const whole = await cli(words, server).ended;
    expect(whole).toMatchObject({ code: 0, err: "" });
    const unbroken = readRun(folder);

    let unfinished = 0;
    async function killAndResume(moment: number): Promise<void> {
      const own = await oracle();
      const place = temporaryFolder();
      const environment = { OPENAI_BASE_URL: own.url, OPENAI_API_KEY: KEY };
      const asking = startCli(words, { folder: place, environment });
      await until(() => own.ledger.entries.length > moment % SAMPLES);
      await wait((moment * 7) % 40);
      asking.process.kill("SIGKILL");
      await asking.ended;
      const before = readRun(place);
      if (!before.types.includes("run-finished")) unfinished++;
      const sent = own.ledger.entries.length;
      const resumed = await startCli(["resume", "latest", "--json"], { folder: place, environment }).ended;
      expect(resumed.code, resumed.err).toBe(0);
      const again = own.ledger.entries
        .slice(sent)
        .filter(({ request }) => before.seeds.has(request.body.seed ?? -1));
      expect(again).toEqual([]);
      expect(outcomeOf(resumed.out)).toEqual(outcomeOf(whole.out));
      const after = readRun(place);
      expect(after.story).toEqual(unbroken.story);
      expect(after.calls).toEqual(unbroken.calls);
      expect(resumed.out + resumed.err + after.text).not.toContain(KEY);
    }
    const moments = Array.from({ length: KILLS }, (_, moment) => moment);
    for (let first = 0; first < KILLS; first += TOGETHER) {
      await Promise.all(moments.slice(first, first + TOGETHER).map(killAndResume));
    }
    expect(unfinished).toBeGreaterThan(KILLS / 2);
  }, 900_000);
});

/** What the only run of a folder has logged. */
function readRun(place: string) {
  const runs = join(place, "runs");
  const [run = ""] = readdirSync(runs);
  const text = readFileSync(join(runs, run, "events.jsonl"), "utf8");
  const events = eventsOf(join(runs, run));
  const finished = events.flatMap((event) => (event.type === "call-finished" ? event : []));
  return {
    text: text + readFileSync(join(runs, run, "run.json"), "utf8"),
    types: events.map(({ type }) => type),
    /** All events but the calls' own, without times and the run's name. */
    story: events
      .filter((event) => !isCallEvent(event) && event.type !== "run-started")
      .map(({ at: _at, ...event }) => event),
    /** Each sample of a finished call with its key. */
    calls: finished
      .flatMap(({ site, occurrence, fingerprint, samples }) =>
        samples.map((sample) => JSON.stringify([site, occurrence, fingerprint, sample])),
      )
      .sort(),
    /** Seeds of the requests whose calls have finished. */
    seeds: new Set(finished.map(({ request }) => sentSchema.parse(request).parameters.seed)),
  };
}

const sentSchema = z.object({ parameters: z.object({ seed: z.int() }) });

/** What `--json` prints, without the time and the run's name. */
function outcomeOf(out: string): object {
  const { wallMs: _wallMs, run: _run, ...rest } = z.looseObject({}).parse(JSON.parse(out));
  return rest;
}
