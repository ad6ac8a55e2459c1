import { Random } from "../../src/thought/random.ts";

/** Sizes of the model: it is there to be run, not to make sense. */
const [hidden, layers, heads, inner, context] = [32, 2, 2, 64, 256];

type Value = { kind: number; bytes: Buffer };

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const f32 = (values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeFloatLE(value, 4 * index);
  return bytes;
};
const string = (text: string): Buffer => Buffer.concat([u64(Buffer.byteLength(text)), Buffer.from(text)]);

const count = (value: number): Value => ({ kind: 4, bytes: u32(value) });
const real = (value: number): Value => ({ kind: 6, bytes: f32([value]) });
const flag = (value: boolean): Value => ({ kind: 7, bytes: Buffer.from([value ? 1 : 0]) });
const words = (value: string): Value => ({ kind: 8, bytes: string(value) });
const list = (kind: number, length: number, items: Buffer): Value => ({
  kind: 9,
  bytes: Buffer.concat([u32(kind), u64(length), items]),
});

/**
 * A GGUF file of a llama with random weights, a few hundred kilobytes: byte tokens, the letters and a space.
 *
 * @param template its chat template, if it has one
 */
export function tinyGguf(template?: string): Buffer {
  const vocabulary = ["<unk>", "<s>", "</s>"];
  for (let byte = 0; byte < 256; byte++) {
    vocabulary.push(`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`);
  }
  const bytesEnd = vocabulary.length;
  vocabulary.push("\u2581", ..."abcdefghijklmnopqrstuvwxyz", ":", "\u2581so");
  const types = vocabulary.map((_, token) => (token < 3 ? (token === 0 ? 2 : 3) : token < bytesEnd ? 6 : 1));

  const metadata: [string, Value][] = [
    ["general.architecture", words("llama")],
    ["general.name", words("tiny")],
    ["llama.context_length", count(context)],
    ["llama.embedding_length", count(hidden)],
    ["llama.block_count", count(layers)],
    ["llama.feed_forward_length", count(inner)],
    ["llama.attention.head_count", count(heads)],
    ["llama.attention.head_count_kv", count(heads)],
    ["llama.attention.layer_norm_rms_epsilon", real(1e-5)],
    ["llama.rope.dimension_count", count(hidden / heads)],
    ["llama.vocab_size", count(vocabulary.length)],
    ["tokenizer.ggml.model", words("llama")],
    ["tokenizer.ggml.tokens", list(8, vocabulary.length, Buffer.concat(vocabulary.map(string)))],
    ["tokenizer.ggml.scores", list(6, vocabulary.length, f32(vocabulary.map((_, token) => -token)))],
    ["tokenizer.ggml.token_type", list(5, vocabulary.length, Buffer.concat(types.map(u32)))],
    ["tokenizer.ggml.bos_token_id", count(1)],
    ["tokenizer.ggml.eos_token_id", count(2)],
    ["tokenizer.ggml.add_bos_token", flag(true)],
    ...(template === undefined ? [] : [["tokenizer.chat_template", words(template)] as [string, Value]]),
  ];

  const tensors: { name: string; shape: number[] }[] = [
    { name: "token_embd.weight", shape: [hidden, vocabulary.length] },
    { name: "output_norm.weight", shape: [hidden] },
    { name: "output.weight", shape: [hidden, vocabulary.length] },
  ];
  for (let layer = 0; layer < layers; layer++) {
    const add = (name: string, ...shape: number[]) =>
      tensors.push({ name: `blk.${layer}.${name}.weight`, shape });
    add("attn_norm", hidden);
    for (const name of ["attn_q", "attn_k", "attn_v", "attn_output"]) add(name, hidden, hidden);
    add("ffn_norm", hidden);
    add("ffn_gate", hidden, inner);
    add("ffn_up", hidden, inner);
    add("ffn_down", inner, hidden);
  }

  const random = new Random("tiny-gguf");
  const weights = tensors.map(({ name, shape }) => {
    const size = shape.reduce((product, side) => product * side, 1);
    const values = Array.from({ length: size }, () =>
      name.includes("norm") ? 1 : (random.integer(-1000, 1000) / 1000) * 0.3,
    );
    return aligned(f32(values));
  });
  let offset = 0;
  const infos = tensors.map(({ name, shape }, index) => {
    const info = Buffer.concat([
      ...[string(name), u32(shape.length), ...shape.map(u64), u32(0), u64(offset)],
    ]);
    offset += weights[index]?.length ?? 0;
    return info;
  });
  const head = Buffer.concat([
    ...[Buffer.from("GGUF"), u32(3), u64(tensors.length), u64(metadata.length)],
    ...metadata.flatMap(([key, { kind, bytes }]) => [string(key), u32(kind), bytes]),
    ...infos,
  ]);
  return Buffer.concat([aligned(head), ...weights]);
}

/** Filled up to a multiple of 32 bytes, as the format wants it. */
function aligned(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((32 - (bytes.length % 32)) % 32)]);
}
