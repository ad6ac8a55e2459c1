import { setMaxListeners } from "node:events";
import type { LoggedSample, Recorder } from "../runs/recorder.ts";
import { FailureError, messageOf } from "../thought/errors.ts";
import type { Role } from "../thought/usage.ts";
import type { Backend } from "./backend.ts";
import { type Budget, BudgetExhaustedError, type Reservation, type Spent } from "./budget.ts";
import { Call, type CallOutcome, type CallPlan, loggedRequest } from "./call.ts";
import type { ModelClient, ModelTraits, Sample, SampleRequest } from "./client.ts";
import { deferred, rejected } from "./deferred.ts";
import { defined } from "./defined.ts";
import { shareOf } from "./ledger.ts";
import { estimateInputTokens } from "./model-prompt.ts";
import { fingerprintOf, sampleSeed } from "./seeds.ts";

/** What a client needs to serve one question. */
export interface ModelClientOptions {
  /** The model of every role that `roles` does not name. */
  model: Backend;
  roles?: Partial<Record<Role, Backend>> | undefined;
  recorder: Recorder;
  budget: Budget;
  /** The run's seed; each sample's own seed follows from it and from the sample's key. */
  seed: number;
  /** Stops everything that is under way. */
  signal?: AbortSignal | undefined;
}

/** The client of one question, and what it has noticed. */
export interface QuestionClient extends ModelClient {
  /** What backends said about settings that they left out, each once. */
  readonly warnings: ReadonlySet<string>;
}

const NOTHING: Spent = { tokens: 0, outputTokens: 0, calls: 0, usd: 0 };

/** One sample that was asked for and has not come yet. */
interface Awaited {
  index: number;
  seed: number;
  reservation: Reservation;
  resolve(sample: Sample): void;
  reject(error: unknown): void;
}

/**
 * The client through which one question's strategy reaches its models. Samples that the recorder's log already
 * holds are not asked for again; whatever is asked is in the log before its samples resolve.
 */
export function createModelClient(options: ModelClientOptions): QuestionClient {
  return new RecordingClient(options);
}

class RecordingClient implements QuestionClient {
  readonly warnings = new Set<string>();
  readonly #options: ModelClientOptions;
  readonly #active = new Set<Call>();
  /** How often each sample of each site was asked for. */
  readonly #asked = new Map<string, number>();
  /** Logged samples that the budget refused, with how much had settled then. */
  readonly #refusedAt = new Map<string, number>();
  #deadline: NodeJS.Timeout | undefined;

  constructor(options: ModelClientOptions) {
    this.#options = options;
  }

  traits(role: Role): ModelTraits {
    return this.#backend(role).traits;
  }

  async generate(request: SampleRequest): Promise<Sample[]> {
    const outcomes = await Promise.allSettled(this.sample(request));
    const samples: Sample[] = [];
    for (const outcome of outcomes) {
      if (outcome.status === "fulfilled") {
        outcome.value.settle();
        samples.push(outcome.value);
      }
    }
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (failed !== undefined) throw failed.reason;
    return samples;
  }

  sample(request: SampleRequest): Promise<Sample>[] {
    const { firstSample = 0, samples: count = 1, site, signal } = request;
    const stopped = [this.#options.signal, signal].find((one) => one?.aborted);
    const backend = this.#backend(request.role);
    const fingerprint = fingerprintOf({
      model: backend.traits.name,
      seed: this.#options.seed,
      prompt: { ...defined(request.prompt), messages: request.prompt.messages.map((turn) => ({ ...turn })) },
      parameters: [
        request.maxTokens,
        request.temperature,
        request.topP,
        request.stop,
        request.thinking,
        request.schema === undefined ? undefined : JSON.stringify(request.schema),
        request.choose,
      ],
    });
    const inputTokens = estimateInputTokens(request.prompt, backend);
    const together = request.onDelta === undefined ? backend.learnt.samplesPerRequest : 1;
    const results: Promise<Sample>[] = [];
    const groups: { occurrence: number; members: Awaited[] }[] = [];
    let refusal: unknown = stopped?.reason;

    for (let index = firstSample; index < firstSample + count; index++) {
      const occurrence = this.#count(site, index);
      const found = this.#options.recorder.loggedSample(site, occurrence, index);
      if (found !== undefined) {
        try {
          results.push(this.#replay(request, backend, { found, fingerprint, inputTokens, index, refusal }));
        } catch (error) {
          refusal = error;
          this.#uncount(site, index, occurrence);
          results.push(rejected(error));
        }
        continue;
      }
      const { promise, resolve, reject } = deferred<Sample>();
      // Strategies take samples up later, or not at all once they have their answer.
      promise.catch(() => {});
      results.push(promise);
      const group = groups.at(-1);
      const previous = group?.members.at(-1);
      const joins =
        group !== undefined &&
        group.occurrence === occurrence &&
        previous?.index === index - 1 &&
        group.members.length < together;
      try {
        if (refusal !== undefined) throw refusal;
        const reservation = this.#options.budget.reserve({
          inputTokens: joins ? 0 : inputTokens,
          maxTokens: request.maxTokens,
          calls: joins ? 0 : 1,
          price: backend.price,
        });
        const seed = sampleSeed(this.#options.seed, site, occurrence, index);
        const awaited = { index, seed, reservation, resolve, reject };
        if (joins) group.members.push(awaited);
        else groups.push({ occurrence, members: [awaited] });
      } catch (error) {
        // Where one sample does not fit, no later one may take its place: which come must not depend on luck.
        refusal = error;
        this.#uncount(site, index, occurrence);
        reject(error);
      }
    }
    for (const { occurrence, members } of groups) {
      this.#start(
        this.#plan(request, backend, { fingerprint, inputTokens, occurrence, members }),
        members,
        signal,
      );
    }
    return results;
  }

