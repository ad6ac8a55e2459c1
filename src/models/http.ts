import { STATUS_CODES } from "node:http";
import { finished, pipeline, Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Dispatcher } from "undici";

/** Longest wait for the next byte of a reply, in milliseconds. */
const SILENCE_MS = 600_000;

/** Statuses whose replies have no body. */
const BODILESS = new Set([204, 205, 304]);

/**
 * A `fetch` for long replies. Node's own gives up on a reply that has no headers after 300 seconds; this one
 * waits as long as bytes keep coming, up to `silenceMs` between two of them, and closes the socket when its
 * signal fires. It resolves with the headers of an event stream, and with the whole of any other reply.
 *
 * It takes an address, a method, headers and a text as body; redirects are followed.
 */
export function createFetch(silenceMs: number = SILENCE_MS): typeof globalThis.fetch {
  return async (input, init) => {
    transport ??= openTransport();
    const { request, dispatcher } = await transport;
    const outer = init?.signal;
    outer?.throwIfAborted();
    const closing = new AbortController();
    const silence = new Silence(silenceMs, (error) => closing.abort(error));
    const stop = (): void => closing.abort(outer?.reason);
    outer?.addEventListener("abort", stop, { once: true });
    const finish = (): void => {
      silence.end();
      outer?.removeEventListener("abort", stop);
    };
    const failure = (error: unknown, received: readonly Uint8Array[]): unknown => {
      finish();
      if (closing.signal.aborted) return closing.signal.reason;
      return received.length === 0 ? error : new CutReplyError(received, error);
    };

    const received: Uint8Array[] = [];
    try {
      const reply = await request(input instanceof Request ? input.url : input, {
        method: init?.method ?? "GET",
        headers: { "accept-encoding": "identity", ...Object.fromEntries(new Headers(init?.headers)) },
        body: typeof init?.body === "string" ? init.body : null,
        signal: closing.signal,
        dispatcher,
      });
      silence.begin();
      const status = reply.statusCode;
      const headers = headersOf(reply.headers);
      const head = { status, statusText: STATUS_CODES[status] ?? "", headers };
      const body = decoded(reply.body, headers);
      if (headers.get("content-type")?.includes("event-stream") === true) {
        return new Response(streamOf(body, silence, finish), head);
      }
      for await (const chunk of body) {
        silence.begin();
        received.push(chunk);
      }
      finish();
      return new Response(BODILESS.has(status) ? null : Buffer.concat(received), head);
    } catch (error) {
      throw failure(error, received);
    }
  };
}

type Transport = { request: typeof import("undici").request; dispatcher: Dispatcher };

let transport: Promise<Transport> | undefined;

/** undici takes a tenth of a second to load, which a command that calls no network model should not wait for. */
async function openTransport(): Promise<Transport> {
  const { Agent, interceptors, request } = await import("undici");
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connections: 512 });
  return { request, dispatcher: agent.compose(interceptors.redirect({ maxRedirections: 5 })) };
}

/** An event stream as it comes, which is read on as far as it is taken up. */
function streamOf(body: Readable, silence: Silence, finish: () => void): ReadableStream<Uint8Array> {
  finished(body, finish);
  body.on("pause", () => silence.pause()).on("resume", () => silence.begin());
  body.on("data", () => silence.begin());
  return Readable.toWeb(body, { strategy: { highWaterMark: 1 } }) as ReadableStream<Uint8Array>;
}

/** Waits for a byte, while one is awaited: who reads slowly is not a backend that is silent. */
class Silence {
  readonly #timer: NodeJS.Timeout;
  #awaited = true;

  constructor(longestMs: number, tooLong: (error: SilenceError) => void) {
    this.#timer = setTimeout(() => {
      if (this.#awaited) tooLong(new SilenceError(`no byte for ${longestMs / 1000} seconds`));
    }, longestMs).unref();
  }

  /** A byte, or a further one, is awaited from now on. */
  begin(): void {
    this.#awaited = true;
    this.#timer.refresh();
  }

  /** Nobody awaits a byte. */
  pause(): void {
    this.#awaited = false;
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

function headersOf(raw: Dispatcher.ResponseData["headers"]): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    for (const one of Array.isArray(value) ? value : [value ?? ""]) headers.append(name, one);
  }
  return headers;
}

/** The body as it was before a server compressed it, which it was asked not to do. */
function decoded(body: Readable, headers: Headers): Readable {
  const encoding = headers.get("content-encoding");
  if (encoding === null || encoding === "identity") return body;
  headers.delete("content-encoding");
  headers.delete("content-length");
  const decoder =
    encoding === "br" ? createBrotliDecompress() : encoding === "deflate" ? createInflate() : createGunzip();
  // What goes wrong is seen by who reads the decoder.
  return pipeline(body, decoder, () => {});
}

/** A connection that broke in the middle of a reply that is not streamed. */
export class CutReplyError extends Error {
  override readonly name = "CutReplyError";
  /** What had come of it. */
  readonly received: string;

  constructor(received: readonly Uint8Array[], cause: unknown) {
    super(cause instanceof Error ? cause.message : "the connection broke", { cause });
    this.received = Buffer.concat(received).toString("utf8");
  }
}

/** A backend that stopped sending without closing. */
export class SilenceError extends Error {
  override readonly name = "SilenceError";
}
