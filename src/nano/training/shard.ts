import { join } from "node:path";
import { z } from "zod";
import { example, type GymPlace } from "../../problems/gym/gym.ts";
import { roleExample } from "../../problems/gym/roles.ts";
import { Random } from "../../thought/random.ts";
import { readSafetensors, type StoredTensor, writeSafetensors } from "../safetensors.ts";
import type { Tokenizer } from "../tokenizer.ts";
import {
  type EncodedExample,
  encodeExample,
  encodeRoleExample,
  type PackedRows,
  Packer,
  reorderRows,
} from "./packing.ts";

/** The ways to write an example: the styles of a thought, and the roles. */
export const exampleStyles = ["trace", "shortcut", "direct", "judge", "critic", "router"] as const;

/** One of {@link exampleStyles}. */
export type ExampleStyle = (typeof exampleStyles)[number];

/** What one shard is made of; the same order always makes the same file. */
export const shardOrderSchema = z.object({
  split: z.enum(["train", "validation", "test"]),
  /** Its place among the shards of its split; its examples are numbered from `ordinal * 2^20`. */
  ordinal: z.number().int(),
  rows: z.number().int(),
  context: z.number().int(),
  /** Largest difficulty of its problems, 0 to 1. */
  difficulty: z.number(),
  seed: z.number().int(),
  /** Relative frequencies, as in the recipe. */
  families: z.record(z.string(), z.number()),
  /** How an example is written: in a style of thought, or for a role. */
  styles: z.record(z.enum(exampleStyles), z.number()),
});

/** A parsed order for a shard, see {@link shardOrderSchema}. */
export type ShardOrder = z.infer<typeof shardOrderSchema>;

/** What is known of a written shard. */
export const shardSchema = z.object({
  file: z.string(),
  rows: z.number().int(),
  /** Tokens that are no padding. */
  filled: z.number().int(),
  /** Examples left out because they were longer than a row. */
  skipped: z.number().int(),
});

/** A parsed entry of a data folder's index, see {@link shardSchema}. */
export type Shard = z.infer<typeof shardSchema>;

const examplesPerShard = 2 ** 20;

/**
 * Makes one shard and writes it: a safetensors file with `tokens` (U16), `segments` (U8) and `mask` (U8), each
 * `[rows, context]`, as {@link PackedRows} describes. Families and styles are drawn example by example.
 */
export async function writeShard(folder: string, tokenizer: Tokenizer, order: ShardOrder): Promise<Shard> {
  const random = new Random(`shard/${order.seed}/${order.split}/${order.ordinal}`);
  const pickFamily = weightedPick(order.families);
  const pickStyle = weightedPick(order.styles);
  const packer = new Packer(order.rows, order.context, tokenizer.special.pad);
  for (let number = 0; ; number++) {
    const style = pickStyle(random.next());
    const place = {
      family: pickFamily(random.next()),
      split: order.split,
      seed: order.seed,
      index: order.ordinal * examplesPerShard + number,
      difficulty: order.difficulty,
    };
    if (!packer.add(encodeAt(tokenizer, place, style))) break;
  }
  const shuffled = random.shuffle(Array.from({ length: order.rows }, (_, row) => row));
  const packed = reorderRows(packer.packed, shuffled);
  const file = `${order.split}-${String(order.ordinal).padStart(4, "0")}.safetensors`;
  return storeRows(folder, file, packed, packer.placed, packer.skipped);
}

/** Writes the first `rows` of packed rows as a shard of a data folder. */
export async function storeRows(
  folder: string,
  file: string,
  packed: PackedRows,
  filled: number,
  skipped: number,
): Promise<Shard> {
  await writeSafetensors(join(folder, file), storedRows(packed));
  return { file, rows: packed.rows, filled, skipped };
}

function encodeAt(tokenizer: Tokenizer, place: GymPlace, style: ExampleStyle): EncodedExample {
  return style === "trace" || style === "shortcut" || style === "direct"
    ? encodeExample(tokenizer, example({ ...place, style }))
    : encodeRoleExample(tokenizer, roleExample({ ...place, role: style }));
}

/** Reads the rows of a shard. Throws an InputError when the file is damaged. */
export async function readShard(path: string): Promise<PackedRows> {
  const stored = await readSafetensors(path);
  const bytes = (name: string): Uint8Array => stored.get(name)?.bytes ?? new Uint8Array();
  const [rows = 0, context = 0] = stored.get("tokens")?.shape ?? [];
  return {
    rows,
    context,
    tokens: new Uint16Array(bytes("tokens").slice().buffer),
    segments: bytes("segments"),
    mask: bytes("mask"),
  };
}

function storedRows({ rows, context, tokens, segments, mask }: PackedRows): Map<string, StoredTensor> {
  const shape = [rows, context];
  const size = rows * context;
  const tokenBytes = new Uint8Array(tokens.buffer, tokens.byteOffset, size * tokens.BYTES_PER_ELEMENT);
  return new Map<string, StoredTensor>([
    ["tokens", { type: "U16", shape, bytes: tokenBytes }],
    ["segments", { type: "U8", shape, bytes: segments.subarray(0, size) }],
    ["mask", { type: "U8", shape, bytes: mask.subarray(0, size) }],
  ]);
}

/** A function from a number in [0, 1) to a name, each as often as its weight says. */
function weightedPick<Name extends string>(weights: Readonly<Record<Name, number>>): (at: number) => Name {
  const names = Object.keys(weights) as Name[];
  const total = names.reduce((sum, name) => sum + weights[name], 0);
  return (at) => {
    let left = at * total;
    for (const name of names) {
      left -= weights[name];
      if (left < 0) return name;
    }
    return names[0] as Name;
  };
}
