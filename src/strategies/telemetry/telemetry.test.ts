import { AsyncLocalStorage } from "node:async_hooks";
import { type Context, context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type ScriptedBackendSettings, scriptedBackend } from "../../models/scripted.ts";
import type { Reward } from "../../rewards/reward.ts";
import { memoryRun } from "../../runs/open-run.ts";
import type { Strategy } from "../strategy.ts";
import { type ThinkOptions, think } from "../think-aloud.ts";
import { traceQuestion } from "./trace-question.ts";

const exporter = new InMemorySpanExporter();
const storage = new AsyncLocalStorage<Context>();

/** What an application that wants traces does at its start. */
function setUp(): void {
  exporter.reset();
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
  context.setGlobalContextManager({
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, work, self, ...values) => storage.run(active, () => work.call(self, ...values)),
    bind: (_, target) => target,
    enable: () => context["_getContextManager"](),
    disable: () => context["_getContextManager"](),
  });
}

beforeEach(setUp);
afterEach(() => {
  trace.disable();
  context.disable();
});

const backend = (more: Partial<ScriptedBackendSettings> = {}) =>
  scriptedBackend({
    name: "lab/small",
    reply: (_, sample) => `so\nAnswer: ${sample === 1 ? 13 : 12}`,
    ...more,
  });
const late: Reward = { name: "late", score: async () => ({ value: 0.5, by: "late" }) };
const ask = (options: ThinkOptions = {}) =>
  think("7 + 5?", { model: backend(), strategy: "best-of-n", samples: 2, reward: late, ...options });

const spans = (): ReadableSpan[] => exporter.getFinishedSpans();
const named = (name: string): ReadableSpan => {
  const found = spans().find((span) => span.name === name);
  if (found === undefined)
    throw new Error(
      `no span ${name} among ${spans()
        .map((span) => span.name)
        .join(", ")}`,
    );
  return found;
};
const parentOf = (span: ReadableSpan): string | undefined =>
  spans().find((other) => other.spanContext().spanId === span.parentSpanContext?.spanId)?.name;

