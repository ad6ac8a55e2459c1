import { expect, test } from "vitest";
import { InputError } from "../../thought/errors.ts";
import { KernelMemory } from "./kernels.ts";
import { Nano } from "./nano.ts";
import { randomModel } from "./random-model.ts";

const size = { hidden: 64, layers: 2, heads: 2, intermediate: 96, context: 128, ropeTheta: 10_000 };
const nano = new Nano(await KernelMemory.load(), randomModel(size, 7));
const { answer } = nano.tokenizer.special;
const prompt = (question: string) => nano.tokenizer.encode(`<|user|>${question}<|think|>`);
const promptTokens = prompt("is 12 larger than 21");
const sampled = { promptTokens, temperature: 1, maxTokens: 40 };

test("takes the likeliest token each time at temperature 0, with its log-probability", async () => {
  const [sample] = await nano.generate({ promptTokens, maxTokens: 12 });
  let tokens = promptTokens;
  for (const [index, token] of (sample?.tokens ?? []).entries()) {
    const logits = Array.from(nano.logits(tokens).at(-1) ?? []).slice(0, nano.tokenizer.size);
    expect(token).toBe(logits.indexOf(Math.max(...logits)));
    const logprob = (logits[token] ?? 0) - Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
    expect(sample?.logprobs[index]).toBeCloseTo(logprob, 5);
    tokens = [...tokens, token];
  }
  expect(tokens.length - promptTokens.length).toBeGreaterThan(0);
});

test("gives n samples that equal n single runs with the same seeds, more of them than run at once", async () => {
  const seeds = Array.from({ length: 100 }, (_, index) => 1000 + index);
  const together = await nano.generate({ ...sampled, seeds });
  expect(new Set(together.map(({ tokens }) => tokens.join())).size).toBeGreaterThan(95);
  for (const index of [0, 1, 63, 64, 99]) {
    expect(await nano.generate({ ...sampled, seed: seeds[index] })).toEqual([together[index]]);
  }
});

test("gives the same samples for the same seed, others for another", async () => {
  const first = await nano.generate({ ...sampled, samples: 3, seed: 5 });
  expect(await nano.generate({ ...sampled, samples: 3, seed: 5 })).toEqual(first);
  expect(await nano.generate({ ...sampled, samples: 3, seed: 6 })).not.toEqual(first);
  expect(first[0]?.tokens).not.toEqual(first[1]?.tokens);
});

test("gives each of many concurrent requests what it gives it alone", async () => {
  const requests = Array.from({ length: 30 }, (_, index) => ({
    promptTokens: prompt("is ".repeat(1 + 3 * index)),
    samples: 1 + (index % 4),
    maxTokens: 5 + index,
    temperature: index % 3 === 0 ? 0 : 0.9,
    topP: index % 2 === 0 ? 1 : 0.8,
    seed: index,
  }));
  const together = await Promise.all(requests.map((request) => nano.generate(request)));
  const fresh = new Nano(await KernelMemory.load(), randomModel(size, 7));
  for (const [index, request] of requests.entries())
    expect(await fresh.generate(request)).toEqual(together[index]);
});

test("serves the next request about a question that came early before questions that came later", async () => {
  const ended: string[] = [];
  const ask = (question: string, more = "") =>
    nano
      .generate({ promptTokens: [...prompt(question), ...nano.tokenizer.encode(more)], maxTokens: 3 })
      .then(() => ended.push(`${question}${more}`));
  const early = ask("is 7 larger").then(() => ask("is 7 larger", " so"));
  const later = Array.from({ length: 300 }, (_, index) => ask(`is ${index}`));
  await Promise.all([early, ...later]);
  expect(ended.indexOf("is 7 larger so")).toBeLessThan(ended.length / 2);
});

test("goes on from a part of a sample to the same end, for a draw belongs to its position", async () => {
  for (let seed = 0; seed < 5; seed++) {
    const [whole] = await nano.generate({ ...sampled, seed });
    const { tokens = [] } = whole ?? {};
    const half = Math.floor(tokens.length / 2);
    const begun = [...promptTokens, ...tokens.slice(0, half)];
    const [rest] = await nano.generate({ ...sampled, promptTokens: begun, maxTokens: 40 - half, seed });
    expect(rest?.tokens).toEqual(tokens.slice(half));
  }
});

