import { expect, test } from "vitest";
import { Random } from "../../thought/random.ts";
import type { Model } from "../checkpoint.ts";
import { KernelMemory } from "./kernels.ts";
import { PagePool } from "./page-pool.ts";
import { randomModel } from "./random-model.ts";
import { Sequence } from "./sequence.ts";
import { type Span, Transformer } from "./transformer.ts";

const small = { hidden: 64, layers: 2, heads: 2, intermediate: 96, context: 64, ropeTheta: 10_000 };
const sizes = [
  { ...small, context: 96 },
  { hidden: 48, layers: 3, heads: 3, intermediate: 40, context: 64, ropeTheta: 500 },
  { hidden: 40, layers: 1, heads: 1, intermediate: 104, context: 80, ropeTheta: 10_000 },
  { hidden: 128, layers: 1, heads: 2, intermediate: 88, context: 40, ropeTheta: 10_000 },
];

test.each(sizes)("computes what a plain forward pass computes: $hidden wide, $heads heads", async (size) => {
  const model = randomModel(size, 1);
  const tokens = someTokens(size.context, 1);
  const { compute } = await loaded(model);
  const [rows] = compute([tokens]);
  for (const [position, expected] of plainForward(model, tokens).entries()) {
    expect(largestDifference(rows?.[position], expected)).toBeLessThan(1e-4);
  }
});

test("gives a row the same logits, bit for bit, alone, in a batch, and in any order of computing", async () => {
  const model = randomModel({ ...small, layers: 3 }, 2);
  const sequences = [13, 1, 40, 17, 33, 5, 64].map((length, seed) => someTokens(length, seed));
  const { compute } = await loaded(model);
  const together = compute(sequences);
  sequences.forEach((tokens, index) => {
    expect(compute([tokens])[0]).toEqual(together[index]);
    expect(compute([tokens], 1)[0]).toEqual(together[index]);
  });
});

test("takes no more tokens in a pass than it has rows for", async () => {
  const { transformer } = await loaded(randomModel({ ...small, context: 512 }, 3));
  const span: Span = {
    tokens: Array.from({ length: 300 }, () => 5),
    position: 0,
    pages: [0],
    logits: "none",
  };
  expect(() => transformer.forward([span])).toThrow(RangeError);
});

/** A decoder, and a function that computes whole sequences in one pass, all logits wanted. */
async function loaded(model: Model) {
  const memory = await KernelMemory.load();
  const transformer = new Transformer(memory, model, 256);
  const pool = new PagePool(memory, model.config);
  const compute = (sequences: readonly (readonly number[])[], chunk = 1000): Float32Array[][] => {
    const held = sequences.map((tokens) => new Sequence(pool, tokens));
    const rows = held.map((): Float32Array[] => []);
    for (const sequence of held) sequence.reserve(sequence.tokens.length);
    while (held.some(({ tokens, computed }) => computed < tokens.length)) {
      const spans = held.map(({ tokens, computed, addresses }): Span => {
        return {
          tokens: tokens.slice(computed, computed + chunk),
          position: computed,
          pages: addresses,
          logits: "all",
        };
      });
      const logits = transformer.forward(spans);
      spans.forEach((span, index) => {
        rows[index]?.push(...logits.splice(0, span.tokens.length).map((row) => row.slice()));
        held[index]?.computedUpTo(span.position + span.tokens.length);
      });
    }
    for (const sequence of held) sequence.release();
    return rows;
  };
  return { transformer, compute };
}

function someTokens(length: number, seed: number): number[] {
  const random = new Random(`tokens/${seed}`);
  return Array.from({ length }, () => random.integer(0, 319));
}

function largestDifference(actual: Float32Array | undefined, expected: readonly number[]): number {
  return Math.max(...expected.map((value, index) => Math.abs(value - (actual?.[index] ?? Number.NaN))));
}

/** Llama by its definition, in float64, one token after the other, nothing cached but keys and values. */
function plainForward({ config, weights }: Model, tokens: readonly number[]): number[][] {
  const { hidden_size: hidden, head_dim: width, rms_norm_eps: epsilon, rope_theta: theta } = config;
  const numbers = new Map(Array.from(weights, ([name, tensor]) => [name, Array.from(tensor.data)]));
  const weight = (name: string): readonly number[] => numbers.get(name) ?? [];
  const times = (name: string, x: readonly number[]): number[] => {
    const matrix = weight(name);
    return Array.from({ length: matrix.length / x.length }, (_, row) =>
      x.reduce((sum, value, column) => sum + value * at(matrix, row * x.length + column), 0),
    );
  };
  const norm = (name: string, x: readonly number[]): number[] => {
    const scale = 1 / Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length + epsilon);
    return x.map((value, index) => value * scale * at(weight(name), index));
  };
  const turn = (x: readonly number[], position: number): number[] =>
    x.map((value, index) => {
      const inside = index % width;
      const pair = inside % (width / 2);
      const angle = position * theta ** ((-2 * pair) / width);
      const other = inside < width / 2 ? -at(x, index + width / 2) : at(x, index - width / 2);
      return value * Math.cos(angle) + other * Math.sin(angle);
    });
  const cache = Array.from({ length: config.num_hidden_layers }, () => ({
    keys: [] as number[][],
    values: [] as number[][],
  }));
  return tokens.map((token, position) => {
    let stream = weight("model.embed_tokens.weight").slice(token * hidden, (token + 1) * hidden);
    for (const [layer, { keys, values }] of cache.entries()) {
      const prefix = `model.layers.${layer}.`;
      const x = norm(`${prefix}input_layernorm.weight`, stream);
      const query = turn(times(`${prefix}self_attn.q_proj.weight`, x), position);
      keys.push(turn(times(`${prefix}self_attn.k_proj.weight`, x), position));
      values.push(times(`${prefix}self_attn.v_proj.weight`, x));
      const attended = query.map((_, index) => {
        const head = Math.floor(index / width) * width;
        const scores = keys.map((key) => {
          let score = 0;
          for (let k = head; k < head + width; k++) score += at(query, k) * at(key, k);
          return score / Math.sqrt(width);
        });
        const highest = Math.max(...scores);
        const powers = scores.map((score) => Math.exp(score - highest));
        const total = powers.reduce((sum, power) => sum + power, 0);
        return powers.reduce((sum, power, seen) => sum + (power / total) * at(values[seen] ?? [], index), 0);
      });
      stream = add(stream, times(`${prefix}self_attn.o_proj.weight`, attended));
      const y = norm(`${prefix}post_attention_layernorm.weight`, stream);
      const up = times(`${prefix}mlp.up_proj.weight`, y);
      const gated = times(`${prefix}mlp.gate_proj.weight`, y).map(
        (g, k) => (g / (1 + Math.exp(-g))) * at(up, k),
      );
      stream = add(stream, times(`${prefix}mlp.down_proj.weight`, gated));
    }
    return times("model.embed_tokens.weight", norm("model.norm.weight", stream));
  });
}

function at(numbers: readonly number[], index: number): number {
  const value = numbers[index];
  if (value === undefined) throw new RangeError(`nothing at ${index}`);
  return value;
}

function add(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, index) => value + at(b, index));
}