describe("telemetry", () => {
  test("makes a span of the strategy, its steps, its scores and its calls, by the GenAI conventions", async () => {
    const { usage } = await ask({
      model: backend({ samplesPerRequest: 1 }),
      maxTokens: 20,
      temperature: 0.5,
    });
    const counts = spans().map(({ name }) => name);
    expect(counts.sort()).toEqual(
      [
        "chat small",
        "chat small",
        "invoke_agent best-of-n",
        "score 0.0",
        "score 0.1",
        "step 0.0",
        "step 0.1",
      ].sort(),
    );
    const root = named("invoke_agent best-of-n");
    expect(root).toMatchObject({ kind: SpanKind.INTERNAL, parentSpanContext: undefined });
    expect(root.attributes).toMatchObject({
      "gen_ai.operation.name": "invoke_agent",
      "gen_ai.agent.name": "best-of-n",
      "gen_ai.provider.name": "lab",
      "gen_ai.request.model": "small",
      "gen_ai.usage.input_tokens": usage.inputTokens,
      "gen_ai.usage.output_tokens": usage.outputTokens,
      "sojourn.question": "q1",
      "sojourn.stop_reason": "answered",
      "sojourn.checked": false,
    });
    expect(named("step 0.1").attributes).toMatchObject({
      "sojourn.task.kind": "roll-out",
      "sojourn.node.id": "0.1",
      "sojourn.node.parent": "0",
      "sojourn.node.depth": 1,
      "sojourn.node.answered": true,
      "sojourn.score": 0.5,
      "sojourn.score.by": "late",
    });
    const chat = named("chat small");
    expect(chat.kind).toBe(SpanKind.CLIENT);
    expect(chat.attributes).toMatchObject({
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "lab",
      "gen_ai.request.model": "small",
      "gen_ai.request.max_tokens": 20,
      "gen_ai.request.temperature": 0.5,
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.usage.output_tokens": 3,
      "gen_ai.usage.reasoning.output_tokens": 0,
      "sojourn.role": "policy",
      "sojourn.site": "roll-out:0",
    });
  });

  test("hangs each span below the right one, and its time within that one's", async () => {
    await ask({ model: backend({ samplesPerRequest: 1, delayMs: 5 }) });
    const chats = spans().filter(({ name }) => name === "chat small");
    expect(chats.map(parentOf).sort()).toEqual(["step 0.0", "step 0.1"]);
    for (const name of ["step 0.0", "step 0.1", "score 0.0"])
      expect(parentOf(named(name))).toBe("invoke_agent best-of-n");
    const at = ([seconds, nanos]: [number, number]): number => seconds * 1e3 + nanos / 1e6;
    for (const span of spans()) {
      const parent = spans().find((other) => other.spanContext().spanId === span.parentSpanContext?.spanId);
      expect(at(span.endTime)).toBeGreaterThanOrEqual(at(span.startTime));
      if (parent !== undefined) expect(at(span.startTime)).toBeGreaterThanOrEqual(at(parent.startTime));
      expect(at(span.endTime)).toBeLessThanOrEqual(at(named("invoke_agent best-of-n").endTime));
    }
  });

  test("hangs a call for several steps below the first of them and links it to the others", async () => {
    await ask();
    const chat = named("chat small");
    expect(parentOf(chat)).toBe("step 0.0");
    expect(chat.attributes).toMatchObject({ "gen_ai.request.choice.count": 2 });
    expect(chat.links.map((link) => link.context.spanId)).toEqual([named("step 0.1").spanContext().spanId]);
  });

  test("hangs everything below the span that is active when it is asked", async () => {
    const tracer = trace.getTracer("application");
    await tracer.startActiveSpan("handle request", async (span) => {
      await ask();
      span.end();
    });
    expect(parentOf(named("invoke_agent best-of-n"))).toBe("handle request");
  });

  test("has the strategy's span active while it thinks, so that other libraries' spans find it", async () => {
    let active: string | undefined;
    const listening: Strategy = async () => {
      active = trace.getActiveSpan()?.spanContext().spanId;
      return { stopReason: "no-answer", thought: [], candidates: [], checked: false };
    };
    await ask({ strategy: listening });
    expect(active).toBe(named("invoke_agent listening").spanContext().spanId);
  });

  test("says what failed: a call, the step that it was for, and a strategy", async () => {
    await ask({
      model: backend({ samplesPerRequest: 1, fault: (request) => (request === 0 ? "cut" : undefined) }),
    });
    expect(named("step 0.0").status.code).toBe(SpanStatusCode.UNSET);

    exporter.reset();
    const failing = backend({
      reply: () => {
        throw new TypeError("out of order");
      },
    });
    await expect(ask({ model: failing })).rejects.toThrow("out of order");
    expect(named("chat small")).toMatchObject({ attributes: { "error.type": "failed" } });
    expect(named("step 0.0").status).toMatchObject({ code: SpanStatusCode.ERROR });
    const root = named("invoke_agent best-of-n");
    expect(root).toMatchObject({
      attributes: { "error.type": "FailureError" },
      status: { code: SpanStatusCode.ERROR, message: expect.stringContaining("out of order") },
    });
    expect(root.events.map(({ name }) => name)).toContain("exception");
  });

  test("makes no span for what an earlier session of a resumed run did", async () => {
    const { log, events } = memoryRun({ command: "think", request: null, models: {}, seed: 0 });
    await ask({ run: log });
    exporter.reset();
    const cut = events.findIndex(({ type }) => type === "task-told") + 1;
    const again = memoryRun(
      { command: "think", request: null, models: {}, seed: 0 },
      { logged: events.slice(0, cut) },
    );
    await ask({ run: again.log });
    expect(spans().map(({ name }) => name)).not.toContain("chat small");
    expect(spans().map(({ name }) => name)).toEqual(
      expect.arrayContaining(["invoke_agent best-of-n", "step 0.1", "score 0.0"]),
    );
    expect(spans().map(({ name }) => name)).not.toContain("step 0.0");
  });

  test("names the strategy that auto chose", async () => {
    await ask({ strategy: "auto", effort: "minimal" });
    expect(named("invoke_agent step-by-step").attributes["gen_ai.agent.name"]).toBe("step-by-step");
  });

  test("keeps prompts and replies out of spans unless the conventions' variable asks for them", async () => {
    await ask();
    expect(Object.keys(named("chat small").attributes)).not.toContain("gen_ai.input.messages");
    vi.stubEnv("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true");
    exporter.reset();
    await ask();
    const { attributes } = named("chat small");
    expect(JSON.parse(String(attributes["gen_ai.input.messages"]))).toEqual([
      { role: "user", parts: [{ type: "text", content: "7 + 5?" }] },
    ]);
    expect(JSON.parse(String(attributes["gen_ai.output.messages"]))).toMatchObject([
      { role: "assistant", parts: [{ type: "text", content: "so\nAnswer: 12" }], finish_reason: "stop" },
      {},
    ]);
  });

  test.each([
    ["an option", "UNRELATED", "x", { telemetry: false }],
    ["our variable", "SOJOURN_TELEMETRY", "off", {}],
    ["the SDK's own variable", "OTEL_SDK_DISABLED", "true", {}],
  ])("is switched off by %s", async (_, variable, value, options) => {
    vi.stubEnv(variable, value);
    await ask(options);
    expect(spans()).toEqual([]);
  });

  test("does nothing where the program has registered no tracer provider", async () => {
    trace.disable();
    const { log } = memoryRun({ command: "think", request: null, models: {}, seed: 0 });
    const about = { question: "q1", run: log.id, strategy: "vote", effort: "low", model: "nano" };
    expect(await traceQuestion(log.question("q1"), about)).toBeUndefined();
    setUp();
    expect(await traceQuestion(log.question("q1"), about)).toBeDefined();
  });

  test("changes no event and no answer", async () => {
    const traced = ask();
    const answer = await traced;
    trace.disable();
    const plain = ask();
    expect(await plain).toEqual(answer);
    const bodies = (events: readonly { at: number }[]) =>
      events.map((event) => ({ ...event, at: 0, wallMs: 0 }));
    expect(bodies(plain.events)).toEqual(bodies(traced.events));
  });
});
