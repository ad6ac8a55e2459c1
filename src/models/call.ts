import type { LanguageModelV3CallOptions } from "@ai-sdk/provider";
import type { Turn } from "../thought/question.ts";
import { Random } from "../thought/random.ts";
import type { ChoosingRole } from "../thought/role-choices.ts";
import type { Role, TokenUsage } from "../thought/usage.ts";
import type { Backend, RawSample, RefusableParameter } from "./backend.ts";
import { salvage } from "./broken-reply.ts";
import type { Delta, JsonSchema, Prompt } from "./client.ts";
import { defined } from "./defined.ts";
import { explainFailure, readFailure, refusedParameter } from "./failures.ts";
import { type Lost, lostUsage, usageOf } from "./ledger.ts";
import { toModelPrompt } from "./model-prompt.ts";
import { askStreamed, askWhole, type Reply } from "./reply.ts";
import { retryWaitMs, sleep } from "./retry.ts";
import { countTokens, loadTokenizerSoon } from "./tokens.ts";

/** One request as the client plans it: one or more samples of one prompt that share a reply. */
export interface CallPlan {
  backend: Backend;
  role: Role;
  site: string;
  occurrence: number;
  fingerprint: string;
  /** Most tokens that its prompt is likely to have. */
  inputTokens: number;
  /** The samples' indexes and seeds; one alone where the call is streamed. */
  samples: readonly { index: number; seed: number }[];
  prompt: Prompt;
  maxTokens: number;
  temperature?: number | undefined;
  topP?: number | undefined;
  stop?: readonly string[] | undefined;
  schema?: JsonSchema | undefined;
  choose?: ChoosingRole | undefined;
  thinking: "default" | "none";
  onDelta?: ((delta: Delta) => void) | undefined;
  endsEarly?: ((soFar: string) => boolean) | undefined;
}

/** How a call ended. */
export type CallOutcome = { usage: TokenUsage; wallMs: number } & (
  | { ended: "finished"; samples: RawSample[]; warnings: string[] }
  | { ended: "failed"; error: Error }
  /** `reason` is what it was stopped with. */
  | { ended: "cancelled"; reason: unknown }
);

/**
 * Carries out one call: waits for its turn, sends it, sends it again where that may help, and reads the reply.
 * It ends exactly once, by `onEnd`. `cancel` ends it at once, before it returns, and closes the socket.
 */
export class Call {
  readonly #plan: CallPlan;
  readonly #beforeRetry: () => void;
  readonly #onEnd: (outcome: CallOutcome) => void;
  readonly #abort = new AbortController();
  #startedAt: number | undefined;
  #calls = 0;
  #arrived = "";
  readonly #lost: Lost = { inputTokens: 0, outputTokens: 0 };
  #ended = false;
  /** Parameters that the newest attempt was sent without. */
  #leftOut: ReadonlySet<RefusableParameter> = new Set();

  /**
   * @param options.beforeRetry keeps budget for one more request; what it throws ends the call
   */
  constructor(
    plan: CallPlan,
    options: { owner: object; beforeRetry: () => void; onEnd: (outcome: CallOutcome) => void },
  ) {
    this.#plan = plan;
    this.#beforeRetry = options.beforeRetry;
    this.#onEnd = options.onEnd;
    void this.#run(options.owner);
  }

  /** True once a request has been sent. */
  get sent(): boolean {
    return this.#calls > 0;
  }

  cancel(reason: unknown): void {
    this.#end(() => ({ ended: "cancelled", reason }));
    this.#abort.abort(reason);
  }

