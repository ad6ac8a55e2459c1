import { lax, numpy as np } from "@jax-js/jax";

/** Queries that share a product. Fewer would waste less on keys that they must not see, but make products too small. */
const blockLength = 96;

/**
 * Causal attention. A block of queries is multiplied only with the keys up to its end: what comes later is hidden from it, and
 * leaving it out saves a quarter to nearly half of the work. Gives up a reference to each argument but the bias.
 *
 * @param query `[rows, heads, length, headSize]`
 * @param key `[rows, heads, headSize, length]`
 * @param value `[rows, heads, length, headSize]`
 * @param bias what is added to the scores, `[rows, 1, length, length]`; must hide all keys after a query
 * @returns `[rows, heads, length, headSize]`
 */
export function causalAttention(query: np.Array, key: np.Array, value: np.Array, bias: np.Array): np.Array {
  const [, , length = 0, size = 1] = query.shape;
  const blocks: np.Array[] = [];
  for (let start = 0; start < length; start += blockLength) {
    const end = Math.min(length, start + blockLength);
    const scores = np
      .matmul(query.ref.slice([], [], [start, end]), key.ref.slice([], [], [], [0, end]))
      .mul(size ** -0.5)
      .add(bias.ref.slice([], [], [start, end], [0, end]));
    const largest = lax.stopGradient(np.max(scores.ref, -1, { keepdims: true }));
    const shares = np.exp(scores.sub(largest));
    // Divided after the product with the values, which is smaller than the shares, forwards and backwards.
    const total = np.sum(shares.ref, -1, { keepdims: true });
    const seen = np.matmul(shares, value.ref.slice([], [], [0, end]));
    blocks.push(seen.mul(np.reciprocal(total)));
  }
  for (const array of [query, key, value]) array.dispose();
  return np.concatenate(blocks, 2);
}
