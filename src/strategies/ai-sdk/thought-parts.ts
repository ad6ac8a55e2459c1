import type { JSONObject, LanguageModelV3StreamPart } from "@ai-sdk/provider";
import type { Delta } from "../../models/client.ts";
import { FailureError } from "../../thought/errors.ts";
import type { Event } from "../../thought/event.ts";
import { ROOT } from "../../thought/tree.ts";

/** How a strategy's thinking is put into parts. */
export interface ThoughtPartsOptions {
  /** True where the pieces of text that stream are the answer itself, as it will be chosen. */
  textIsAnswer: boolean;
  /** The answer ends before the first of these texts. */
  stop: readonly string[];
}

/**
 * Turns what happens while a question is thought about into the parts of an AI SDK stream: reasoning while it goes on,
 * then the answer as text.
 *
 * A committed step is a reasoning delta of one line; where it does not follow the step before it, its place in the tree
 * stands in brackets before it (`[0.2.1] `), and always in `providerMetadata.sojourn`. Where the backend's own pieces are
 * streamed, they take the place of the steps. What agents say stands behind their name.
 */
export class ThoughtParts {
  readonly #emit: (part: LanguageModelV3StreamPart) => void;
  readonly #options: ThoughtPartsOptions;
  #open: { kind: "reasoning" | "text"; id: string } | undefined;
  #parts = 0;
  #streamed = false;
  readonly #spoken: string[] = [];
  #last = ROOT;
  #answer = "";
  /** White space that belongs to the answer only if more follows, and what may be the beginning of a stop text. */
  #held = "";
  #stopped = false;
  /** What a model that thinks apart from its text wrote as its text: most often the answer. */
  #apart = "";
  #thoughtApart = false;
  #broken = false;

  constructor(emit: (part: LanguageModelV3StreamPart) => void, options: ThoughtPartsOptions) {
    this.#emit = emit;
    this.#options = options;
  }

  /** Takes a piece that the backend streams. */
  delta({ kind, text }: Pick<Delta, "kind" | "text">): void {
    if (kind === "restarted") {
      // What was shown of the thinking stays in a part of its own; of the answer nothing can be taken back.
      this.#close();
      this.#broken = this.#answer !== "";
      this.#held = "";
      this.#apart = "";
      this.#thoughtApart = false;
      return;
    }
    this.#streamed = true;
    if (kind === "reasoning") {
      this.#thoughtApart = true;
      this.#write("reasoning", text);
    } else if (!this.#options.textIsAnswer) {
      if (this.#thoughtApart) this.#apart += text;
      else this.#write("reasoning", text);
    } else if (!this.#broken && !this.#stopped) this.#answerPiece(text);
  }

  /** Takes an event of the question. */
  event(event: Event): void {
    if (this.#streamed) return;
    if (event.type === "agent-spoke") {
      this.#spoken.push(event.text);
      this.#write("reasoning", `${event.agent}: ${event.text}\n`, { agent: event.agent });
    } else if (event.type === "step-added") {
      const { node, parent, text } = event;
      const label = parent === this.#last ? "" : `[${node}] `;
      this.#last = node;
      if (text !== "" && !this.#spoken.some((spoken) => says(spoken, text)))
        this.#write("reasoning", `${label}${text}\n`, { node, parent });
    } else if (event.type === "backtracked") this.#last = event.to;
  }

  /**
   * Ends the thinking with the answer; undefined where there is none. Throws a FailureError where the stream of an answer
   * broke in the middle and another one came.
   */
  finish(chosen: string | undefined): void {
    if (this.#apart.trim() !== "" && this.#apart.trim() !== chosen) this.#write("reasoning", this.#apart);
    const answer = cutAt(chosen ?? "", this.#options.stop);
    if (!answer.startsWith(this.#answer)) {
      throw new FailureError("the connection broke within the answer and a second try differs; ask again");
    }
    const rest = answer.slice(this.#answer.length);
    if (rest !== "") this.#write("text", rest);
    this.#close();
  }

  #answerPiece(text: string): void {
    const piece = this.#held + text;
    const kept = this.#answer === "" ? piece.trimStart() : piece;
    const { stop } = this.#options;
    const cut = cutAt(kept, stop);
    this.#stopped = cut !== kept;
    const whole = cut.slice(0, cut.length - begunStop(cut, stop)).trimEnd();
    this.#held = kept.slice(whole.length);
    if (whole === "") return;
    this.#answer += whole;
    this.#write("text", whole);
  }

  #write(kind: "reasoning" | "text", delta: string, place?: JSONObject): void {
    if (this.#open?.kind !== kind) {
      this.#close();
      this.#open = { kind, id: String(this.#parts++) };
      this.#emit({ type: `${kind}-start`, id: this.#open.id });
    }
    const providerMetadata = place === undefined ? {} : { providerMetadata: { sojourn: place } };
    this.#emit({ type: `${kind}-delta`, id: this.#open.id, delta, ...providerMetadata });
  }

  #close(): void {
    if (this.#open !== undefined) this.#emit({ type: `${this.#open.kind}-end`, id: this.#open.id });
    this.#open = undefined;
  }
}

/** Whether a step only repeats what an agent has said: all of it under a title, or some whole lines of it. */
function says(spoken: string, step: string): boolean {
  return step.includes(spoken) || `\n${spoken}\n`.includes(`\n${step}\n`);
}

/** Length of the longest end of a text with which a stop text begins. */
function begunStop(text: string, stop: readonly string[]): number {
  let longest = 0;
  for (const one of stop)
    for (let length = Math.min(one.length - 1, text.length); length > longest; length--)
      if (text.endsWith(one.slice(0, length))) longest = length;
  return longest;
}

function cutAt(text: string, stop: readonly string[]): string {
  const ends = stop.map((one) => text.indexOf(one)).filter((at) => at !== -1);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}
