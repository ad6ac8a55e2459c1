/** Most bytes that wait for a client: one that reads no faster is taken to have gone. */
const MOST_WAITING = 4 * 1024 * 1024;

/** Time after which a word of nothing keeps proxies from closing a stream. */
const QUIET_MS = 15_000;

/** Server-sent events on their way to one client. */
export interface EventStream {
  /** Sends one event; does nothing once the stream has ended or its client has gone. */
  send(data: string, event?: string): void;
  /** Ends it. Idempotent. */
  end(): void;
  /** Fulfilled once something was sent, or after the time that a client may be left without a word. */
  readonly begun: Promise<void>;
  /** True from then on. */
  readonly started: boolean;
  /** The reply. */
  response(): Response;
}

/** How a stream is watched. */
export interface EventStreamOptions {
  /** Called once when the client hangs up or does not read: nothing that is sent from then on arrives. */
  gone(): void;
  /** Most milliseconds until {@link EventStream.begun}. Default 1000. */
  beginMs?: number;
}

const encoder = new TextEncoder();

/** Opens a stream of server-sent events. */
export function openEventStream({ gone, beginMs = 1_000 }: EventStreamOptions): EventStream {
  let open = true;
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let started = false;
  let wake = (): void => {};
  const begun = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const begin = (): void => {
    started = true;
    wake();
  };
  const beginning = setTimeout(begin, beginMs);
  const quiet = setInterval(() => write(": thinking\n\n"), QUIET_MS).unref();

  const finish = (): void => {
    open = false;
    clearTimeout(beginning);
    clearInterval(quiet);
  };
  const leave = (): void => {
    if (!open) return;
    finish();
    gone();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(given) {
        controller = given;
      },
      cancel: leave,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MOST_WAITING }),
  );
  const write = (text: string): void => {
    if (!open || controller === undefined) return;
    if ((controller.desiredSize ?? 0) <= 0) {
      leave();
      controller.close();
      return;
    }
    controller.enqueue(encoder.encode(text));
  };

  return {
    begun,
    get started() {
      return started;
    },
    send(data, event) {
      write(event === undefined ? `data: ${data}\n\n` : `event: ${event}\ndata: ${data}\n\n`);
      quiet.refresh();
      begin();
    },
    end() {
      if (!open) return;
      finish();
      controller?.close();
    },
    response: () =>
      new Response(body, {
        headers: {
          "content-type": "text/event-stream; charset=utf-8",
          "cache-control": "no-cache",
          // Some proxies gather a reply before they pass it on, unless they are told.
          "x-accel-buffering": "no",
        },
      }),
  };
}
