import type { Agent } from "undici";

/** Longest wait for the next byte of a reply, in milliseconds. */
const SILENCE_MS = 600_000;

let agent: Agent | undefined;

/**
 * A `fetch` for long replies. Node's own gives up on a reply that has no headers after 300 seconds; this one
 * waits as long as bytes keep coming, up to `silenceMs` between two of them, and closes the socket when its
 * signal fires.
 */
export function createFetch(silenceMs: number = SILENCE_MS): typeof globalThis.fetch {
  return async (input, init) => {
    // undici takes a tenth of a second to load, which a command that calls no network model should not wait for.
    const undici = await import("undici");
    agent ??= new undici.Agent({ headersTimeout: 0, bodyTimeout: 0, connections: 512 });
    const silence = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const rest = (): void => clearTimeout(timer);
    const listen = (): void => {
      rest();
      const seconds = silenceMs / 1000;
      timer = setTimeout(() => silence.abort(new SilenceError(`no byte for ${seconds} seconds`)), silenceMs);
      timer.unref();
    };
    const outer = init?.signal;
    const stop = (): void => {
      rest();
      silence.abort(outer?.reason);
    };
    if (outer?.aborted) stop();
    outer?.addEventListener("abort", stop, { once: true });
    const finish = (): void => {
      rest();
      outer?.removeEventListener("abort", stop);
    };

    listen();
    try {
      const response = await undici.fetch(input instanceof Request ? input.url : input, {
        method: init?.method ?? "GET",
        headers: [...new Headers(init?.headers)],
        body: typeof init?.body === "string" ? init.body : null,
        signal: silence.signal,
        dispatcher: agent,
      });
      rest();
      const { status, statusText } = response;
      const headers = new Headers([...response.headers]);
      const reader = response.body?.getReader();
      if (reader === undefined) {
        finish();
        return new Response(null, { status, statusText, headers });
      }
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          listen();
          try {
            const { done, value } = await reader.read();
            rest();
            if (!done) return controller.enqueue(value);
            finish();
            controller.close();
          } catch (error) {
            finish();
            throw silence.signal.aborted ? silence.signal.reason : error;
          }
        },
        async cancel(reason) {
          finish();
          await reader.cancel(reason);
        },
      });
      return new Response(body, { status, statusText, headers });
    } catch (error) {
      finish();
      throw silence.signal.aborted ? silence.signal.reason : error;
    }
  };
}

/** A backend that stopped sending without closing. */
export class SilenceError extends Error {
  override readonly name = "SilenceError";
}
