import { APICallError } from "@ai-sdk/provider";
import { createFetch } from "./http.ts";

/** Where a request of our own goes, and how. */
export interface PostTarget {
  url: string;
  /** Sent as a bearer token; undefined for a server that wants none. */
  key?: string | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Posts JSON for a provider that has no client in the AI SDK, and fails as one of the SDK's would: an answer of 400 or
 * more is an APICallError with its status, headers and text, so that the retries know what to do.
 */
export async function postJson(target: PostTarget, body: object): Promise<Response> {
  const { url, key, signal } = target;
  const response = await createFetch()(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
  if (response.ok) return response;
  throw new APICallError({
    message: response.statusText || `status ${response.status}`,
    url,
    requestBodyValues: {},
    statusCode: response.status,
    responseHeaders: Object.fromEntries(response.headers),
    responseBody: await response.text(),
  });
}

/** The data of each server-sent event of a reply, in order: its `data:` lines, joined. Comments are passed over. */
export async function* readServerEvents(response: Response): AsyncGenerator<string> {
  if (response.body === null) return;
  let data: string[] = [];
  let rest = "";
  const decoder = new TextDecoder();
  const lines = function* (text: string): Generator<string> {
    const parts = (rest + text).split(/\r\n|\n/);
    rest = parts.pop() ?? "";
    yield* parts;
  };
  const take = function* (line: string): Generator<string> {
    if (line.startsWith("data:")) data.push(line.slice(line.startsWith("data: ") ? 6 : 5));
    if (line !== "" || data.length === 0) return;
    yield data.join("\n");
    data = [];
  };
  for await (const chunk of response.body) {
    for (const line of lines(decoder.decode(chunk, { stream: true }))) yield* take(line);
  }
  for (const line of lines(`${decoder.decode()}\n\n`)) yield* take(line);
}
