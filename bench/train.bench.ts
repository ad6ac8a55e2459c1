import { defaultDevice, init } from "@jax-js/jax";
import { configOf, parameterCount } from "../src/nano/config.ts";
import { initialWeights } from "../src/nano/initial-weights.ts";
import { adamStep, meanGradient } from "../src/nano/training/jax/adam.ts";
import { flatLayout, flatten } from "../src/nano/training/jax/flat-layout.ts";
import { GradientComputer } from "../src/nano/training/jax/gradient.ts";
import { GradientPool } from "../src/nano/training/jax/gradient-pool.ts";
import { cutRows } from "../src/nano/training/jax/rows.ts";
import type { PackedRows } from "../src/nano/training/packing.ts";
import { calibrate } from "./calibration.ts";
import { TensorflowTrainer } from "./tensorflow-trainer.ts";

const peerBar = 5;
const threadsBar = 1.6;
const rounds = Number(process.argv[2] ?? 5);
// Long enough for WebAssembly to be compiled a second time, for speed, in the background.
const warmUps = 3;
const length = 192;
const rowsOfStep = 5;
const shards = 2;

// The shape of recipes/nano.yaml.
const size = { hidden: 128, layers: 6, heads: 4, intermediate: 352, context: length, ropeTheta: 10_000 };
const config = configOf(size, 512, { end: 4, pad: 0 });
const settings = {
  rate: 1e-3,
  betas: [0.9, 0.98] as [number, number],
  epsilon: 1e-8,
  weightDecay: 0.1,
  clip: 1,
};

/** Rows that are one example each and learnt whole: the same work for both, with nothing to skip. */
function fullRows(rows: number): PackedRows {
  const tokens = Uint16Array.from({ length: rows * length }, (_, index) => (index * 7919) % 500);
  const ones = new Uint8Array(rows * length).fill(1);
  return { rows, context: length, tokens, segments: ones, mask: ones };
}

/** Processor seconds of this process: what one core is busy with, whatever else the machine does. */
const processorSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Seconds on the wall. */
const wallSeconds = (): number => performance.now() / 1000;

/** Seconds of each of the tasks in each round, one task after the other in every round, warm-ups left out. */
async function interleaved(tasks: readonly (() => unknown)[], now: () => number): Promise<number[][]> {
  const seconds: number[][] = tasks.map(() => []);
  for (let round = 0; round < warmUps + rounds; round++) {
    for (const [index, task] of tasks.entries()) {
      const start = now();
      await task();
      if (round >= warmUps) seconds[index]?.push(now() - start);
    }
  }
  return seconds;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Prints the rate of each task and how much faster the first is than the second, round by round. */
function report(
  names: readonly [string, string],
  seconds: readonly number[][],
  tokens: number,
  bar: number,
): void {
  const [first = [], second = []] = seconds;
  for (const [index, name] of names.entries()) {
    console.log(
      `${name.padEnd(36)} ${(tokens / median(seconds[index] ?? [])).toFixed(0).padStart(6)} tokens`,
    );
  }
  const ratios = first.map((value, round) => (second[round] ?? Number.NaN) / value);
  const ratio = median(ratios);
  const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  console.log(
    `ratio ${ratio.toFixed(2)} (rounds: ${range}); the bar is ${bar}: ${ratio >= bar ? "reached" : "MISSED"}\n`,
  );
}

await init("wasm");
defaultDevice("wasm");
console.log(`calibration loop: ${calibrate().toFixed(0)} ms`);
console.log(
  `a training step of ${parameterCount(config)} parameters, medians of ${rounds} interleaved rounds\n`,
);

const layout = flatLayout(config);
const weights = new Float32Array(layout.size);
flatten(layout, initialWeights(config, 1), weights);
const moments = { first: new Float32Array(layout.size), second: new Float32Array(layout.size) };
const slopes = new Float32Array(layout.size);
const computer = new GradientComputer(config);
const rows = fullRows(rowsOfStep);
let steps = 0;
const ourStep = (): void => {
  computer.setWeights(weights);
  const { learnt } = computer.gradient(rows, slopes);
  adamStep(layout, weights, moments, meanGradient([slopes], learnt), { ...settings, step: ++steps });
};
const tensorflow = await TensorflowTrainer.start(config, settings);
const theirTokens = Int32Array.from(rows.tokens);
const oneCore = await interleaved([ourStep, () => tensorflow.step(theirTokens, length)], processorSeconds);
report(
  ["jax engine, per core-second", "TensorFlow.js WASM, per core-second"],
  oneCore,
  rows.tokens.length,
  peerBar,
);

const batch = fullRows(2 * shards * rowsOfStep);
const pools = [2, 1].map((threads) => new GradientPool(config, shards, threads));
for (const pool of pools) pool.weights.set(weights);
const byThreads = await interleaved(
  pools.map((pool) => () => pool.computeGradients(cutRows(batch, shards))),
  wallSeconds,
);
await Promise.all(pools.map((pool) => pool.close()));
report(
  ["jax engine, two threads, per second", "jax engine, one thread, per second"],
  byThreads,
  batch.tokens.length,
  threadsBar,
);
