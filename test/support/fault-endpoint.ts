import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { countTokens } from "../../src/models/tokens.ts";

const requestSchema = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.string() })),
  n: z.int().positive().default(1),
  stream: z.boolean().default(false),
  stream_options: z.object({ include_usage: z.boolean() }).optional(),
  max_tokens: z.int().optional(),
  seed: z.int().optional(),
});

/** A chat request as it came over the wire. */
export type ReceivedRequest = z.infer<typeof requestSchema>;

/** What one request is made to suffer. */
export type Fault =
  /** Another status than 200, with the usual error body unless another is given. */
  | { kind: "status"; status: number; headers?: Record<string, string>; message?: string }
  /** The socket is destroyed, in a stream after so many pieces. */
  | { kind: "reset"; afterPieces: number }
  /** Pieces keep coming and the reply never ends. */
  | { kind: "never-ending" }
  /** Nothing comes at all. */
  | { kind: "silent" }
  /** One choice, whatever `n` says. */
  | { kind: "ignores-n" }
  | { kind: "no-usage" }
  /** The completion tokens are this many times the truth. */
  | { kind: "lying-usage"; times: number }
  /** A 200 whose body, or whose stream's second piece, is not JSON. */
  | { kind: "malformed" };

export interface FaultEndpointOptions {
  /** Text of each choice. Default `choice K of request R`. */
  reply?: (request: ReceivedRequest, choice: number, number: number) => string;
  /** Milliseconds before a reply begins; a stream takes as long again over its pieces. Default 0. */
  delayMs?: number;
  /** The fault of the request with this number, from 0. Default none. */
  fault?: (number: number, request: ReceivedRequest) => Fault | undefined;
}

export interface FaultEndpoint {
  /** The base URL for clients, `/v1` included. */
  url: string;
  requests: ReceivedRequest[];
  /** Most requests that were under way at once. */
  readonly mostInFlight: number;
  /** Replies that the client broke off. */
  readonly brokenOff: number;
  /** What the replies that were sent whole reported in sum. */
  readonly reported: { inputTokens: number; outputTokens: number };
  close(): Promise<void>;
}

/** Starts an OpenAI-compatible chat endpoint on a free local port that counts what it serves and fails on demand. */
export async function startFaultEndpoint(options: FaultEndpointOptions = {}): Promise<FaultEndpoint> {
  const {
    reply = (_, choice, number) => `choice ${choice} of request ${number}`,
    delayMs = 0,
    fault,
  } = options;
  const requests: ReceivedRequest[] = [];
  const reported = { inputTokens: 0, outputTokens: 0 };
  let inFlight = 0;
  let mostInFlight = 0;
  let brokenOff = 0;

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = requestSchema.parse(JSON.parse(await textOf(incoming)));
    const number = requests.push(request) - 1;
    const suffers = fault?.(number, request);
    inFlight++;
    mostInFlight = Math.max(mostInFlight, inFlight);
    response.on("close", () => {
      inFlight--;
      if (!response.writableFinished) brokenOff++;
    });
    if (delayMs > 0) await wait(delayMs);
    if (suffers?.kind === "silent") return;
    if (suffers?.kind === "status") {
      response.writeHead(suffers.status, { "content-type": "application/json", ...suffers.headers });
      response.end(
        JSON.stringify({ error: { message: suffers.message ?? "as ordered", type: "test", code: null } }),
      );
      return;
    }
    const choices = Array.from({ length: suffers?.kind === "ignores-n" ? 1 : request.n }, (_, choice) =>
      reply(request, choice, number),
    );
    const usage = usageOf(request, choices, suffers);
    if (request.stream) {
      const { stream_options } = request;
      const sent = stream_options?.include_usage === true ? usage : undefined;
      await stream(response, { model: request.model, text: choices[0] ?? "", usage: sent, suffers, delayMs });
    } else if (suffers?.kind === "reset") response.destroy();
    else if (suffers?.kind === "malformed") {
      response.writeHead(200, { "content-type": "application/json" }).end('{"choices": [{"mess');
    } else {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(completion(request.model, choices, usage)));
    }
    if (response.writableEnded && usage !== undefined) {
      reported.inputTokens += usage.prompt_tokens;
      reported.outputTokens += usage.completion_tokens;
    }
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { message: String(error), type: "test", code: null } }));
    });
  });
  // A client on a busy machine must not find its idle connection closed, which would cost it another request.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the endpoint has no port");
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    get mostInFlight() {
      return mostInFlight;
    },
    get brokenOff() {
      return brokenOff;
    },
    reported,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface WireUsage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

function usageOf(
  request: ReceivedRequest,
  choices: readonly string[],
  suffers: Fault | undefined,
): WireUsage | undefined {
  if (suffers?.kind === "no-usage") return undefined;
  const input = request.messages.reduce((sum, { content }) => sum + countTokens(content) + 4, 2);
  const honest = choices.reduce((sum, text) => sum + countTokens(text), 0);
  const output = suffers?.kind === "lying-usage" ? Math.round(honest * suffers.times) : honest;
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}

function completion(model: string, choices: readonly string[], usage: WireUsage | undefined): object {
  return {
    id: "chatcmpl-test",
    object: "chat.completion",
    created: 1_700_000_000,
    model,
    choices: choices.map((content, index) => ({
      index,
      message: { role: "assistant", content },
      finish_reason: "stop",
    })),
    ...(usage !== undefined && { usage }),
  };
}

interface StreamSettings {
  model: string;
  text: string;
  usage: WireUsage | undefined;
  suffers: Fault | undefined;
  delayMs: number;
}

async function stream(response: ServerResponse, settings: StreamSettings): Promise<void> {
  const { model, text, usage, suffers, delayMs } = settings;
  const envelope = { id: "chatcmpl-test", object: "chat.completion.chunk", created: 1_700_000_000, model };
  const send = (chunk: object): void => {
    response.write(`data: ${JSON.stringify({ ...envelope, usage: null, ...chunk })}\n\n`);
  };
  const delta = (content: object, finish_reason: string | null = null): object => ({
    choices: [{ index: 0, delta: content, finish_reason }],
  });
  response.writeHead(200, { "content-type": "text/event-stream" });
  send(delta({ role: "assistant", content: "" }));
  const pieces = text.match(/\s*\S+/g) ?? [];
  for (let place = 0; place < pieces.length || suffers?.kind === "never-ending"; place++) {
    if (response.destroyed) return;
    if (suffers?.kind === "reset" && place >= suffers.afterPieces) {
      response.destroy();
      return;
    }
    if (suffers?.kind === "malformed" && place === 1) response.write('data: {"choices": [{"del\n\n');
    send(delta({ content: pieces[place % pieces.length] ?? "" }));
    await wait(suffers?.kind === "never-ending" ? 5 : delayMs / pieces.length);
  }
  send(delta({}, "stop"));
  if (usage !== undefined) send({ choices: [], usage });
  response.end("data: [DONE]\n\n");
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
