import { randomBytes } from "node:crypto";
import type { ApiError } from "./api-error.ts";
import type { Piece } from "./narration.ts";
import {
  messageItem,
  type ResponseEnvelope,
  reasoningItem,
  responseBody,
  summaryPart,
  textPart,
} from "./responses-body.ts";
import type { Outcome } from "./think-choice.ts";
import type { RequestUsage } from "./usage.ts";

/** An id as the API has them. */
export function newId(kind: "resp" | "rs" | "msg"): string {
  return `${kind}_${randomBytes(16).toString("hex")}`;
}

interface OpenItem {
  id: string;
  /** The parts that are complete, and then the one that grows. */
  done: string[];
  text: string | undefined;
}

/**
 * The events of a streamed response, in the order of the API: the response is created and in progress; the reasoning item
 * opens, brings the parts of its summary and closes; the message opens, brings its text and closes; the response is
 * completed, incomplete or failed. `sequence_number` rises by one from event to event. Every event that opens something is
 * followed by the one that closes it, failures apart.
 */
export class ResponseEvents {
  readonly #send: (type: string, data: string) => void;
  readonly #envelope: ResponseEnvelope;
  readonly #thinks: boolean;
  readonly #output: object[] = [];
  #sequence = 0;
  #begun = false;
  #thinking: OpenItem | undefined;
  #message: OpenItem | undefined;

  /**
   * @param options.thinks whether there is thinking to tell of, even where nothing of it is shown
   * @param send takes each event's type and its data as JSON
   */
  constructor(
    envelope: ResponseEnvelope,
    { thinks }: { thinks: boolean },
    send: (type: string, data: string) => void,
  ) {
    this.#envelope = envelope;
    this.#thinks = thinks;
    this.#send = send;
  }

  /** Says that the response is under way. Idempotent. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    const response = responseBody(this.#envelope, { status: "in_progress", output: [] });
    this.#event("response.created", { response });
    this.#event("response.in_progress", { response });
  }

  /** Takes a piece of the thinking or of the answer. What is thought after the answer has begun is not told. */
  piece({ kind, text, endsStage }: Piece): void {
    this.begin();
    if (kind === "answer") this.#answerPiece(text);
    else if (this.#message === undefined) this.#thought(text, endsStage === true);
  }

  /** Ends the response. */
  finish(outcome: Outcome, usage: RequestUsage): void {
    this.begin();
    this.#answerPiece("");
    const status = outcome.finishReason === "length" ? "incomplete" : "completed";
    this.#endMessage(status);
    const response = responseBody(this.#envelope, { status, output: this.#output, usage, outcome });
    this.#event(`response.${status}`, { response });
  }

  /** Ends the response as failed. */
  fail(error: ApiError): void {
    this.begin();
    const response = responseBody(this.#envelope, { status: "failed", output: this.#output, error });
    this.#event("response.failed", { response });
  }

  #thought(text: string, endsStage: boolean): void {
    const item = this.#think();
    const at = { item_id: item.id, output_index: this.#output.length, summary_index: item.done.length };
    if (item.text === undefined) {
      item.text = "";
      this.#event("response.reasoning_summary_part.added", { ...at, part: summaryPart("") });
    }
    item.text += text;
    this.#event("response.reasoning_summary_text.delta", { ...at, delta: text });
    if (endsStage) this.#endPart(item);
  }

  #think(): OpenItem {
    if (this.#thinking !== undefined) return this.#thinking;
    this.#thinking = { id: newId("rs"), done: [], text: undefined };
    const item = reasoningItem(this.#thinking.id, [], "in_progress");
    this.#event("response.output_item.added", { output_index: this.#output.length, item });
    return this.#thinking;
  }

  #endPart(item: OpenItem): void {
    if (item.text === undefined) return;
    const { id, text } = item;
    const at = { item_id: id, output_index: this.#output.length, summary_index: item.done.length };
    this.#event("response.reasoning_summary_text.done", { ...at, text });
    this.#event("response.reasoning_summary_part.done", { ...at, part: summaryPart(text) });
    item.done.push(text);
    item.text = undefined;
  }

  #endThinking(): void {
    if (this.#thinking === undefined) return;
    this.#endPart(this.#thinking);
    this.#close(reasoningItem(this.#thinking.id, this.#thinking.done));
    this.#thinking = undefined;
  }

  #answerPiece(text: string): void {
    if (this.#message === undefined) {
      if (this.#thinks) this.#think();
      this.#endThinking();
      const id = newId("msg");
      this.#message = { id, done: [], text: "" };
      const item = { ...messageItem(id, "", "completed"), status: "in_progress", content: [] };
      this.#event("response.output_item.added", { output_index: this.#output.length, item });
      this.#event("response.content_part.added", { ...this.#place(id), part: textPart("") });
    }
    if (text === "") return;
    this.#message.text += text;
    this.#event("response.output_text.delta", {
      ...this.#place(this.#message.id),
      delta: text,
      logprobs: [],
    });
  }

  #endMessage(status: "completed" | "incomplete"): void {
    const { id = "", text = "" } = this.#message ?? {};
    this.#event("response.output_text.done", { ...this.#place(id), text, logprobs: [] });
    this.#event("response.content_part.done", { ...this.#place(id), part: textPart(text) });
    this.#close(messageItem(id, text, status));
  }

  #close(item: object): void {
    this.#event("response.output_item.done", { output_index: this.#output.length, item });
    this.#output.push(item);
  }

  #place(id: string) {
    return { item_id: id, output_index: this.#output.length, content_index: 0 };
  }

  #event(type: string, fields: object): void {
    this.#send(type, JSON.stringify({ type, sequence_number: this.#sequence++, ...fields }));
  }
}