  #backend(role: Role): Backend {
    return this.#options.roles?.[role] ?? this.#options.model;
  }

  #count(site: string, index: number): number {
    const key = `${site}\n${index}`;
    const occurrence = this.#asked.get(key) ?? 0;
    this.#asked.set(key, occurrence + 1);
    return occurrence;
  }

  /**
   * Takes back the count of a sample that was refused, so that it keeps its key and its seed when it is asked for
   * again; unless it has been asked for once more in the meantime.
   */
  #uncount(site: string, index: number, occurrence: number): void {
    const key = `${site}\n${index}`;
    if (this.#asked.get(key) === occurrence + 1) this.#asked.set(key, occurrence);
  }

  /**
   * A sample that the log holds. It is refused where the budget does not reach, as it was when it was first asked for,
   * so that a resumed question goes the same way. Asked for once more although nothing has settled since, it comes in
   * any case: it is paid for, and the log awaits it.
   */
  #replay(
    request: SampleRequest,
    backend: Backend,
    logged: {
      found: LoggedSample;
      fingerprint: string;
      inputTokens: number;
      index: number;
      /** Why an earlier sample of the request was refused. */
      refusal: unknown;
    },
  ): Promise<Sample> {
    const { found, fingerprint, inputTokens: estimatedInput, index, refusal } = logged;
    const { call, sample } = found;
    const { budget } = this.#options;
    if (call.fingerprint !== fingerprint) {
      return rejected(
        new FailureError(
          `the log's call ${request.site} was made with another model, prompt or setting; start a new run instead of resuming`,
        ),
      );
    }
    const first = call.samples[0]?.index === index;
    const need = {
      inputTokens: first ? estimatedInput : 0,
      maxTokens: request.maxTokens,
      calls: first ? 1 : 0,
      price: backend.price,
    };
    const key = `${request.site}\n${index}`;
    let reservation: Reservation;
    try {
      if (refusal instanceof BudgetExhaustedError) throw refusal;
      reservation = budget.reserve(need, { inTime: true });
    } catch (error) {
      const settled = this.#refusedAt.get(key);
      this.#refusedAt.set(key, budget.settled);
      if (settled !== budget.settled) throw error;
      reservation = budget.reserveLogged(need);
    }
    const share = shareOf(call, index, { price: backend.price, estimatedInput });
    return Promise.resolve({ ...sample, settle: () => reservation.settle(share) });
  }

  #plan(
    request: SampleRequest,
    backend: Backend,
    call: { fingerprint: string; inputTokens: number; occurrence: number; members: readonly Awaited[] },
  ): CallPlan {
    const { role, site, prompt, temperature, topP, stop, schema, choose } = request;
    const { thinking = "default", onDelta = streamedUnseen(request, call.members), endsEarly } = request;
    return {
      backend,
      role,
      site,
      occurrence: call.occurrence,
      fingerprint: call.fingerprint,
      inputTokens: call.inputTokens,
      samples: call.members.map(({ index, seed }) => ({ index, seed })),
      prompt,
      maxTokens: call.members[0]?.reservation.maxTokens ?? request.maxTokens,
      temperature,
      topP,
      stop,
      schema,
      choose,
      thinking,
      onDelta,
      endsEarly,
    };
  }

  #start(plan: CallPlan, members: readonly Awaited[], signal: AbortSignal | undefined): void {
    const stop = (): void => call.cancel(signal?.reason);
    const call: Call = new Call(plan, {
      owner: this,
      beforeRetry: () => members[0]?.reservation.grow({ inputTokens: 0, calls: 1 }),
      onEnd: (outcome) => {
        signal?.removeEventListener("abort", stop);
        this.#active.delete(call);
        if (this.#active.size === 0) this.#stopWatching();
        try {
          this.#take(plan, members, outcome, signal);
        } catch (error) {
          // The log could not be written: nothing of the call may be used.
          for (const { reject } of members) reject(error);
        }
      },
    });
    if (this.#active.size === 0) this.#watch();
    this.#active.add(call);
    if (signal !== undefined) listen(signal, stop);
  }

  #take(
    plan: CallPlan,
    members: readonly Awaited[],
    outcome: CallOutcome,
    signal: AbortSignal | undefined,
  ): void {
    const { backend, role, site, occurrence, fingerprint, inputTokens: estimatedInput } = plan;
    const { usage } = outcome;
    const wallMs = Math.round(outcome.wallMs);
    const call = { site, occurrence, fingerprint, role, model: backend.traits.name, wallMs, usage };
    if (outcome.ended !== "finished") {
      const cancelled = outcome.ended === "cancelled";
      const reason = cancelled ? outcome.reason : outcome.error;
      if (usage.calls > 0) {
        this.#options.recorder.emit({
          type: "call-failed",
          ...call,
          outcome: cancelled ? "cancelled" : "failed",
          error: messageOf(reason),
        });
      }
      const tokens = usage.inputTokens + usage.estimatedOutputTokens;
      const { estimatedOutputTokens: outputTokens, calls } = usage;
      const spent = { tokens, outputTokens, calls, usd: usage.costUsd ?? 0 };
      const refused = reason instanceof BudgetExhaustedError;
      members.forEach(({ index, reservation, reject }, place) => {
        reservation.settle(place === 0 ? spent : NOTHING);
        if (refused) this.#uncount(site, index, occurrence);
        reject(reason);
      });
      return;
    }

    for (const warning of outcome.warnings) this.warnings.add(`${backend.traits.name}: ${warning}`);
    const samples = outcome.samples.map((sample, place) => ({
      index: members[place]?.index ?? 0,
      text: sample.text,
      finishReason: sample.finishReason,
      ...defined({ reasoning: sample.reasoning, meanLogprob: sample.meanLogprob, choices: sample.choices }),
    }));
    const event = { type: "call-finished", ...call, request: loggedRequest(plan), samples } as const;
    this.#options.recorder.emit(event);
    const came = members.slice(0, samples.length);
    const missing = members.slice(samples.length);
    if (missing.length > 0) {
      backend.learnt.samplesPerRequest = Math.min(backend.learnt.samplesPerRequest, samples.length);
    }
    came.forEach(({ reservation, resolve }, place) => {
      const sample = samples[place];
      if (sample === undefined) return;
      const share = shareOf(event, sample.index, { price: backend.price, estimatedInput });
      resolve({ ...sample, settle: () => reservation.settle(share) });
    });
    for (const member of missing) {
      try {
        member.reservation.grow({ inputTokens: estimatedInput, calls: 1 });
        const { index, seed } = member;
        this.#start({ ...plan, samples: [{ index, seed }] }, [member], signal);
      } catch (error) {
        member.reservation.settle(NOTHING);
        this.#uncount(site, member.index, occurrence);
        member.reject(error);
      }
    }
  }

  #cancelAll(reason: unknown): void {
    for (const call of [...this.#active]) call.cancel(reason);
  }

  readonly #onAbort = (): void => this.#cancelAll(this.#options.signal?.reason);

  readonly #onEnough = (): void => this.#cancelAll(this.#options.budget.exhausted("seconds"));

  /**
   * Watches the signal and the time while calls are under way, and no longer: thousands of clients may share a
   * signal. A budget in seconds ends what is under way when it is used up, not only what would come next.
   */
  #watch(): void {
    const { budget, signal } = this.#options;
    if (signal !== undefined) listen(signal, this.#onAbort);
    if (budget.enough !== undefined) listen(budget.enough, this.#onEnough);
    const { remainingMs } = budget;
    if (remainingMs === Number.POSITIVE_INFINITY) return;
    this.#deadline = setTimeout(this.#onEnough, Math.min(remainingMs, 2 ** 31 - 1));
  }

  #stopWatching(): void {
    clearTimeout(this.#deadline);
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    this.#options.budget.enough?.removeEventListener("abort", this.#onEnough);
  }
}

/** Listens for a signal that many calls may share, which Node would warn of from the eleventh on. */
function listen(signal: AbortSignal, stop: () => void): void {
  setMaxListeners(0, signal);
  signal.addEventListener("abort", stop, { once: true });
}

/** What shows nothing of a call that is streamed to be counted should it be cancelled; undefined for any other. */
function streamedUnseen(
  { cancellable = false }: SampleRequest,
  { length }: readonly Awaited[],
): SampleRequest["onDelta"] {
  return cancellable && length === 1 ? () => {} : undefined;
}
