import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { InputError } from "../../thought/errors.ts";
import { writeModelFiles, writeWeights } from "../checkpoint.ts";
import { tokenizerFile } from "../tokenizer-file.ts";
import { loadNano } from "./nano.ts";
import { NanoThreads } from "./nano-threads.ts";
import { randomModel } from "./random-model.ts";

const folder = await mkdtemp(join(tmpdir(), "nano-threads-"));
const size = { hidden: 64, layers: 2, heads: 2, intermediate: 96, context: 96, ropeTheta: 10_000 };
const random = randomModel(size, 3);
await writeModelFiles(folder, random.config, JSON.stringify(tokenizerFile([])));
await writeWeights(folder, random.weights, "F32");
const nano = await loadNano(folder);
const threads = new NanoThreads(folder, 2, nano.tokenizer.special.think);
const promptTokens = nano.tokenizer.encode("<|user|>12 or 21<|think|>");
const request = { promptTokens, maxTokens: 12, temperature: 1 };

afterAll(async () => {
  await threads.close();
  await rm(folder, { recursive: true });
});

test("gives the samples of one decoder, however they are shared out", async () => {
  for (const samples of [1, 3, 33]) {
    const [expected, made] = await Promise.all([
      nano.generate({ ...request, samples, seed: 5 }),
      threads.generate({ ...request, samples, seed: 5 }),
    ]);
    expect(made).toEqual(expected);
  }
  const seeds = Array.from({ length: 20 }, (_, index) => 7 * index);
  expect(await threads.generate({ ...request, seeds })).toEqual(await nano.generate({ ...request, seeds }));
});

test("many requests at once all come back, each with its own samples", async () => {
  const questions = Array.from({ length: 12 }, (_, index) =>
    nano.tokenizer.encode(`<|user|>${index} or 21<|think|>`),
  );
  const made = await Promise.all(
    questions.map((tokens, seed) => threads.generate({ ...request, promptTokens: tokens, seed })),
  );
  for (const [index, tokens] of questions.entries()) {
    expect(made[index]).toEqual(await nano.generate({ ...request, promptTokens: tokens, seed: index }));
  }
});

test("a request that is wrong is refused as one decoder refuses it", async () => {
  const refused = threads.generate({ ...request, promptTokens: [] });
  await expect(refused).rejects.toThrow(InputError);
});

test("an aborted request rejects with the signal's reason, and the others go on", async () => {
  const stop = new AbortController();
  const stopped = threads.generate({ ...request, samples: 40, maxTokens: 60, signal: stop.signal });
  const other = threads.generate({ ...request, seed: 2 });
  stop.abort(new Error("enough"));
  await expect(stopped).rejects.toThrow("enough");
  expect(await other).toEqual(await nano.generate({ ...request, seed: 2 }));
});

test("what was closed says so instead of hanging", async () => {
  const closing = new NanoThreads(folder, 2, nano.tokenizer.special.think);
  const refused = expect(closing.generate(request)).rejects.toThrow("a decoding thread ended");
  await closing.close();
  await refused;
  await expect(closing.generate(request)).rejects.toThrow("a decoding thread ended");
});

test("idle threads, used or not, do not keep the process alive", async () => {
  const module = JSON.stringify(new URL("./nano-threads.ts", import.meta.url).href);
  const program = `
    const { NanoThreads } = await import(${module});
    const threads = new NanoThreads(${JSON.stringify(folder)}, 2, ${nano.tokenizer.special.think});
    const samples = await threads.generate({ promptTokens: [${promptTokens}], maxTokens: 4 });
    console.log(samples.length);
  `;
  const args = ["--import", "tsx", "--input-type=module", "-e", program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 30_000 });
  expect(stdout.trim()).toBe("1");
}, 40_000);
