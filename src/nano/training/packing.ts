import type { Example } from "../../problems/gym/gym.ts";
import type { RoleExample } from "../../problems/gym/roles.ts";
import { completionText, markers, promptText, rolePromptText } from "../format.ts";
import type { Tokenizer } from "../tokenizer.ts";

/** An example as token ids, and which of them are learnt: 1 for those that are predicted, 0 for those that are given. */
export interface EncodedExample {
  readonly ids: readonly number[];
  readonly learnt: readonly (0 | 1)[];
}

/** The tokens of an example; what the model writes (thought, answer, end) is learnt, the question is not. */
export function encodeExample(tokenizer: Tokenizer, example: Example): EncodedExample {
  const { question, thought, answer } = example;
  return joined(
    given(tokenizer, promptText(question, thought.length > 0)),
    learnt(tokenizer, completionText(thought, answer)),
  );
}

/**
 * The tokens of a role's example. Its choice is learnt, and so are the lines of the thought, as in any other, but for the
 * last one and the answer: what is judged may be wrong.
 */
export function encodeRoleExample(tokenizer: Tokenizer, example: RoleExample): EncodedExample {
  const { role, thought, choice } = example;
  const prompt = rolePromptText(role, example);
  const right = example.answer === undefined ? thought.slice(0, -1) : thought;
  const lines = right.length === 0 ? "" : `${right.join("\n")}${example.answer === undefined ? "\n" : ""}`;
  const before = role === "router" ? prompt.length : prompt.indexOf(markers.think) + markers.think.length;
  return joined(
    given(tokenizer, prompt.slice(0, before)),
    learnt(tokenizer, lines),
    given(tokenizer, prompt.slice(before + lines.length)),
    learnt(tokenizer, `${choice}${markers.end}`),
  );
}

function given(tokenizer: Tokenizer, text: string): EncodedExample {
  const ids = tokenizer.encode(text);
  return { ids, learnt: ids.map(() => 0) };
}

function learnt(tokenizer: Tokenizer, text: string): EncodedExample {
  const ids = tokenizer.encode(text);
  return { ids, learnt: ids.map(() => 1) };
}

function joined(...parts: EncodedExample[]): EncodedExample {
  return { ids: parts.flatMap(({ ids }) => ids), learnt: parts.flatMap((part) => part.learnt) };
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
  /** Further numbers of each token, as the objective wants them (`objective.ts`). Default: none. */
  readonly columns?: readonly Float32Array[] | undefined;
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

  /** Rows in use so far: the first ones. */
  get started(): number {
    return this.#started;
  }

  /** Places an example; false when it finds no place because all rows are full. */
  add({ ids, learnt }: EncodedExample): boolean {
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
    mask.set(learnt, start);
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
