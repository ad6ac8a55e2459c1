import type { Nano } from "./nano.ts";

/** The log-probability of each token behind those before it, in the model's own distribution; 0 for the first one. */
export function logProbabilities(nano: Nano, tokens: readonly number[]): Float32Array {
  const found = new Float32Array(tokens.length);
  for (const [index, logits] of nano.logits(tokens.slice(0, -1)).entries()) {
    let largest = Number.NEGATIVE_INFINITY;
    for (const value of logits) if (value > largest) largest = value;
    let total = 0;
    for (const value of logits) total += Math.exp(value - largest);
    found[index + 1] = (logits[tokens[index + 1] ?? 0] ?? 0) - largest - Math.log(total);
  }
  return found;
}
