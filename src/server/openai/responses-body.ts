import type { ApiError } from "./api-error.ts";
import { outcomeBody } from "./chat-body.ts";
import type { ResponsesRequest } from "./responses-request.ts";
import type { Outcome } from "./think-choice.ts";
import { ledgerBody, type RequestUsage } from "./usage.ts";

/** What every form of one response has in common. */
export interface ResponseEnvelope {
  id: string;
  /** Seconds since the epoch. */
  created: number;
  request: ResponsesRequest;
}

/** How far a response has come. */
export interface ResponseState {
  status: "in_progress" | "completed" | "incomplete" | "failed";
  /** The items that are complete. */
  output: readonly object[];
  usage?: RequestUsage | undefined;
  outcome?: Outcome | undefined;
  error?: ApiError | undefined;
}

/** A response as it stands. */
export function responseBody({ id, created, request }: ResponseEnvelope, state: ResponseState) {
  const { status, output, usage, outcome, error } = state;
  return {
    ...{ id, object: "response", created_at: created, status, model: request.model, output },
    error:
      error === undefined ? null : { code: error.body.error.code ?? "server_error", message: error.message },
    incomplete_details: status === "incomplete" ? { reason: "max_output_tokens" } : null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    metadata: request.metadata ?? {},
    parallel_tool_calls: request.parallel_tool_calls ?? false,
    previous_response_id: null,
    reasoning: { effort: request.reasoning?.effort ?? null, summary: request.reasoning?.summary ?? null },
    service_tier: "default",
    store: false,
    temperature: request.temperature ?? null,
    text: { format: request.text?.format ?? { type: "text" }, verbosity: "medium" },
    tool_choice: request.tool_choice ?? "auto",
    tools: [],
    top_p: request.top_p ?? 1,
    truncation: "disabled",
    background: false,
    user: request.user ?? null,
    usage: usage === undefined ? null : responseUsage(usage),
    ...(outcome !== undefined && { sojourn: outcomeBody(outcome) }),
  };
}

function responseUsage(usage: RequestUsage) {
  const { input, output, reasoning } = usage;
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
    sojourn: ledgerBody(usage),
  };
}

/** The thinking as an item; a part for each stage that was summed up, none where it is hidden. */
export function reasoningItem(id: string, parts: readonly string[], status = "completed") {
  return { type: "reasoning", id, status, summary: parts.map(summaryPart), encrypted_content: null };
}

/** A part of the thinking. */
export function summaryPart(text: string) {
  return { type: "summary_text", text };
}

/** The answer as an item. */
export function messageItem(id: string, text: string, status: "completed" | "incomplete") {
  return { type: "message", id, status, role: "assistant", content: [textPart(text)] };
}

/** The answer as a part of its item. */
export function textPart(text: string) {
  return { type: "output_text", text, annotations: [], logprobs: [] };
}
