import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig, writeModelFiles, writeWeights } from "../src/nano/checkpoint.ts";
import type { ModelSize } from "../src/nano/config.ts";
import { KernelMemory } from "../src/nano/decoder/kernels.ts";
import { Nano } from "../src/nano/decoder/nano.ts";
import { NanoThreads } from "../src/nano/decoder/nano-threads.ts";
import { randomModel } from "../src/nano/decoder/random-model.ts";
import { markerList } from "../src/nano/format.ts";
import { tokenizerFile } from "../src/nano/tokenizer-file.ts";
import { calibrate } from "./calibration.ts";
import { maskedCacheDecoder } from "./masked-cache-decoder.ts";

const rows = 64;
const newTokens = 128;
const singles = 4;
const jaxSteps = 6;
const rounds = 5;

const { size, vocabulary } = await shape();
const model = randomModel(size, 1, vocabulary);
// A random model would end samples at random: with its markers at zero it goes on to the limit.
model.weights.get("model.embed_tokens.weight")?.data.fill(0, 0, markerList.length * size.hidden);
const memory = await KernelMemory.load();
const nano = new Nano(memory, model);
const promptTokens = nano.tokenizer.encode("<|user|>Which is larger, 9.11 or 9.7?<|think|>");
const settings = { promptTokens, temperature: 1, maxTokens: newTokens };

const folder = await mkdtemp(join(tmpdir(), "decode-bench-"));
await writeModelFiles(folder, model.config, JSON.stringify(tokenizerFile([])));
await writeWeights(folder, model.weights, "F32");
const cores = availableParallelism();
const threads = new NanoThreads(folder, cores, nano.tokenizer.special.think);

/** The shape of the shipped model where there is one; its weights do not matter here. */
async function shape(): Promise<{ size: ModelSize; vocabulary: number }> {
  const size = { hidden: 192, layers: 6, heads: 6, intermediate: 512, context: 512, ropeTheta: 10_000 };
  if (!existsSync("weights/nano/config.json")) return { size, vocabulary: 512 };
  const config = await readConfig("weights/nano");
  return {
    size: {
      hidden: config.hidden_size,
      layers: config.num_hidden_layers,
      heads: config.num_attention_heads,
      intermediate: config.intermediate_size,
      context: config.max_position_embeddings,
      ropeTheta: config.rope_theta,
    },
    vocabulary: config.vocab_size,
  };
}

/** Tokens a second of 64 samples in one batch. */
async function together(seed: number): Promise<number> {
  const start = performance.now();
  const samples = await nano.generate({ ...settings, samples: rows, seed });
  return tokensPerSecond(samples, start);
}

/** Tokens a second of 64 samples shared out over a thread a core, each with a batch of its own. */
async function threaded(seed: number): Promise<number> {
  const start = performance.now();
  const samples = await threads.generate({ ...settings, samples: rows, seed });
  return tokensPerSecond(samples, start);
}

/** Tokens a second of samples one after the other. */
async function alone(seed: number): Promise<number> {
  const start = performance.now();
  const samples = [];
  for (let index = 0; index < singles; index++) {
    samples.push(...(await nano.generate({ ...settings, seed: seed + index })));
  }
  return tokensPerSecond(samples, start);
}

function tokensPerSecond(samples: readonly { tokens: readonly number[] }[], start: number): number {
  const tokens = samples.reduce((sum, sample) => sum + sample.tokens.length, 0);
  return (tokens / (performance.now() - start)) * 1000;
}

const jaxDecode = await maskedCacheDecoder(model, rows, promptTokens.length + newTokens);

/** Tokens a second of the same model and batch in jax-js; greedy, so that choosing a token costs nothing. */
async function jax(): Promise<number> {
  const start = performance.now();
  for (let step = 0; step < jaxSteps; step++) await jaxDecode(new Array<number>(rows).fill(5));
  return ((rows * jaxSteps) / (performance.now() - start)) * 1000;
}

/** GFLOP/s of the bare product of a batch with the weights of one layer's feed-forward part. */
function kernel(batch: number): number {
  const { hidden, intermediate } = size;
  const x = scratch.x;
  const repeats = Math.ceil(4e8 / (4 * batch * hidden * intermediate));
  const start = performance.now();
  for (let repeat = 0; repeat < repeats; repeat++) {
    memory.kernels.multiply(x, scratch.weight, scratch.y, batch, hidden, 2 * intermediate, false);
  }
  return (4 * batch * hidden * intermediate * repeats) / (performance.now() - start) / 1e6;
}

const scratch = {
  x: memory.store(new Float32Array(rows * size.hidden).fill(0.5)),
  y: memory.allocate(rows * 2 * size.intermediate),
  weight: memory.store(new Float32Array(2 * size.intermediate * size.hidden).fill(0.5)),
};

const results = {
  threaded: [] as number[],
  together: [] as number[],
  alone: [] as number[],
  jax: [] as number[],
  batchKernel: [] as number[],
  rowKernel: [] as number[],
};
await threaded(0);
await together(0);
await alone(0);
await jax();
for (let round = 1; round <= rounds; round++) {
  results.threaded.push(await threaded(round));
  results.together.push(await together(round));
  results.alone.push(await alone(100 * round));
  results.jax.push(await jax());
  results.batchKernel.push(kernel(rows));
  results.rowKernel.push(kernel(1));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function medianRatio(over: readonly number[], under: readonly number[]): string {
  return median(over.map((value, index) => value / (under[index] ?? Number.NaN))).toFixed(2);
}

const { hidden, layers, intermediate } = size;
const perToken = 2 * (layers * (4 * hidden ** 2 + 3 * hidden * intermediate) + hidden * vocabulary);
const perSecond = (values: readonly number[]) =>
  `${Math.round(median(values)).toLocaleString("en")} tokens/s`;
console.log(`calibration loop ${calibrate().toFixed(0)} ms`);
console.log(`hidden ${hidden}, ${layers} layers, intermediate ${intermediate}, vocabulary ${vocabulary}`);
console.log(`${rows} samples of ${newTokens} tokens, medians of ${rounds} rounds, ${cores} cores\n`);
console.log(`${rows} at once, ${cores} threads ${perSecond(results.threaded)}`);
console.log(`${rows} at once, 1 thread  ${perSecond(results.together)}`);
console.log(`one at a time       ${perSecond(results.alone)}`);
console.log(`masked cache in jax ${perSecond(results.jax)}`);
console.log(
  `bare kernel         ${median(results.batchKernel).toFixed(1)} GFLOP/s with ${rows} rows, `.concat(
    `${median(results.rowKernel).toFixed(1)} with one (weights in the cache)`,
  ),
);
const reached = (median(results.together) * perToken) / 1e9;
console.log(
  `roofline            ${reached.toFixed(1)} GFLOP/s of weights in the whole decoder, `.concat(
    `${((100 * reached) / median(results.batchKernel)).toFixed(0)}% of the kernel alone`,
  ),
);
console.log(
  `\n${rows} at once / one at a time, ${cores} threads  ${medianRatio(results.threaded, results.alone)}`,
);
console.log(`${rows} at once / one at a time, 1 thread   ${medianRatio(results.together, results.alone)}`);
console.log(`${rows} at once / masked cache in jax      ${medianRatio(results.together, results.jax)}`);
await threads.close();
await rm(folder, { recursive: true });
