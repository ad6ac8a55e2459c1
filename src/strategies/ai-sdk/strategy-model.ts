import type {
  JSONObject,
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV3Content,
  LanguageModelV3StreamPart,
  LanguageModelV3Usage,
} from "@ai-sdk/provider";
import type { StopReason } from "../../thought/event.ts";
import type { LiveThought } from "../live-thought.ts";
import { findStrategy } from "../registry.ts";
import type { ThoughtThrough } from "../think.ts";
import { type ThinkOptions, think } from "../think-aloud.ts";
import { type ReadCall, readCall } from "./read-call.ts";
import { ThoughtParts } from "./thought-parts.ts";

/** What stands behind a model of the AI SDK that thinks. */
export interface StrategyModelOptions {
  /** How it thinks; a call's own settings go before these. */
  think: ThinkOptions;
  provider: string;
  modelId: string;
}

/**
 * A strategy as a model of the AI SDK (specification V3): a call is a question, its thinking comes as reasoning while it
 * goes on, its answer as text, its usage is that of all calls that were made for it. `providerMetadata.sojourn` holds how
 * it came about.
 */
export function strategyModel({ think: made, provider, modelId }: StrategyModelOptions): LanguageModelV3 {
  const begin = (call: ReadCall, signal: AbortSignal | undefined, show: ThinkOptions["show"]): LiveThought =>
    think(call.question, { ...made, ...call.options, signal, show });

  return {
    specificationVersion: "v3",
    provider,
    modelId,
    supportedUrls: {},

    async doGenerate(options: LanguageModelV3CallOptions) {
      const call = readCall(options);
      const content: LanguageModelV3Content[] = [];
      const parts = new ThoughtParts((part) => collect(content, part), {
        textIsAnswer: false,
        stop: call.stop,
      });
      const thinking = begin(call, options.abortSignal, undefined);
      for await (const event of thinking) parts.event(event);
      const answer = await thinking;
      parts.finish(answer.text);
      const ours = answer.warnings.map((message) => ({ type: "other", message }) as const);
      return {
        content,
        ...endOf(answer, thinking),
        response: { modelId, ...(thinking.run && { id: thinking.run.id }) },
        warnings: [...call.warnings, ...ours],
      };
    },

    async doStream(options: LanguageModelV3CallOptions) {
      const call = readCall(options);
      const queue: LanguageModelV3StreamPart[] = [];
      let emit = (part: LanguageModelV3StreamPart): void => void queue.push(part);
      const streams = streamsOf({ ...made, ...call.options });
      const parts = new ThoughtParts((part) => emit(part), {
        textIsAnswer: streams === "answer",
        stop: call.stop,
      });
      const show: ThinkOptions["show"] = streams === undefined ? undefined : (delta) => parts.delta(delta);
      const thinking = begin(call, options.abortSignal, show);
      const events = thinking[Symbol.asyncIterator]();
      // What is wrong with the call itself, such as a name, rejects it; what fails later ends the stream.
      const first = await events.next();
      return {
        stream: new ReadableStream<LanguageModelV3StreamPart>({
          start(controller) {
            controller.enqueue({ type: "stream-start", warnings: call.warnings });
            if (thinking.run !== undefined)
              controller.enqueue({ type: "response-metadata", id: thinking.run.id, modelId });
            emit = (part) => controller.enqueue(part);
            for (const part of queue) emit(part);
            void tellRest(first, events, { controller, parts, thinking, signal: options.abortSignal });
          },
          cancel(reason) {
            emit = () => {};
            thinking.stop(reason);
          },
        }),
      };
    },
  };
}

type EventIterator = ReturnType<LiveThought[typeof Symbol.asyncIterator]>;

async function tellRest(
  first: Awaited<ReturnType<EventIterator["next"]>>,
  events: EventIterator,
  told: {
    controller: ReadableStreamDefaultController<LanguageModelV3StreamPart>;
    parts: ThoughtParts;
    thinking: LiveThought;
    signal: AbortSignal | undefined;
  },
): Promise<void> {
  const { controller, parts, thinking, signal } = told;
  try {
    for (let next = first; next.done !== true; next = await events.next()) parts.event(next.value);
    const answer = await thinking;
    parts.finish(answer.text);
    controller.enqueue({ type: "finish", ...endOf(answer, thinking) });
    controller.close();
  } catch (error) {
    try {
      if (signal?.aborted === true) controller.error(error);
      else {
        controller.enqueue({ type: "error", error });
        controller.close();
      }
    } catch {
      // Nobody reads the stream any more.
    }
  }
}

/** What the strategy's pieces of text are while they stream, where it has a single thought. */
function streamsOf({ strategy = "auto", samples }: ThinkOptions): "answer" | "thought" | undefined {
  const entry = typeof strategy === "string" ? findStrategy(strategy) : strategy;
  if (typeof entry === "function" || (samples ?? entry.defaults.samples ?? 1) > 1) return undefined;
  return entry.streams;
}

function collect(content: LanguageModelV3Content[], part: LanguageModelV3StreamPart): void {
  if (part.type === "reasoning-start" || part.type === "text-start") {
    content.push({ type: part.type === "text-start" ? "text" : "reasoning", text: "" });
  } else if (part.type === "reasoning-delta" || part.type === "text-delta") {
    const open = content.at(-1);
    if (open?.type === "reasoning" || open?.type === "text") open.text += part.delta;
  }
}

const finishReasons = { answered: "stop", budget: "length", "no-answer": "other" } as const;

function endOf(answer: ThoughtThrough, { run, thought }: LiveThought) {
  const { stopReason, usage, strategy, effort, model, checked, candidates } = answer;
  const { reason = "" } = thought;
  return {
    finishReason: { unified: finishReasons[stopReason satisfies StopReason], raw: stopReason },
    usage: usageOf(answer),
    providerMetadata: {
      sojourn: {
        ...{ strategy, effort, model, stopReason, checked, reason, thought: answer.thought },
        candidates: candidates.map(({ score, ...candidate }) =>
          score === undefined ? candidate : { ...candidate, score },
        ),
        usage: plainUsage(usage),
        ...(run !== undefined && { run: run.id }),
      },
    },
  };
}

/** All calls together. What no backend reported is an estimate, and stands in `raw` alone. */
function usageOf({ usage }: ThoughtThrough): LanguageModelV3Usage {
  const { inputTokens, outputTokens, reasoningTokens } = usage;
  return {
    inputTokens: { total: inputTokens, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: outputTokens, text: outputTokens - reasoningTokens, reasoning: reasoningTokens },
    raw: plainUsage(usage),
  };
}

function plainUsage({ byRole, ...total }: ThoughtThrough["usage"]): JSONObject {
  const roles = Object.entries(byRole).flatMap(([role, part]) =>
    part === undefined ? [] : [[role, { ...part }]],
  );
  return { ...total, byRole: Object.fromEntries(roles) };
}
