import { type EventStream, openEventStream } from "../event-stream.ts";

/**
 * A reply that is told in events. Rejects with what `tell` throws; once anything was sent, or a client has waited long
 * enough for the head of its reply, it is `tell` that has to say what went wrong.
 *
 * @param tell sends the events; `left` fires when nobody reads them any more
 */
export async function streamed(
  tell: (events: EventStream, left: AbortSignal) => Promise<void>,
): Promise<Response> {
  const left = new AbortController();
  const events = openEventStream({ gone: () => left.abort() });
  const failed = tell(events, left.signal).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  void failed.then(() => events.end());
  const failure = await Promise.race([failed, events.begun]);
  if (failure !== undefined) throw failure.error;
  return events.response();
}
