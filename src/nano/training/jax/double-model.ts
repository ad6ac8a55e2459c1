import type { NanoConfig } from "../../config.ts";
import { rewardHeadNames } from "../../reward-head.ts";
import type { ExampleTokens } from "../example-rows.ts";
import type { Objective } from "../objective.ts";
import type { FlatLayout } from "./flat-layout.ts";

/** Weights in double precision, in the layout of `flatLayout`. */
type Doubles = Float64Array<ArrayBufferLike>;

/** A loss in double precision, written out plainly token by token: what the engine's gradients are held against in tests. */
export function doubleLoss(
  { layout, config, objective }: { layout: FlatLayout; config: NanoConfig; objective: Objective },
  weights: Doubles,
  examples: readonly ExampleTokens[],
): number {
  const part = (name: string): Doubles => {
    const found = layout.parts.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no weight ${name}`);
    return weights.subarray(found.start, found.end);
  };
  const hidden = examples.map(({ ids }) => hiddenStates(config, part, ids));
  const logProbability = (example: number, index: number): number => {
    const embeddings = part("model.embed_tokens.weight");
    const scores = times(embeddings, hidden[example]?.[index - 1] ?? new Float64Array());
    const largest = Math.max(...scores);
    const total = scores.reduce((sum, score) => sum + Math.exp(score - largest), 0);
    return (scores[examples[example]?.ids[index] ?? 0] ?? 0) - largest - Math.log(total);
  };
  const sumLearnt = (example: number, of: (index: number) => number): number => {
    let sum = 0;
    for (const [index, learnt] of examples[example]?.learnt.entries() ?? []) if (learnt) sum += of(index);
    return sum;
  };
  const column = (example: number, which: number, index: number): number =>
    examples[example]?.columns?.[which]?.[index] ?? 0;
  const numbers = [...examples.keys()];
  switch (objective.kind) {
    case "likelihood":
      return total(numbers.map((example) => sumLearnt(example, (index) => -logProbability(example, index))));
    case "preference": {
      const gain = (example: number) =>
        sumLearnt(example, (index) => logProbability(example, index) - column(example, 0, index));
      const pairs = numbers.filter((example) => example % 2 === 0);
      return total(
        pairs.map((chosen) => Math.log1p(Math.exp(-objective.beta * (gain(chosen) - gain(chosen + 1))))),
      );
    }
    case "policy": {
      const { clip, klWeight } = objective;
      const ofToken = (example: number, index: number): number => {
        const now = logProbability(example, index);
        const advantage = column(example, 0, index);
        const ratio = Math.exp(now - column(example, 1, index));
        const near = Math.min(1 + clip, Math.max(1 - clip, ratio));
        const gap = column(example, 2, index) - now;
        const distance = Math.exp(gap) - gap - 1;
        return (
          column(example, 3, index) * (klWeight * distance - Math.min(ratio * advantage, near * advantage))
        );
      };
      return total(numbers.map((example) => sumLearnt(example, (index) => ofToken(example, index))));
    }
    case "reward": {
      const slope = part(rewardHeadNames.weight);
      const bias = part(rewardHeadNames.bias)[0] ?? 0;
      const ofStep = (example: number, index: number): number => {
        const score = dot(slope, hidden[example]?.[index] ?? new Float64Array()) + bias;
        return Math.log1p(Math.exp(-score)) + (1 - column(example, 0, index)) * score;
      };
      return total(numbers.map((example) => sumLearnt(example, (index) => ofStep(example, index))));
    }
  }
}

/** The hidden state of each token after the last norm. */
function hiddenStates(
  config: NanoConfig,
  part: (name: string) => Doubles,
  ids: readonly number[],
): Doubles[] {
  const { hidden_size: width, num_hidden_layers: layers } = config;
  let stream: Doubles[] = ids.map((id) =>
    part("model.embed_tokens.weight").slice(id * width, (id + 1) * width),
  );
  const norm = (x: Doubles, name: string): Doubles => {
    const scale = 1 / Math.sqrt(dot(x, x) / width + config.rms_norm_eps);
    return part(`${name}.weight`).map((weight, index) => weight * scale * (x[index] ?? 0));
  };
  for (let layer = 0; layer < layers; layer++) {
    const of = (name: string): Doubles => part(`model.layers.${layer}.${name}.weight`);
    const normed = stream.map((x) => norm(x, `model.layers.${layer}.input_layernorm`));
    const project = (name: string) => normed.map((x) => times(of(`self_attn.${name}_proj`), x));
    const seen = attend(config, project("q"), project("k"), project("v"));
    stream = stream.map((x, index) => plus(x, times(of("self_attn.o_proj"), seen[index] ?? x)));
    stream = stream.map((x) => {
      const fed = norm(x, `model.layers.${layer}.post_attention_layernorm`);
      const up = times(of("mlp.up_proj"), fed);
      const gate = times(of("mlp.gate_proj"), fed);
      const mixed = gate.map((value, index) => (value / (1 + Math.exp(-value))) * (up[index] ?? 0));
      return plus(x, times(of("mlp.down_proj"), mixed));
    });
  }
  return stream.map((x) => norm(x, "model.norm"));
}

function attend(config: NanoConfig, query: Doubles[], key: Doubles[], value: Doubles[]): Doubles[] {
  const { num_attention_heads: heads, head_dim: size } = config;
  const headOf = (rows: Doubles[], head: number, turned: boolean): Doubles[] =>
    rows.map((row, position) => {
      const plain = row.slice(head * size, (head + 1) * size);
      return turned ? rotated(plain, position, config.rope_theta) : plain;
    });
  const seen = query.map((row) => new Float64Array(row.length));
  for (let head = 0; head < heads; head++) {
    const [queries, keys] = [headOf(query, head, true), headOf(key, head, true)];
    const values = headOf(value, head, false);
    for (const [index, one] of queries.entries()) {
      const scores = keys.slice(0, index + 1).map((other) => dot(one, other) / Math.sqrt(size));
      const largest = Math.max(...scores);
      const shares = scores.map((score) => Math.exp(score - largest));
      const all = total(shares);
      for (let place = 0; place < size; place++) {
        const mixed = shares.reduce((sum, share, other) => sum + share * (values[other]?.[place] ?? 0), 0);
        seen[index]![head * size + place] = mixed / all;
      }
    }
  }
  return seen;
}

/** Rotary positions: the first half of a head is turned against the second. */
function rotated(row: Doubles, position: number, theta: number): Doubles {
  const half = row.length / 2;
  return row.map((value, index) => {
    const angle = position * theta ** (-(index % half) / half);
    const other = index < half ? -(row[index + half] ?? 0) : (row[index - half] ?? 0);
    return value * Math.cos(angle) + other * Math.sin(angle);
  });
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function dot(one: Doubles, other: Doubles): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}

const plus = (one: Doubles, other: Doubles): Doubles =>
  one.map((value, index) => value + (other[index] ?? 0));

/** A matrix `[outputs, inputs]` times a vector. */
function times(matrix: Doubles, vector: Doubles): Doubles {
  const rows = matrix.length / vector.length;
  return Float64Array.from({ length: rows }, (_, row) =>
    dot(matrix.subarray(row * vector.length, (row + 1) * vector.length), vector),
  );
}
