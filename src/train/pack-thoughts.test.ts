import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { scratch } from "../../test/support/tiny-training.ts";
import { Tokenizer } from "../nano/tokenizer.ts";
import { sequencesOf } from "../nano/training/jax/repack.ts";
import { readShard } from "../nano/training/shard.ts";
import { readDataIndex } from "../nano/training/write-shards.ts";
import { packThoughts } from "./pack-thoughts.ts";

const tokenizer = await Tokenizer.read(
  fileURLToPath(new URL("../../recipes/tokenizer.json", import.meta.url)),
);
const folder = await scratch();
let number = 0;

const thought = (index: number, lines: number) => ({
  question: `number ${index}?`,
  thought: Array.from({ length: lines }, () => "7 + 8 = 15"),
  answer: `${index}`,
});

async function packed(lines: readonly number[], more: { epochs: number; tokens?: number }, batchRows = 3) {
  const place = join(folder, `${number++}`);
  const options = { tokenizer, context: 48, batchRows, seed: "s", ...more };
  const result = await packThoughts(
    place,
    lines.map((count, index) => thought(index, count)),
    options,
  );
  const index = await readDataIndex(place);
  const shards = await Promise.all((index?.train ?? []).map(({ file }) => readShard(join(place, file))));
  const sequences = shards.flatMap(sequencesOf);
  const questions = sequences.map(({ tokens }) =>
    Number(/number (\d+)/.exec(tokenizer.decode([...tokens]))?.[1]),
  );
  return { ...result, sequences, questions };
}

test("holds every thought that fits once in each epoch, and fills the last batch with padding", async () => {
  const lists = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(lists, fc.integer({ min: 1, max: 3 }), async (lines, epochs) => {
      const fitting = lines.flatMap((count, index) => (count <= 5 ? [index] : []));
      if (fitting.length === 0) return;
      const { questions, rows, skipped } = await packed(lines, { epochs });
      expect(rows % 3).toBe(0);
      expect(skipped).toBe(lines.length - fitting.length);
      expect(questions.sort((a, b) => a - b)).toEqual(fitting.flatMap((index) => Array(epochs).fill(index)));
    }),
    { numRuns: 15 },
  );
});

test("learns the thought and the answer, not the question", async () => {
  const { sequences } = await packed([2], { epochs: 1 });
  const { tokens = new Uint16Array(), mask = new Uint8Array() } = sequences[0] ?? {};
  const learnt = [...tokens].filter((_, index) => mask[index] === 1);
  expect(learnt).toEqual(tokenizer.encode("7 + 8 = 15\n7 + 8 = 15<|answer|>0<|end|>"));
});

test("stops when it has the tokens that are wanted, after as many epochs as that takes", async () => {
  const { sequences } = await packed([1, 1, 1], { epochs: 1, tokens: 200 });
  const sizes = sequences.map(({ tokens }) => tokens.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThanOrEqual(200);
  expect(total - Math.max(...sizes)).toBeLessThan(200);
});

test("packs nothing anew in a folder that is whole", async () => {
  const place = join(folder, "twice");
  const options = { tokenizer, context: 48, batchRows: 2, seed: "s", epochs: 1 };
  const first = await packThoughts(place, [thought(0, 1)], options);
  expect(await packThoughts(place, [], options)).toEqual(first);
});