  async #run(owner: object): Promise<void> {
    const { backend, site, samples } = this.#plan;
    const random = new Random(`${site}/${samples[0]?.seed}`);
    for (let retries = 0; !this.#ended; ) {
      try {
        const reply = await this.#attempt(owner);
        this.#end(() => this.#finished(reply));
        // Of a reply that was ended early more may be on its way.
        if (reply.endedEarly === true) this.#abort.abort();
      } catch (error) {
        if (this.#ended) return;
        const failure = readFailure(error);
        this.#lose(error);
        const refused = refusedParameter(failure);
        try {
          // Other calls may have learnt it while this one was under way: what counts is what this one sent.
          if (refused !== undefined && !this.#leftOut.has(refused)) {
            backend.learnt.refused.add(refused);
            if (refused === "n") backend.learnt.samplesPerRequest = 1;
            this.#beforeRetry();
            continue;
          }
          const wait = retryWaitMs(failure, retries++, random);
          if (wait === undefined) throw explainFailure(failure, backend);
          this.#beforeRetry();
          if (failure.kind === "rate-limited") backend.limiter.pause(wait);
          await sleep(wait, this.#abort.signal);
        } catch (final) {
          this.#end(() => ({
            ended: "failed",
            error: final instanceof Error ? final : new Error(String(final)),
          }));
        }
      }
    }
  }

  async #attempt(owner: object): Promise<Reply> {
    const { backend, inputTokens: input, samples, maxTokens, onDelta, endsEarly } = this.#plan;
    const most = input + maxTokens * samples.length;
    const slot = await backend.limiter.acquire(owner, most, this.#abort.signal);
    let used: number | undefined;
    try {
      this.#startedAt ??= performance.now();
      this.#calls++;
      if (backend.tokens !== "exact") loadTokenizerSoon();
      const [first] = samples;
      const reply =
        onDelta === undefined || first === undefined
          ? await askWhole(backend, this.#options())
          : await askStreamed(backend, this.#options(), {
              show: (piece) => !this.#ended && onDelta({ sample: first.index, ...piece }),
              arrived: (text) => {
                this.#arrived += text;
              },
              endsEarly,
            });
      const { inputTokens, outputTokens } = reply.report ?? {};
      if (inputTokens?.total !== undefined && outputTokens?.total !== undefined) {
        used = inputTokens.total + outputTokens.total;
      }
      return reply;
    } finally {
      slot.release(used);
    }
  }

  #options(): LanguageModelV3CallOptions {
    const { backend, prompt, samples, maxTokens, temperature, topP, stop, schema, choose, thinking } =
      this.#plan;
    const { refused, samplesPerRequest } = backend.learnt;
    this.#leftOut = new Set(refused);
    const asked = backend.options({
      samples: samplesPerRequest === 1 ? samples.slice(0, 1) : samples,
      thinking,
      prefilled: prompt.prefill !== undefined && prompt.prefill !== "",
      choose,
      logprobs: backend.traits.logprobs && !refused.has("logprobs"),
    });
    return {
      prompt: toModelPrompt(prompt, backend.traits),
      maxOutputTokens: maxTokens,
      abortSignal: this.#abort.signal,
      ...asked,
      ...defined({
        temperature,
        topP,
        stopSequences: stop === undefined || refused.has("stop") ? undefined : [...stop],
        seed: refused.has("seed") ? undefined : samples[0]?.seed,
        responseFormat:
          schema === undefined || backend.traits.structured !== true || refused.has("schema")
            ? undefined
            : { type: "json" as const, schema },
      }),
    };
  }

  #finished(reply: Reply): EndedWith {
    const samples = reply.samples.slice(0, this.#plan.samples.length);
    const warnings = reply.warnings.map((warning) =>
      warning.type === "other"
        ? warning.message
        : [`${warning.feature} is ignored`, warning.details].join(" "),
    );
    return { ended: "finished", samples, warnings, reply };
  }

  /** Counts what a broken attempt had brought and takes back what was shown of it. */
  #lose(error: unknown): void {
    const { text, inputTokens } = salvage(error);
    this.#lost.inputTokens += inputTokens;
    if (text !== "") this.#lost.outputTokens += countTokens(text);
    if (this.#arrived === "") return;
    this.#lost.outputTokens += countTokens(this.#arrived);
    this.#arrived = "";
    const [first] = this.#plan.samples;
    if (first !== undefined) this.#plan.onDelta?.({ sample: first.index, kind: "restarted", text: "" });
  }

  #end(outcome: () => EndedWith): void {
    if (this.#ended) return;
    this.#ended = true;
    const ended = outcome();
    const wallMs = this.#startedAt === undefined ? 0 : performance.now() - this.#startedAt;
    const { backend } = this.#plan;
    if (ended.ended === "finished") {
      const { reply, ...rest } = ended;
      const usage = usageOf(
        { report: reply.report, samples: reply.samples, calls: this.#calls, lost: this.#lost },
        backend,
      );
      this.#onEnd({ ...rest, usage, wallMs });
      return;
    }
    const cutOff = this.#arrived === "" ? 0 : countTokens(this.#arrived);
    const lost = { ...this.#lost, outputTokens: this.#lost.outputTokens + cutOff };
    this.#onEnd({ ...ended, usage: lostUsage(this.#calls, lost, backend.price), wallMs });
  }
}

type EndedWith =
  | { ended: "finished"; samples: RawSample[]; warnings: string[]; reply: Reply }
  | { ended: "failed"; error: Error }
  | { ended: "cancelled"; reason: unknown };

/** What a call sends, as the log keeps it. It holds no key. */
export function loggedRequest(plan: CallPlan): {
  system?: string;
  messages: Turn[];
  prefill?: string;
  answer?: string;
  parameters: Record<string, string | number | string[]>;
} {
  const { prompt, samples, maxTokens, temperature, topP, stop, schema, choose, thinking } = plan;
  const { followsInstructions } = plan.backend.traits;
  return {
    ...defined({ system: followsInstructions ? prompt.system : undefined }),
    messages: prompt.messages.map(({ role, content }) => ({ role, content })),
    ...defined({ prefill: prompt.prefill, answer: prompt.answer }),
    parameters: {
      samples: samples.length,
      maxTokens,
      ...defined({
        temperature,
        topP,
        stop: stop && [...stop],
        thinking: thinking === "none" ? thinking : undefined,
        schema: schema === undefined ? undefined : JSON.stringify(schema),
        choose,
        seed: samples[0]?.seed,
      }),
    },
  };
}
