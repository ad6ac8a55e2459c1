import type { EventBody } from "../../thought/event.ts";
import { ROOT } from "../../thought/tree.ts";

/** One line of the thinking, as a summary reads it. */
export interface SummaryLine {
  kind: "step" | "returned" | "cut" | "answer" | "spoke";
  text: string;
}

/** A stretch of the thinking that is summed up as a whole. */
export interface SummaryStage {
  /** Counts on from 0. */
  ordinal: number;
  /** The last node that it covers. */
  node: string;
  lines: SummaryLine[];
}

/** Lines of the first stages; a stage ends with the branch in which it reaches them, or at twice as many. */
const FIRST_LINES = 12;

/** After so many stages the next ones are twice as long, so that a long thought has few of them. */
const STAGES_OF_A_LENGTH = 4;

/**
 * Cuts the thinking into stages while it goes on, from the events of its question alone: the same events give the same
 * stages. Each stage goes on where the one before ended, in the order of the events, whatever branch they belong to.
 */
export class SummaryStages {
  readonly #texts = new Map<string, string>();
  #lines: SummaryLine[] = [];
  #node = ROOT;
  #at = ROOT;
  #stages = 0;

  /** Takes up an event; returns the stage that it completes. */
  take(body: EventBody): SummaryStage | undefined {
    switch (body.type) {
      case "step-added":
        this.#texts.set(body.node, body.text);
        if (body.parent !== this.#at && body.parent !== ROOT)
          this.#add("returned", this.#textOf(body.parent));
        this.#go(body.node);
        this.#add("step", body.text);
        return this.#lines.length >= 2 * this.#needed ? this.rest() : undefined;
      case "backtracked":
        this.#go(body.to);
        this.#add("returned", this.#textOf(body.to));
        return undefined;
      case "agent-spoke":
        this.#add("spoke", `${body.agent}: ${body.text}`);
        return this.#lines.length >= 2 * this.#needed ? this.rest() : undefined;
      case "thought-cut":
        this.#go(body.node);
        this.#add("cut", body.reason);
        return this.#endOfBranch();
      case "answer-proposed":
        this.#go(body.node);
        this.#add("answer", body.answer);
        return this.#endOfBranch();
      default:
        return undefined;
    }
  }

  /** What has come since the last stage; undefined where nothing has. */
  rest(): SummaryStage | undefined {
    if (this.#lines.length === 0) return undefined;
    const stage = { ordinal: this.#stages++, node: this.#node, lines: this.#lines };
    this.#lines = [];
    return stage;
  }

  get #needed(): number {
    return FIRST_LINES * 2 ** Math.floor(this.#stages / STAGES_OF_A_LENGTH);
  }

  #endOfBranch(): SummaryStage | undefined {
    return this.#lines.length >= this.#needed ? this.rest() : undefined;
  }

  #go(node: string): void {
    this.#at = node;
    this.#node = node;
  }

  #add(kind: SummaryLine["kind"], text: string): void {
    const clean = text.trim().replace(/\s+/g, " ");
    if (clean !== "") this.#lines.push({ kind, text: clean });
  }

  #textOf(node: string): string {
    return this.#texts.get(node) ?? "the question";
  }
}
