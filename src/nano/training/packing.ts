import type { Example } from "../../problems/gym/gym.ts";
import { completionText, promptText } from "../format.ts";
import type { Tokenizer } from "../tokenizer.ts";

/** An example as token ids, and how many of them at its front are given and not learnt. */
export interface EncodedExample {
  readonly ids: readonly number[];
  readonly promptLength: number;
}

/** The tokens of an example; what the model writes (thought, answer, end) is learnt, the question is not. */
export function encodeExample(tokenizer: Tokenizer, example: Example): EncodedExample {
  const { question, thought, answer } = example;
  const prompt = tokenizer.encode(promptText(question, thought.length > 0));
  return {
    ids: [...prompt, ...tokenizer.encode(completionText(thought, answer))],
    promptLength: prompt.length,
  };
}

/** Rows of tokens for training, each array `[rows, context]` in row-major order. */
export interface PackedRows {
  readonly rows: number;
  readonly context: number;
  /** Token ids. */
  readonly tokens: Uint16Array;
  /** Which example of its row a token belongs to, from 1; 0 is padding. Attention stays inside a segment. */
  readonly segments: Uint8Array;
  /** 1 where a token is learnt, that is predicted from those before it. */
  readonly mask: Uint8Array;
}

/** Rows that are still being filled: enough for a tight fit, few enough to search for every example. */
const openRows = 96;

/**
 * Packs examples whole into rows, each into the open row where it leaves the least room, until `rows` rows are full.
 * Examples longer than a row are skipped. The same examples always give the same rows.
 */
export class Packer {
  /** Examples that were longer than a row. */
  skipped = 0;
  /** Tokens placed so far, padding left out. */
  placed = 0;
  readonly packed: PackedRows;
  readonly #open: { row: number; used: number; segment: number }[] = [];
  #started = 0;

  constructor(rows: number, context: number, pad: number) {
    const size = rows * context;
    const tokens = new Uint16Array(size).fill(pad);
    this.packed = { rows, context, tokens, segments: new Uint8Array(size), mask: new Uint8Array(size) };
  }

  /** Places an example; false when it finds no place because all rows are full. */
  add({ ids, promptLength }: EncodedExample): boolean {
    const { rows, context, tokens, segments, mask } = this.packed;
    if (ids.length > context) {
      this.skipped++;
      return true;
    }
    let best: { row: number; used: number; segment: number } | undefined;
    for (const open of this.#open) {
      if (open.used + ids.length <= context && open.segment < 255 && (best?.used ?? -1) < open.used)
        best = open;
    }
    if (best === undefined) {
      if (this.#started === rows) return false;
      if (this.#open.length === openRows) this.#closeFullest();
      best = { row: this.#started++, used: 0, segment: 0 };
      this.#open.push(best);
    }
    best.segment++;
    const start = best.row * context + best.used;
    tokens.set(ids, start);
    segments.fill(best.segment, start, start + ids.length);
    mask.fill(1, start + promptLength, start + ids.length);
    best.used += ids.length;
    this.placed += ids.length;
    return true;
  }

  #closeFullest(): void {
    const fullest = this.#open.reduce(
      (best, open, index) => (open.used > (this.#open[best]?.used ?? 0) ? index : best),
      0,
    );
    this.#open.splice(fullest, 1);
  }
}

/** The rows in another order, `order[i]` becoming row `i`. */
export function reorderRows(packed: PackedRows, order: readonly number[]): PackedRows {
  const { rows, context } = packed;
  const reorder = <Values extends Uint16Array | Uint8Array>(values: Values): Values => {
    const source = values.slice();
    for (const [to, from] of order.entries()) {
      values.set(source.subarray(from * context, (from + 1) * context), to * context);
    }
    return values;
  };
  return {
    rows,
    context,
    tokens: reorder(packed.tokens),
    segments: reorder(packed.segments),
    mask: reorder(packed.mask),
  };
}
