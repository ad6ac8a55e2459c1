import { ThoughtParts } from "../../strategies/ai-sdk/thought-parts.ts";
import type { Thinking } from "../../strategies/strategy.ts";
import type { ThoughtThrough } from "../../strategies/think.ts";
import type { Event } from "../../thought/event.ts";
import type { Asked } from "./asked.ts";

/** A piece of what a client is told. */
export interface Piece {
  kind: "reasoning" | "answer";
  text: string;
  /** The step's place in the reasoning tree, where the piece is a committed step. */
  place?: { node: string; parent: string } | undefined;
  /** True for the last piece of a summary of one stage. */
  endsStage?: boolean | undefined;
}

/**
 * Tells one choice as it comes about: the thinking as far as the client wants to see it, then the answer.
 *
 * The backend's own pieces are passed on where there is a single thought. A search is told step by step, each as it is
 * committed with its place in the tree, then the chosen path in short.
 */
export class Narration {
  /** Takes the backend's pieces, where they are of use. */
  readonly show: Thinking["show"];
  readonly #tell: (piece: Piece) => void;
  readonly #asked: Pick<Asked, "reasoning" | "live">;
  readonly #parts: ThoughtParts;

  constructor(
    asked: Pick<Asked, "reasoning" | "live" | "stop">,
    tell: (piece: Piece) => void,
    { streams }: { streams: boolean },
  ) {
    this.#asked = asked;
    this.#tell = tell;
    this.#parts = new ThoughtParts(
      (part) => {
        if (part.type === "text-delta") tell({ kind: "answer", text: part.delta });
        if (part.type !== "reasoning-delta" || asked.reasoning !== "visible") return;
        const { node, parent } = part.providerMetadata?.["sojourn"] ?? {};
        const placed = typeof node === "string" && typeof parent === "string";
        tell({ kind: "reasoning", text: part.delta, ...(placed && { place: { node, parent } }) });
      },
      { textIsAnswer: asked.live === "answer", stop: asked.stop },
    );
    const heard = asked.live === "answer" || (asked.live === "thought" && asked.reasoning === "visible");
    this.show = streams && heard ? (delta) => this.#parts.delta(delta) : undefined;
  }

  event(event: Event): void {
    this.#parts.event(event);
    if (event.type === "summary-written" && this.#asked.reasoning === "summary")
      this.#tell({ kind: "reasoning", text: `${event.text}\n`, endsStage: true });
  }

  /** Ends the thinking with the answer. Throws a FailureError where what was streamed of it cannot be kept. */
  finish({ text, written, summary }: Pick<ThoughtThrough, "text" | "written" | "summary">): void {
    const { reasoning, live } = this.#asked;
    if (reasoning === "visible" && live === undefined && summary !== undefined)
      this.#tell({ kind: "reasoning", text: `\nThe chosen path in short:\n${summary.trimEnd()}\n` });
    this.#parts.finish(written ?? text);
  }
}
