import { join } from "node:path";
import { InputError } from "../../../thought/errors.ts";
import type { PackedRows } from "../packing.ts";
import { readShard, type Shard } from "../shard.ts";

/** The rows of all shards of a split, one shard after the other, round and round; a shard is read when first needed. */
export class Rows {
  readonly #folder: string;
  readonly #shards: readonly Shard[];
  /** Rows of one round. */
  readonly count: number;
  #loaded = -1;
  #rows: PackedRows | undefined;

  constructor(folder: string, shards: readonly Shard[]) {
    this.#folder = folder;
    this.#shards = shards;
    this.count = shards.reduce((sum, { rows }) => sum + rows, 0);
    if (this.count === 0)
      throw new InputError(`${folder} holds no rows to train on: delete it to make it anew`);
  }

  /** Rows `first` to `first + count`, where row `this.count` is row 0 again. */
  async take(first: number, count: number): Promise<PackedRows> {
    const parts: PackedRows[] = [];
    for (let row = first; row < first + count; row += parts.at(-1)?.rows ?? 1) {
      const { shard, offset } = this.#find(row % this.count);
      const all = await this.#load(shard);
      parts.push(sliceRows(all, offset, Math.min(all.rows, offset + first + count - row)));
    }
    return concatRows(parts);
  }

  #find(row: number): { shard: number; offset: number } {
    let offset = row;
    let shard = 0;
    for (; offset >= (this.#shards[shard]?.rows ?? Number.POSITIVE_INFINITY); shard++) {
      offset -= this.#shards[shard]?.rows ?? 0;
    }
    return { shard, offset };
  }

  async #load(shard: number): Promise<PackedRows> {
    if (this.#rows === undefined || this.#loaded !== shard) {
      const { file = "", rows = 0 } = this.#shards[shard] ?? {};
      const path = join(this.#folder, file);
      this.#rows = await readShard(path);
      if (this.#rows.rows !== rows)
        throw new InputError(`${path} is not whole: delete ${this.#folder} to make it anew`);
      this.#loaded = shard;
    }
    return this.#rows;
  }
}

/** Rows `from` up to, not including, `to`, as views. */
export function sliceRows(
  { context, tokens, segments, mask, columns }: PackedRows,
  from: number,
  to: number,
): PackedRows {
  const [start, end] = [from * context, to * context];
  return {
    rows: to - from,
    context,
    tokens: tokens.subarray(start, end),
    segments: segments.subarray(start, end),
    mask: mask.subarray(start, end),
    ...(columns && { columns: columns.map((column) => column.subarray(start, end)) }),
  };
}

/** Rows cut into as many equal parts. */
export function cutRows(rows: PackedRows, parts: number): PackedRows[] {
  const size = rows.rows / parts;
  return Array.from({ length: parts }, (_, part) => sliceRows(rows, part * size, (part + 1) * size));
}

function concatRows(parts: readonly PackedRows[]): PackedRows {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const context = parts[0]?.context ?? 0;
  const whole = {
    rows,
    context,
    tokens: new Uint16Array(rows * context),
    segments: new Uint8Array(rows * context),
    mask: new Uint8Array(rows * context),
  };
  let at = 0;
  for (const part of parts) {
    whole.tokens.set(part.tokens, at);
    whole.segments.set(part.segments, at);
    whole.mask.set(part.mask, at);
    at += part.rows * context;
  }
  return whole;
}
