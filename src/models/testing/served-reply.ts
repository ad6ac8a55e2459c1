import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { Random } from "../../thought/random.ts";
import type { EndpointFault } from "./fault.ts";
import { type Choice, countChoices, countPrompt, generate, piecesOf } from "./generation.ts";
import { drawLatency } from "./latency.ts";
import type { LedgerEntry } from "./ledger.ts";
import type { EndpointOptions } from "./options.ts";
import type { EndpointRequest } from "./request.ts";
import { type Envelope, errorBody, escapedLength, streamEvents, usageEvent, wholeBody } from "./wire.ts";

/** A connection that is dropped at once takes with it what the client has not read yet. */
const DROP_AFTER_MS = 20;

/** One reply on its way out. It fills in its request's entry in the ledger. */
export class Reply {
  readonly #options: EndpointOptions;
  readonly #entry: LedgerEntry;
  readonly #response: ServerResponse;
  readonly #gone: AbortSignal;
  readonly #startedAt = performance.now();

  constructor(options: EndpointOptions, entry: LedgerEntry, response: ServerResponse, gone: AbortSignal) {
    this.#options = options;
    this.#entry = entry;
    this.#response = response;
    this.#gone = gone;
  }

  async send(): Promise<void> {
    const { request, fault } = this.#entry;
    const refusal = refusalOf(request, fault);
    if (refusal !== undefined) {
      await this.#wait(this.#latency());
      this.#entry.outcome = "failed";
      return sendJson(this.#response, refusal.status, errorBody(refusal.message), refusal.headers);
    }
    const { reply = sayNumber, reasoning: form = "reasoning_content" } = this.#options;
    const count = fault?.kind === "no-choices" ? 0 : fault?.kind === "ignores-n" ? 1 : (request.body.n ?? 1);
    const choices = generate(request, { reply, count, form });
    const made = { prompt: countPrompt(request.prompt), ...countChoices(choices) };
    this.#entry.made = made;
    const usage =
      fault?.kind === "no-usage"
        ? undefined
        : fault?.kind === "wrong-usage"
          ? { ...made, completion: Math.round(made.completion * fault.times) }
          : made;
    const ms = fault?.kind === "long" ? fault.ms : this.#latency();
    if (fault?.kind === "silent" || (fault?.kind === "never-ending" && !request.body.stream))
      return this.#hang();
    const envelope: Envelope = { request, form, usage };
    await (request.body.stream ? this.#stream(envelope, choices, ms) : this.#whole(envelope, choices, ms));
  }

  async #whole(envelope: Envelope, choices: readonly Choice[], ms: number): Promise<void> {
    const { fault } = this.#entry;
    const { body, textEnd } = wholeBody(envelope, choices);
    await this.#wait(ms, performance.now() - this.#startedAt);
    if (fault?.kind !== "cut" && fault?.kind !== "truncated") {
      this.#entry.sentTokens = this.#entry.made.completion;
      this.#entry.reported = envelope.usage;
      this.#entry.outcome = "answered";
      return sendJson(this.#response, 200, body);
    }
    this.#entry.outcome = "failed";
    const last = choices.at(-1);
    const pieces = piecesOf(last?.content ?? "");
    const kept = pieces.slice(0, keptPieces(fault, pieces.length)).join("");
    if (fault.kind === "cut" && fault.afterPieces === 0) {
      this.#response.destroy();
      return;
    }
    const sent = [...choices.slice(0, -1), ...(last === undefined ? [] : [{ ...last, content: kept }])];
    this.#entry.sentTokens = countChoices(sent).completion;
    const part = body.slice(0, textEnd - escapedLength(last?.content ?? "") + escapedLength(kept));
    if (fault.kind === "truncated") return sendJson(this.#response, 200, part);
    this.#response.writeHead(200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    });
    this.#response.write(part);
    await this.#drop();
  }

  async #stream(envelope: Envelope, choices: readonly Choice[], ms: number): Promise<void> {
    const { request, fault } = this.#entry;
    const events = [...streamEvents(envelope, choices)];
    const pieces = events.filter(({ content, reasoning }) => content !== "" || reasoning !== "").length;
    const kept = keptPieces(fault, pieces);
    const sent = choices.map(({ index }) => ({ index, content: "", reasoning: "" }));
    const count = () => {
      this.#entry.sentTokens = countChoices(sent).completion;
    };
    this.#gone.addEventListener("abort", count);
    this.#response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
    let place = 0;
    for (;;) {
      for (const { data, choice, content, reasoning } of events) {
        if (content !== "" || reasoning !== "") {
          if (place === kept) return this.#breakOff(count);
          await this.#wait(fault?.kind === "never-ending" ? Math.max(5, ms / pieces) : ms / pieces);
          this.#options.onPiece?.(request, place);
          place++;
        } else if (fault?.kind === "never-ending" && place > 0) continue;
        this.#response.write(`data: ${data}\n\n`);
        const made = sent[choice];
        if (made !== undefined) made.content += content;
        if (made !== undefined) made.reasoning += reasoning;
      }
      if (fault?.kind !== "never-ending" || pieces === 0) break;
    }
    if (place === kept) return this.#breakOff(count);
    count();
    if (request.body.stream_options?.include_usage === true && envelope.usage !== undefined) {
      this.#response.write(`data: ${usageEvent(request, envelope.usage)}\n\n`);
      this.#entry.reported = envelope.usage;
    }
    this.#entry.outcome = "answered";
    this.#response.end("data: [DONE]\n\n");
  }

  /** Ends a stream in its middle: by the connection's end, or by a piece that is no JSON. */
  async #breakOff(count: () => void): Promise<void> {
    count();
    this.#entry.outcome = "failed";
    if (this.#entry.fault?.kind === "truncated") this.#response.end('data: {"choices": [{"del\n\n');
    else await this.#drop();
  }

  /** Drops the connection, after what was written has had time to arrive. */
  async #drop(): Promise<void> {
    await wait(DROP_AFTER_MS, undefined, { signal: this.#gone });
    this.#response.destroy();
  }

  async #hang(): Promise<void> {
    await new Promise<void>((resolve) => this.#gone.addEventListener("abort", () => resolve()));
  }

  #latency(): number {
    const { latency, seed = 0 } = this.#options;
    const { key, attempt } = this.#entry.request;
    return latency === undefined ? 0 : drawLatency(latency, new Random(`${seed}/latency/${key}/${attempt}`));
  }

  /** @param takenMs what the work on the reply has taken of it already */
  async #wait(ms: number, takenMs = 0): Promise<void> {
    const real = ms / (this.#options.speed ?? 1) - takenMs;
    if (real > 0) await wait(real, undefined, { signal: this.#gone });
  }
}

/** How many pieces go out before the reply breaks; infinite where it does not. */
function keptPieces(fault: EndpointFault | undefined, pieces: number): number {
  if (fault?.kind !== "cut" && fault?.kind !== "truncated") return Number.POSITIVE_INFINITY;
  const after = fault.kind === "cut" ? fault.afterPieces : undefined;
  return Math.min(pieces, after ?? Math.ceil(pieces / 2));
}

interface Refusal {
  status: number;
  message: string;
  headers?: Readonly<Record<string, string>> | undefined;
}

function refusalOf({ body }: EndpointRequest, fault: EndpointFault | undefined): Refusal | undefined {
  if (fault?.kind === "status") {
    const { status, message = "as ordered", headers } = fault;
    return { status, message, headers };
  }
  if (fault?.kind === "rate-limit") {
    const seconds = fault.retryAfterMs / 1000;
    const exact = Number.isInteger(seconds) ? {} : { "retry-after-ms": String(fault.retryAfterMs) };
    const headers = { "retry-after": String(Math.ceil(seconds)), ...exact };
    return { status: 429, message: "too many requests", headers };
  }
  if (fault?.kind !== "refuses") return undefined;
  const { parameter } = fault;
  const used =
    parameter === "n" ? (body.n ?? 1) > 1 : body[parameter] !== undefined && body[parameter] !== null;
  return used ? { status: 400, message: `'${parameter}' is not supported by this server` } : undefined;
}

function sayNumber(_prompt: unknown, sample: number, _seed: number, { number }: EndpointRequest): string {
  return `choice ${sample} of request ${number}`;
}

/** Sends a whole JSON reply. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body);
}
