import type { Weights } from "../../checkpoint.ts";
import { type NanoConfig, tensorShapes } from "../../config.ts";
import { headShapes } from "../../reward-head.ts";
import type { FloatTensor } from "../../safetensors.ts";
import type { Objective } from "../objective.ts";

/** Where one weight lies in the flat vector of all weights. */
export interface FlatPart {
  readonly name: string;
  readonly shape: readonly number[];
  /** Index of its first number. */
  readonly start: number;
  /** Index after its last number. */
  readonly end: number;
}

/**
 * All weights of a model one after the other, in the order of their file. Weights, gradients and moments share this layout, so
 * that threads can exchange each of them as one array and the optimiser runs over one array.
 */
export interface FlatLayout {
  readonly parts: readonly FlatPart[];
  /** How many numbers there are in all. */
  readonly size: number;
}

/** The layout of a model's weights; under the objective `reward` its head's come last. */
export function flatLayout(config: NanoConfig, objective?: Objective): FlatLayout {
  let size = 0;
  const head = objective?.kind === "reward" ? headShapes(config.hidden_size) : [];
  const parts = Array.from([...tensorShapes(config), ...head], ([name, shape]) => {
    const start = size;
    size += shape.reduce((product, axis) => product * axis, 1);
    return { name, shape, start, end: size };
  });
  return { parts, size };
}

/** Copies named tensors into a flat vector; a name that is missing leaves its numbers as they are. */
export function flatten({ parts }: FlatLayout, tensors: Weights, into: Float32Array, prefix = ""): void {
  for (const { name, start } of parts) {
    const tensor = tensors.get(prefix + name);
    if (tensor !== undefined) into.set(tensor.data, start);
  }
}

/** Named copies of the tensors in a flat vector, each name with the prefix before it. */
export function unflatten({ parts }: FlatLayout, flat: Float32Array, prefix = ""): Map<string, FloatTensor> {
  return new Map(
    parts.map(({ name, shape, start, end }) => [prefix + name, { shape, data: flat.slice(start, end) }]),
  );
}
