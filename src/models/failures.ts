import { APICallError } from "@ai-sdk/provider";
import { z } from "zod";
import { FailureError, messageOf, SojournError } from "../thought/errors.ts";
import type { Backend, RefusableParameter } from "./backend.ts";
import { SilenceError } from "./http.ts";
import { hideSecrets } from "./secrets.ts";

/** What went wrong with a request, as far as trying again and telling the user need it. */
export type FailureKind =
  | "unreachable"
  | "cut"
  | "silent"
  | "rate-limited"
  | "server-error"
  | "garbled"
  | "unauthorized"
  | "forbidden"
  | "not-found"
  | "refused"
  | "ours";

/** One failed request. */
export interface Failure {
  kind: FailureKind;
  status?: number | undefined;
  /** What the server or the network said, on one line, without keys. */
  detail: string;
  /** How long the server asks to wait. */
  retryAfterMs?: number | undefined;
  error: unknown;
}

const NO_CONNECTION = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** A reply that ended too early, or that is not what was asked for. */
export class BrokenReplyError extends Error {
  override readonly name = "BrokenReplyError";
  readonly kind: "cut" | "garbled";
  /** What the backend reported of its prompt all the same; 0 where it reported nothing. */
  readonly inputTokens: number;

  constructor(kind: "cut" | "garbled", message: string, inputTokens = 0) {
    super(message);
    this.kind = kind;
    this.inputTokens = inputTokens;
  }
}

/** Reads what a request threw. */
export function readFailure(error: unknown): Failure {
  const detail = hideSecrets(detailOf(error)).slice(0, 300);
  const failure = (kind: FailureKind, more: Partial<Failure> = {}): Failure => ({
    kind,
    detail,
    error,
    ...more,
  });
  if (error instanceof SojournError) return failure("ours");
  const causes = causesOf(error);
  if (causes.some((cause) => cause instanceof SilenceError)) return failure("silent");
  const codes = causes.map(codeOf);
  if (codes.some((code) => NO_CONNECTION.has(code))) return failure("unreachable");
  if (APICallError.isInstance(error) && error.statusCode !== undefined && error.statusCode >= 400) {
    const status = error.statusCode;
    return failure(kindOfStatus(status), { status, retryAfterMs: readRetryAfter(error.responseHeaders) });
  }
  if (error instanceof BrokenReplyError) return failure(error.kind);
  const names = causes.map((cause) => (cause instanceof Error ? cause.name : ""));
  if (names.some((name) => /JSONParse|TypeValidation|InvalidResponseData|EmptyResponseBody/.test(name))) {
    // A stream that ends before it is finished has been cut, whatever the reader makes of it.
    return failure(/ended without a finish reason/.test(detail) ? "cut" : "garbled");
  }
  if (codes.some((code) => code !== "")) return failure("cut");
  // What a stream reports as its error is the server's own word, and no Error; anything else is a mistake of ours.
  return failure(error instanceof Error && !APICallError.isInstance(error) ? "ours" : "server-error");
}

/** The one line for a user when a request has finally failed. */
export function explainFailure(failure: Failure, backend: Backend): SojournError {
  const { kind, detail, status, error } = failure;
  if (error instanceof SojournError) return error;
  const { name } = backend.traits;
  const where = backend.endpoint ?? name;
  const lines: Record<Exclude<FailureKind, "ours">, string> = {
    unreachable: `cannot reach ${where}: is the server running? Start it, or choose another model with --model`,
    cut: `${where} broke the connection while answering for ${name}: ${detail}`,
    silent: `${where} sent nothing for ${name} (${detail}); check that the server is not stuck`,
    "rate-limited": `${where} keeps refusing requests for ${name} as too many (429): lower --concurrency or set limits for the provider in sojourn.yaml`,
    "server-error": `${where} failed for ${name}${status === undefined ? "" : ` (${status})`}: ${detail}`,
    garbled: `${where} sent a reply for ${name} that is not in the expected format: ${detail}`,
    unauthorized:
      backend.keyVariable === undefined
        ? `${where} wants a key (401): name its variable as apiKeyEnv of the provider in sojourn.yaml`
        : `${where} does not accept the key (401): check the environment variable ${backend.keyVariable}`,
    forbidden: `${where} does not allow ${name} with this key (403): ${detail}`,
    "not-found": `${where} has no model ${name} (404): ${backend.missingModelHint ?? checkNames(where)}`,
    refused: `${where} refused the request for ${name} (${status}): ${detail}`,
  };
  return new FailureError(kind === "ours" ? `${name} failed: ${detail}` : lines[kind], error);
}

function checkNames(where: string): string {
  const address = /\/v\d/.test(where) ? "" : " and the address, which usually ends in /v1";
  return `check the model's name${address}; see sojourn models`;
}

/** The optional parameter that a backend names in refusing a request, if it is one that can be left out. */
export function refusedParameter(failure: Failure): RefusableParameter | undefined {
  if (failure.kind !== "refused") return undefined;
  const text = failure.detail;
  if (/logprobs/i.test(text)) return "logprobs";
  if (/response_?format|json_schema|structured output/i.test(text)) return "schema";
  if (/\bseed\b/i.test(text)) return "seed";
  if (/["'`]n["'`]|\bn\s*[>=:]|\bn (?:must|is|should|parameter)\b|parameter:? n\b/i.test(text)) return "n";
  if (/multiple (?:choices|completions|candidates|samples)|candidate_?count/i.test(text)) return "n";
  if (/["'`]stop(?:_sequences)?["'`]|\bstop sequences?\b/i.test(text)) return "stop";
  return undefined;
}

const saidSchema = z.object({ message: z.string() });

/** The server's words; its whole reply where they are not in the usual place. */
function detailOf(error: unknown): string {
  const said = saidSchema.safeParse(error);
  if (!(error instanceof Error) && said.success) return said.data.message;
  if (!APICallError.isInstance(error) || error.data !== undefined || !error.responseBody)
    return messageOf(error);
  return `${messageOf(error)} ${error.responseBody.replace(/\s+/g, " ").trim()}`;
}

function kindOfStatus(status: number): FailureKind {
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  if (status === 404) return "not-found";
  if (status === 429) return "rate-limited";
  if (status === 408 || status === 409 || status >= 500) return "server-error";
  return "refused";
}

/** `retry-after-ms`, or `retry-after` in seconds or as a date. */
function readRetryAfter(headers: Record<string, string> | undefined): number | undefined {
  const milliseconds = Number(headers?.["retry-after-ms"] ?? Number.NaN);
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  const after = headers?.["retry-after"];
  if (after === undefined) return undefined;
  const seconds = Number(after);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(after) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/** An error and what led to it, the error itself first. */
export function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let at = error; at !== undefined && at !== null && causes.length < 8; ) {
    causes.push(at);
    if (at instanceof AggregateError) causes.push(...at.errors);
    at = at instanceof Error ? at.cause : undefined;
  }
  return causes;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