test("ends before a stop sequence that spans tokens, and never releases a part of it", async () => {
  let spanning = 0;
  for (let seed = 0; seed < 30; seed++) {
    const [whole] = await nano.generate({ ...sampled, seed });
    const text = whole?.reasoning ?? "";
    const stop = text.slice(9, 12);
    if (stop.length < 3) continue;
    let released = "";
    const onToken = (event: { text: string }) => {
      released += event.text;
    };
    const [stopped] = await nano.generate({ ...sampled, seed, stop: ["never comes", stop], onToken });
    expect(stopped?.finishReason).toBe("stop-sequence");
    expect(stopped?.reasoning).toBe(text.slice(0, text.indexOf(stop)));
    expect(released).toBe(stopped?.reasoning);
    expect(whole?.tokens.slice(0, stopped?.tokens.length)).toEqual(stopped?.tokens);
    spanning++;
  }
  expect(spanning).toBeGreaterThan(10);
});

test("releases every character of both sections, and counts the thought's tokens", async () => {
  for (const [index, sample] of (await nano.generate({ ...sampled, samples: 40, seed: 11 })).entries()) {
    const released = { reasoning: "", text: "" };
    const [again] = await nano
      .generate({
        ...sampled,
        samples: 40,
        seed: 11,
        onToken: (event) => {
          if (event.sample === index) released[event.section] += event.text;
        },
      })
      .then((samples) => samples.slice(index));
    expect(released).toEqual({ reasoning: sample.reasoning, text: sample.text });
    const marker = sample.tokens.indexOf(answer);
    expect(again?.reasoningTokens).toBe(marker < 0 ? sample.tokens.length : marker + 1);
    if (index > 4) break;
  }
});

test("writes an answer after the answer marker, without a thought", async () => {
  const [sample] = await nano.generate({ ...sampled, promptTokens: [...promptTokens, answer] });
  expect(sample?.reasoning).toBe("");
  expect(sample?.reasoningTokens).toBe(0);
  expect(sample?.text).not.toBe("");
});

test("stops where the context is full", async () => {
  const long = prompt("is ".repeat(150)).slice(0, 120);
  const samples = await nano.generate({ promptTokens: long, samples: 3, temperature: 1, maxTokens: 500 });
  for (const { tokens, finishReason } of samples) {
    expect(tokens.length).toBeLessThanOrEqual(8);
    if (tokens.length === 8 && tokens.at(-1) !== 4) expect(finishReason).toBe("length");
  }
});

test("rejects with the reason when aborted, and leaves other requests as they are", async () => {
  const alone = await nano.generate({ ...sampled, seed: 21, samples: 5 });
  const controller = new AbortController();
  const cut = nano.generate({
    ...sampled,
    samples: 80,
    signal: controller.signal,
    onToken: ({ sample }) => {
      if (sample === 5) controller.abort(new Error("enough"));
    },
  });
  const others = nano.generate({ ...sampled, seed: 21, samples: 5 });
  await expect(cut).rejects.toThrow("enough");
  expect(await others).toEqual(alone);
  await expect(nano.generate({ ...sampled, signal: controller.signal })).rejects.toThrow("enough");
});

test("fails only the request whose listener throws", async () => {
  const failing = nano.generate({
    ...sampled,
    samples: 2,
    onToken: () => {
      throw new Error("listener");
    },
  });
  const fine = nano.generate({ ...sampled, samples: 2 });
  await expect(failing).rejects.toThrow("listener");
  expect(await fine).toHaveLength(2);
});

test("lets timers run while it works", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await nano.generate({ ...sampled, samples: 100, maxTokens: 100 });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(3);
});

test("says in a line what it cannot take", async () => {
  const wrong = [
    { ...sampled, samples: 0 },
    { ...sampled, topP: 0 },
    { ...sampled, temperature: -1 },
    { ...sampled, maxTokens: 0 },
    { ...sampled, stop: [""] },
    { ...sampled, samples: 2, seeds: [1] },
    { ...sampled, promptTokens: [] },
    { ...sampled, promptTokens: [5000] },
    { ...sampled, promptTokens: prompt("is ".repeat(200)) },
  ];
  for (const options of wrong) await expect(nano.generate(options)).rejects.toThrow(InputError);
});
