import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { messageOf } from "../../thought/errors.ts";
import { EndpointLedger } from "./ledger.ts";
import type { EndpointOptions } from "./options.ts";
import { type EndpointRequest, readRequest } from "./request.ts";
import { Reply, sendJson } from "./served-reply.ts";
import { errorBody } from "./wire.ts";

/** A running endpoint. */
export interface Endpoint {
  /** The base URL for clients, `/v1` included. */
  readonly url: string;
  readonly ledger: EndpointLedger;
  /** Ends it and every connection to it. */
  close(): Promise<void>;
}

const APIS: Readonly<Record<string, EndpointRequest["api"]>> = {
  "/v1/chat/completions": "chat",
  "/v1/completions": "completions",
};

/**
 * Starts an OpenAI-compatible server on a free port of this machine, which answers by a script, keeps its own books and
 * misbehaves on demand: for tests, benchmarks and trying out what a client does with a bad server. It serves
 * `/v1/chat/completions` and `/v1/completions`, whole and streamed, and `/v1/models`.
 */
export async function startEndpoint(options: EndpointOptions = {}): Promise<Endpoint> {
  const ledger = new EndpointLedger();
  const attempts = new Map<number, number>();
  const attemptOf = (key: number): number => {
    const attempt = attempts.get(key) ?? 0;
    attempts.set(key, attempt + 1);
    return attempt;
  };

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (incoming.url ?? "").replace(/\?.*$/, "");
    const text = await textOf(incoming);
    if (path === "/v1/models") return sendJson(response, 200, modelList(options.models ?? ["scripted"]));
    const api = APIS[path];
    if (api === undefined) return sendJson(response, 404, errorBody(`there is nothing at ${path}`));
    const request = readRequest(api, text, { number: ledger.entries.length, attemptOf });
    const entry = ledger.open(request, options.fault?.(request));
    const gone = new AbortController();
    response.on("close", () => {
      ledger.close(entry, response.writableFinished);
      gone.abort();
    });
    await new Reply(options, entry, response, gone.signal).send();
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      // A client that went away ends a wait; it has no use for a word about it.
      if (response.destroyed) return;
      if (response.headersSent) response.destroy();
      else sendJson(response, 400, errorBody(messageOf(error)));
    });
  });
  // A client on a busy machine must not find its idle connection closed, which would cost it another request.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new RangeError("the endpoint has no port");
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    ledger,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function modelList(models: readonly string[]): string {
  const data = models.map((id) => ({ id, object: "model", created: 1_700_000_000, owned_by: "sojourn" }));
  return JSON.stringify({ object: "list", data });
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
