import { TextDecoder } from "node:util";
import type { Tokenizer } from "../tokenizer.ts";

/** Which part of a sample a text belongs to: the thought, or the answer after `<|answer|>`. */
export type Section = "reasoning" | "text";

/** What one more token brought. */
export interface Piece {
  readonly section: Section;
  /** Text that is final now and was not released before. */
  readonly released: string;
  /** True when a stop sequence was found; it and what follows are left out. */
  readonly stopped: boolean;
}

/**
 * Turns a sample's tokens into its two texts as they come. Holds back what may yet turn out to be the beginning of a
 * stop sequence or of a character. Stop sequences are looked for within a section, across borders of tokens.
 */
export class SampleText {
  reasoning = "";
  text = "";
  readonly #tokenizer: Tokenizer;
  readonly #stops: readonly string[];
  readonly #longestStop: number;
  #section: Section;
  #decoder = newDecoder();
  /** How much of the section's text was released. */
  #released = 0;

  /** @param section where the prompt ends; with `text` the sample has no thought */
  constructor(tokenizer: Tokenizer, section: Section, stops: readonly string[]) {
    this.#tokenizer = tokenizer;
    this.#section = section;
    this.#stops = stops;
    this.#longestStop = Math.max(0, ...stops.map((stop) => stop.length));
  }

  /** Where the next token belongs. */
  get section(): Section {
    return this.#section;
  }

  /** Takes one more token. The answer marker ends the thought; it belongs to the thought itself. */
  add(token: number): Piece {
    if (token === this.#tokenizer.special.answer && this.#section === "reasoning") {
      const piece = this.finish();
      this.#section = "text";
      this.#decoder = newDecoder();
      this.#released = 0;
      return piece;
    }
    return this.#append(this.#decoder.decode(this.#tokenizer.bytesOf(token), { stream: true }), false);
  }

  /** Says that the section ends, and returns what was held back. */
  finish(): Piece {
    return this.#append(this.#decoder.decode(), true);
  }

  #append(added: string, last: boolean): Piece {
    const section = this.#section;
    const searchFrom = Math.max(0, this[section].length - this.#longestStop + 1);
    this[section] += added;
    const stop = this.#firstStop(this[section], searchFrom);
    if (stop !== undefined) this[section] = this[section].slice(0, stop);
    const whole = this[section];
    const end = last || stop !== undefined ? whole.length : whole.length - this.#heldBack(whole);
    const released = whole.slice(this.#released, end);
    this.#released = Math.max(end, this.#released);
    return { section, released, stopped: stop !== undefined };
  }

  #firstStop(text: string, from: number): number | undefined {
    const found = this.#stops.map((stop) => text.indexOf(stop, from)).filter((index) => index >= 0);
    return found.length === 0 ? undefined : Math.min(...found);
  }

  /** Length of the longest end of the text that a stop sequence begins with. */
  #heldBack(text: string): number {
    for (let length = Math.min(this.#longestStop - 1, text.length); length > 0; length--) {
      const end = text.slice(-length);
      if (this.#stops.some((stop) => stop.startsWith(end))) return length;
    }
    return 0;
  }
}

function newDecoder(): TextDecoder {
  return new TextDecoder("utf-8", { ignoreBOM: true });
}
