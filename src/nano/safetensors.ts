import { readFile, rename, writeFile } from "node:fs/promises";
import { z } from "zod";
import { InputError } from "../thought/errors.ts";

/** Bytes of one element of each type we read and write. */
const elementSizes = { F32: 4, BF16: 2, I32: 4, U16: 2, U8: 1 } as const;

/** Element types of the safetensors format that nano uses. */
export type ElementType = keyof typeof elementSizes;

/** One tensor as it lies in a file: row-major, little-endian bytes. */
export interface StoredTensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** Numbers and their row-major shape, as the engines use them. */
export interface FloatTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

const entrySchema = z.object({
  dtype: z.enum(["F32", "BF16", "I32", "U16", "U8"]),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});
const headerSchema = z.record(z.string(), z.union([entrySchema, z.record(z.string(), z.string())]));

/**
 * Reads a file in the safetensors format: an unsigned 64-bit header length, a JSON header, then the tensors' bytes.
 * Each returned tensor owns its (aligned) bytes. Throws {@link InputError} when the file is not what it says it is.
 */
export async function readSafetensors(path: string): Promise<Map<string, StoredTensor>> {
  const file = await readFile(path);
  const damaged = (why: string) =>
    new InputError(`${path} is not a whole safetensors file (${why}): restore or remake it`);
  if (file.byteLength < 8) throw damaged("too short");
  const headerEnd = 8 + Number(file.readBigUInt64LE(0));
  if (headerEnd > file.byteLength) throw damaged("its header is cut off");
  let header: z.infer<typeof headerSchema>;
  try {
    header = headerSchema.parse(JSON.parse(file.toString("utf8", 8, headerEnd)));
  } catch {
    throw damaged("its header is unreadable or names an element type that nano does not use");
  }
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const parsed = entrySchema.safeParse(entry);
    if (!parsed.success) throw damaged(`the entry of ${name} is malformed`);
    const { dtype, shape, data_offsets } = parsed.data;
    const [begin, end] = data_offsets;
    const expected = shape.reduce((product, size) => product * size, elementSizes[dtype]);
    if (end - begin !== expected || headerEnd + end > file.byteLength)
      throw damaged(`${name} has the wrong length`);
    const bytes = new Uint8Array(expected);
    bytes.set(file.subarray(headerEnd + begin, headerEnd + end));
    tensors.set(name, { type: dtype, shape, bytes });
  }
  return tensors;
}

/** Writes tensors in the order given, through a temporary file beside it, so that a reader never sees half a file. */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, StoredTensor>,
): Promise<void> {
  const entries: Record<string, unknown> = { __metadata__: { format: "pt" } };
  let offset = 0;
  for (const [name, { type, shape, bytes }] of tensors) {
    entries[name] = { dtype: type, shape, data_offsets: [offset, offset + bytes.byteLength] };
    offset += bytes.byteLength;
  }
  const json = Buffer.from(JSON.stringify(entries));
  const header = Buffer.alloc(8 + Math.ceil(json.byteLength / 8) * 8, " ");
  header.writeBigUInt64LE(BigInt(header.byteLength - 8), 0);
  json.copy(header, 8);
  const partial = `${path}.${process.pid}.partial`;
  await writeFile(partial, Buffer.concat([header, ...[...tensors.values()].map((tensor) => tensor.bytes)]));
  await rename(partial, path);
}

/** The numbers of a float32 or bfloat16 tensor. Throws {@link InputError} for other element types. */
export function floatsOf(tensor: StoredTensor): FloatTensor {
  const { type, shape, bytes } = tensor;
  if (type === "F32") return { shape, data: new Float32Array(bytes.slice().buffer) };
  if (type !== "BF16")
    throw new InputError(`expected F32 or BF16 numbers, found ${type}: this is not a weight file`);
  const halves = new Uint16Array(bytes.slice().buffer);
  const words = new Uint32Array(halves.length);
  for (let index = 0; index < halves.length; index++) words[index] = (halves[index] ?? 0) << 16;
  return { shape, data: new Float32Array(words.buffer) };
}

/**
 * Numbers as they are stored: `F32` keeps every bit, `BF16` rounds to the nearest (ties to even) and halves the size.
 * Infinities and NaN keep their meaning.
 */
export function storedFloats(tensor: FloatTensor, type: "F32" | "BF16"): StoredTensor {
  const { shape, data } = tensor;
  const copy = data.slice();
  if (type === "F32") return { type, shape, bytes: new Uint8Array(copy.buffer) };
  const words = new Uint32Array(copy.buffer);
  const halves = new Uint16Array(words.length);
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? 0;
    const finite = (word & 0x7f80_0000) !== 0x7f80_0000;
    const rounded = finite
      ? word + 0x7fff + ((word >>> 16) & 1)
      : (word & 0x7f_ffff) === 0
        ? word
        : word | 0x40_0000;
    halves[index] = rounded >>> 16;
  }
  return { type, shape, bytes: new Uint8Array(halves.buffer) };
}
