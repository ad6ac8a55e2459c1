import { expect, test } from "vitest";
import { configOf } from "../config.ts";
import { KernelMemory } from "./kernels.ts";
import { PagePool, pageTokens } from "./page-pool.ts";
import { Sequence } from "./sequence.ts";

const size = { hidden: 32, layers: 1, heads: 1, intermediate: 32, context: 512, ropeTheta: 10_000 };
const config = configOf(size, 320, { end: 4, pad: 0 });
const memory = await KernelMemory.load();
const count = (length: number) => Array.from({ length }, (_, index) => index);

/** As the scheduler does it: room first, then the tokens are computed. */
function computed(sequence: Sequence): Sequence {
  sequence.reserve(sequence.tokens.length);
  sequence.computedUpTo(sequence.tokens.length);
  return sequence;
}

test("begins with the pages of an earlier sequence, but leaves the last token to compute", () => {
  const pool = new PagePool(memory, config);
  const first = computed(Sequence.start(pool, count(50)));
  const second = Sequence.start(pool, [...count(40), 7, 7, 7]);
  expect(second.computed).toBe(2 * pageTokens);
  expect(second.addresses).toEqual(first.addresses.slice(0, 2));
  first.release();
  expect(Sequence.start(pool, count(48)).computed).toBe(2 * pageTokens);
  expect(Sequence.start(pool, count(49)).computed).toBe(3 * pageTokens);
});

test("does not take a page whose tokens are the same but what came before is not", () => {
  const pool = new PagePool(memory, config);
  computed(Sequence.start(pool, count(40)));
  expect(Sequence.start(pool, [99, ...count(40).slice(1)]).computed).toBe(0);
});

test("shares full pages with a fork and copies the one begun", () => {
  const pool = new PagePool(memory, config);
  const sequence = computed(Sequence.start(pool, count(20)));
  const [, begun = 0] = sequence.addresses;
  memory.floats.fill(1.5, begun / 4, begun / 4 + 8);
  const fork = sequence.fork();
  expect(fork.computed).toBe(20);
  expect(fork.addresses[0]).toBe(sequence.addresses[0]);
  const copied = fork.addresses[1] ?? 0;
  expect(copied).not.toBe(begun);
  expect(memory.floats[copied / 4 + 7]).toBe(1.5);
});

test("uses one page for sequences that come to the same content side by side", () => {
  const pool = new PagePool(memory, config);
  const first = Sequence.start(pool, count(32));
  const second = Sequence.start(pool, count(32));
  computed(first);
  computed(second);
  expect(second.addresses).toEqual(first.addresses);
});

test("keeps no more unused pages than its limit, and uses their memory again", () => {
  const pool = new PagePool(memory, config, 3);
  for (let round = 0; round < 200; round++) {
    const tokens = count(100).map((token) => token + round);
    computed(Sequence.start(pool, tokens)).release();
    expect(pool.idleCount).toBeLessThanOrEqual(3);
  }
  const before = memory.size;
  computed(Sequence.start(pool, count(100))).release();
  expect(memory.size).toBe(before);
});

test("forgets the end of an unused sequence before its beginning", () => {
  const pool = new PagePool(memory, config, 3);
  computed(Sequence.start(pool, count(6 * pageTokens))).release();
  expect(Sequence.start(pool, count(6 * pageTokens)).computed).toBe(3 * pageTokens);
});
