import {
  APICallError,
  type LanguageModelV3,
  type LanguageModelV3CallOptions,
  type LanguageModelV3StreamPart,
  type LanguageModelV3Usage,
} from "@ai-sdk/provider";
import { z } from "zod";
import type { Backend } from "../models/backend.ts";
import { scriptedBackend } from "../models/scripted.ts";
import { treeReply } from "../models/scripted-tree.ts";
import { sampleSeed } from "../models/seeds.ts";
import type { Checker } from "../problems/problem.ts";
import { memoryRun } from "../runs/open-run.ts";
import { type Event, isCallEvent } from "../thought/event.ts";
import type { Question } from "../thought/question.ts";
import { hashText, Random } from "../thought/random.ts";
import { roleSchema, type TokenUsage } from "../thought/usage.ts";
import type { StrategyEntry } from "./registry.ts";
import { scriptedRoles } from "./scripted-roles.ts";
import type { PartialSettings } from "./settings.ts";
import { type ThoughtThrough, thinkThrough } from "./think.ts";
import { completeRequest } from "./think-request.ts";

/** One question thought about in a world of scripted models. */
export interface ScriptedThinking {
  strategy: string;
  /** The strategy itself, where it stands in no registry. */
  entry?: StrategyEntry;
  settings?: PartialSettings;
  question?: Question;
  checker?: Checker;
  /** Draws the order in which replies arrive. Default 0. */
  arrivals?: number;
  /** Share of the samples whose calls fail for good, in [0, 1]. Default 0. */
  failures?: number;
  /** Milliseconds until a reply comes. Default: as soon as its turn has come. */
  delayMs?: number;
  /** Most samples of one request. Default 64. */
  samplesPerRequest?: number;
  /** Events of an earlier run, to be resumed. Default none. */
  logged?: readonly Event[];
  signal?: AbortSignal;
  /** Fires when it is to end with its best answer so far. */
  enough?: AbortSignal;
}

/** What came of it. */
export interface ScriptedOutcome {
  /** Rejected where thinking threw. */
  result: Promise<ThoughtThrough>;
  /** The run's events so far, those of the earlier run first. */
  events: readonly Event[];
  /** Seeds of all samples that were asked of the model, in the order asked. */
  asked: readonly number[];
  /** Sums of what the model reported. */
  reported: Pick<TokenUsage, "inputTokens" | "outputTokens" | "calls">;
}

/** The question of a scripted world. */
export const mazeQuestion: Question = { id: "q1", text: "Which way leads out of the maze?" };

/** Thinks about a question with the maze model of `models/scripted-tree.ts`, which reports log-probabilities here. */
export function thinkScripted(thinking: ScriptedThinking): ScriptedOutcome {
  const { strategy, entry, settings = {}, question = mazeQuestion, checker, logged } = thinking;
  const { signal, enough } = thinking;
  const asked: number[] = [];
  const reported = { inputTokens: 0, outputTokens: 0, calls: 0 };
  const backend = scriptedBackend({
    name: "scripted/maze",
    traits: { logprobs: true },
    samplesPerRequest: thinking.samplesPerRequest ?? 64,
    reply: (prompt, _sample, seed) => {
      const said = treeReply(prompt, seed);
      const text = typeof said === "string" ? said : said.text;
      return { text, meanLogprob: -(hashText(`${seed}`) % 8) / 8 };
    },
  });
  const world = { ...thinking, asked, reported, turn: turns(thinking) };
  const open = (name: string): Backend => {
    const role = roleSchema.safeParse(name.replace("scripted/", ""));
    const reply = role.success ? scriptedRoles[role.data] : undefined;
    const plays =
      reply === undefined
        ? backend
        : scriptedBackend({ name, reply, samplesPerRequest: thinking.samplesPerRequest ?? 64 });
    return { ...plays, load: async () => unreliable(await plays.load(), world) };
  };
  const roles = Object.fromEntries(Object.keys(scriptedRoles).map((role) => [role, `scripted/${role}`]));
  const { log, events } = memoryRun(
    { command: "ask", request: {}, models: { policy: "scripted/maze" }, seed: settings.seed ?? 0 },
    { ...(logged === undefined ? {} : { logged }) },
  );
  const request = completeRequest({ model: "scripted/maze", roles, strategy, settings });
  const result = thinkThrough(question, request, {
    ...{ registry: { open, list: () => [] }, run: log, checker, signal, enough, entry },
  });
  result.catch(() => {});
  return { result, events, asked, reported };
}

/** Seeds of the samples that a log holds whole. */
export function finishedSeeds(events: readonly Event[], seed: number): Set<number> {
  const seeds = events.flatMap((event) =>
    event.type === "call-finished"
      ? event.samples.map(({ index }) => sampleSeed(seed, event.site, event.occurrence, index))
      : [],
  );
  return new Set(seeds);
}

/** Events as two runs with one seed have to share them: times and calls apart, whose place is left to chance. */
export function strategyEvents(events: readonly Event[]): object[] {
  return events.filter((event) => !isCallEvent(event) && event.type !== "run-started").map(withoutTime);
}

/** Calls as two runs with one seed have to share them, in an order of their own. */
export function callEvents(events: readonly Event[]): string[] {
  const calls = events.flatMap((event) =>
    event.type === "call-finished" || event.type === "call-failed" ? { ...event, wallMs: 0 } : [],
  );
  return calls.map((call) => JSON.stringify(withoutTime(call))).sort();
}

function withoutTime({ at: _at, ...event }: Event): object {
  return event;
}

const askedSchema = z.object({ samples: z.array(z.object({ seed: z.int() })) });

/** Lets replies arrive one by one, in an order drawn by lot over all models. */
function turns({ arrivals = 0, delayMs = 0 }: ScriptedThinking): () => Promise<void> {
  const random = new Random(`arrivals/${arrivals}`);
  const waiting: (() => void)[] = [];
  const landOne = (): void => {
    const [land] = waiting.splice(random.integer(0, waiting.length - 1), 1);
    land?.();
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (delayMs === 0) setImmediate(landOne);
      else setTimeout(landOne, delayMs);
    });
}

/** A model that refuses some calls for good, and keeps the books that a test compares ours with. */
function unreliable(
  model: LanguageModelV3,
  world: Pick<ScriptedThinking, "failures"> & {
    asked: number[];
    reported: { inputTokens: number; outputTokens: number; calls: number };
    turn: () => Promise<void>;
  },
): LanguageModelV3 {
  const { failures = 0, asked, reported, turn } = world;
  /** Notes the samples that are asked for; what it returns awaits their turn, and throws where they are refused. */
  const begin = ({ providerOptions, abortSignal }: LanguageModelV3CallOptions) => {
    const seeds = askedSchema.parse(providerOptions?.["scripted"]).samples.map(({ seed }) => seed);
    asked.push(...seeds);
    reported.calls++;
    return async () => {
      await turn();
      abortSignal?.throwIfAborted();
      if (seeds.some((seed) => new Random(`failure/${seed}`).chance(failures))) throw refusal();
    };
  };
  const count = ({ inputTokens, outputTokens }: LanguageModelV3Usage) => {
    reported.inputTokens += inputTokens.total ?? 0;
    reported.outputTokens += outputTokens.total ?? 0;
  };
  return {
    ...model,
    async doGenerate(options) {
      await begin(options)();
      const reply = await model.doGenerate(options);
      count(reply.usage);
      return reply;
    },
    async doStream(options) {
      const itsTurn = begin(options);
      const { stream, ...reply } = await model.doStream(options);
      // The text comes at once and its end in its turn: who cancels has had something.
      const held = new TransformStream<LanguageModelV3StreamPart, LanguageModelV3StreamPart>({
        async transform(part, controller) {
          if (part.type === "finish") {
            await itsTurn();
            count(part.usage);
          }
          controller.enqueue(part);
        },
      });
      return { ...reply, stream: stream.pipeThrough(held) };
    },
  };
}

/** An error that no retry mends. */
function refusal(): Error {
  return new APICallError({
    ...{ message: "not today", url: "scripted", requestBodyValues: {}, statusCode: 422 },
  });
}
