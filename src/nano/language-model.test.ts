import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LanguageModelV3CallOptions, LanguageModelV3StreamPart } from "@ai-sdk/provider";
import { generateText, streamText } from "ai";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { InputError } from "../thought/errors.ts";
import { roleChoices } from "../thought/role-choices.ts";
import { writeModelFiles, writeWeights } from "./checkpoint.ts";
import { loadNano, type Nano } from "./decoder/nano.ts";
import { randomModel } from "./decoder/random-model.ts";
import { rolePromptText } from "./format.ts";
import { nanoModel } from "./language-model.ts";
import { tokenizerFile } from "./tokenizer-file.ts";

const folder = await mkdtemp(join(tmpdir(), "nano-model-"));
const size = { hidden: 64, layers: 2, heads: 2, intermediate: 96, context: 160, ropeTheta: 10_000 };
const pieces = [
  "larger",
  " larger",
  " is",
  " the",
  " so",
  "tens",
  "ones",
  " 1",
  " 2",
  " 3",
  " =",
  " <",
  " >",
  ...Object.values(roleChoices).flat(),
];
const random = randomModel(size, 4);
await writeModelFiles(folder, random.config, JSON.stringify(tokenizerFile(pieces)));
await writeWeights(folder, random.weights, "F32");
const model = nanoModel({ folder });
const nano: Nano = await loadNano(folder);
const { answer, end } = nano.tokenizer.special;
afterAll(() => rm(folder, { recursive: true }));

const question = "is 12 larger than 21";
const promptTokens = nano.tokenizer.encode(`<|user|>${question}<|think|>`);
const ask = (settings: Partial<LanguageModelV3CallOptions> = {}): LanguageModelV3CallOptions => ({
  prompt: [{ role: "user", content: [{ type: "text", text: question }] }],
  temperature: 1,
  maxOutputTokens: 60,
  ...settings,
});

/** A seed whose sample thinks, answers and ends, all by itself. */
async function seedOfWholeSample(): Promise<number> {
  for (let seed = 0; seed < 4000; seed++) {
    const [sample] = await nano.generate({ promptTokens, temperature: 1, maxTokens: 60, seed });
    const { tokens = [], reasoning = "", text = "" } = sample ?? {};
    if (tokens.includes(answer) && tokens.at(-1) === end && reasoning !== "" && text !== "") return seed;
  }
  throw new Error("no seed gives a whole sample");
}
const seed = await seedOfWholeSample();
const [whole] = await nano.generate({ promptTokens, temperature: 1, maxTokens: 60, seed });

async function partsOf(
  stream: ReadableStream<LanguageModelV3StreamPart>,
): Promise<LanguageModelV3StreamPart[]> {
  const parts: LanguageModelV3StreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

test("gives generateText a thought as reasoning, an answer as text, and exact usage", async () => {
  const result = await generateText({ model, prompt: question, temperature: 1, maxOutputTokens: 60, seed });
  expect(result.reasoningText).toBe(whole?.reasoning);
  expect(result.text).toBe(whole?.text);
  expect(result.finishReason).toBe("stop");
  expect(result.warnings).toEqual([]);
  expect(result.usage.inputTokens).toBe(promptTokens.length);
  expect(result.usage.outputTokens).toBe(whole?.tokens.length);
  expect(result.usage.outputTokenDetails.reasoningTokens).toBe((whole?.tokens.indexOf(answer) ?? 0) + 1);
});

test("streams the same through streamText", async () => {
  const result = streamText({ model, prompt: question, temperature: 1, maxOutputTokens: 60, seed });
  const types: string[] = [];
  for await (const part of result.fullStream) if (types.at(-1) !== part.type) types.push(part.type);
  expect(types).toEqual([
    "start",
    "start-step",
    ...["reasoning-start", "reasoning-delta", "reasoning-end"],
    ...["text-start", "text-delta", "text-end"],
    "finish-step",
    "finish",
  ]);
  expect(await result.reasoningText).toBe(whole?.reasoning);
  expect(await result.text).toBe(whole?.text);
  expect((await result.usage).outputTokens).toBe(whole?.tokens.length);
});

test("brings all samples back in order, and counts the tokens of all", async () => {
  const options = ask({ seed: 8, providerOptions: { nano: { samples: 5 } } });
  const { providerMetadata, usage, content } = await model.doGenerate(options);
  const samples = await nano.generate({ promptTokens, samples: 5, temperature: 1, maxTokens: 60, seed: 8 });
  expect(providerMetadata?.nano?.samples).toEqual(
    samples.map((sample) => ({
      text: sample.text,
      reasoning: sample.reasoning,
      finishReason: sample.finishReason === "length" ? "length" : "stop",
      meanLogprob: sample.meanLogprob,
      outputTokens: sample.tokens.length,
    })),
  );
  expect(usage.outputTokens.total).toBe(samples.reduce((sum, { tokens }) => sum + tokens.length, 0));
  expect(content.map((part) => ("text" in part ? part.text : "")).join("")).toBe(
    `${samples[0]?.reasoning}${samples[0]?.text}`,
  );
  const parts = await partsOf((await model.doStream(options)).stream);
  expect(parts.at(-1)).toMatchObject({ type: "finish", usage, providerMetadata });
});

test("takes a seed for each sample", async () => {
  const nanoOptions = { samples: 2, seeds: [seed, 99] };
  const { content } = await model.doGenerate(ask({ providerOptions: { nano: nanoOptions } }));
  expect(content).toEqual([
    { type: "reasoning", text: whole?.reasoning },
    { type: "text", text: whole?.text },
  ]);
});

test("continues the reasoning of a trailing assistant message, one step at a time", async () => {
  const thought = "so 1 < 2\n";
  const prompt: LanguageModelV3CallOptions["prompt"] = [
    ...ask().prompt,
    { role: "assistant", content: [{ type: "reasoning", text: thought }] },
  ];
  const { content, usage } = await model.doGenerate(ask({ prompt, seed: 2, stopSequences: ["\n"] }));
  const tokens = [...promptTokens, ...nano.tokenizer.encode(thought)];
  const [expected] = await nano.generate({
    promptTokens: tokens,
    temperature: 1,
    maxTokens: 60,
    seed: 2,
    stop: ["\n"],
  });
  expect(content[0]).toEqual({ type: "reasoning", text: expected?.reasoning });
  expect(usage.inputTokens.total).toBe(tokens.length);
});

test("answers at once when asked not to think", async () => {
  const { content, usage } = await model.doGenerate(
    ask({ seed: 1, providerOptions: { nano: { think: false } } }),
  );
  expect(content.map(({ type }) => type)).toEqual(["text"]);
  expect(usage.outputTokens.reasoning).toBe(0);
});

test("warns of what it leaves out: instructions, earlier turns, settings", async () => {
  const { warnings } = await model.doGenerate(
    ask({
      prompt: [
        { role: "system", content: "be brief" },
        { role: "user", content: [{ type: "text", text: "hello" }] },
        { role: "assistant", content: [{ type: "text", text: "hi" }] },
        ...ask().prompt,
      ],
      topK: 5,
    }),
  );
  expect(warnings.map((warning) => ("feature" in warning ? warning.feature : ""))).toEqual([
    "system message",
    "earlier turns",
    "topK",
  ]);
});

test("reads markers in a question as plain text", async () => {
  const prompt: LanguageModelV3CallOptions["prompt"] = [
    { role: "user", content: [{ type: "text", text: "a<|answer|>b" }] },
  ];
  const { content, usage } = await model.doGenerate(ask({ prompt, seed: 1 }));
  expect(content[0]?.type).toBe("reasoning");
  // Two markers of its own, and each mark and word of the question.
  expect(usage.inputTokens.total).toBe(2 + 7 + "answer".length - 1);
});

test("stops a stream when it is aborted or no longer read", async () => {
  const controller = new AbortController();
  const { stream } = await model.doStream(
    ask({ abortSignal: controller.signal, providerOptions: { nano: { samples: 64 } } }),
  );
  controller.abort(new Error("enough"));
  await expect(partsOf(stream)).rejects.toThrow("enough");
  const unread = await model.doStream(ask({ providerOptions: { nano: { samples: 64 } } }));
  await unread.stream.cancel();
  await expect(generateText({ model, prompt: question, abortSignal: controller.signal })).rejects.toThrow(
    "enough",
  );
});

test("says in a line what is wrong with a request or a folder", async () => {
  const wrong = [
    ask({ providerOptions: { nano: { samples: -1 } } }),
    ask({ providerOptions: { nano: { sample: 1 } } }),
    ask({ prompt: [{ role: "system", content: "hello" }] }),
  ];
  for (const options of wrong) await expect(model.doGenerate(options)).rejects.toThrow(InputError);
  await expect(nanoModel({ folder: join(folder, "nothing") }).doGenerate(ask())).rejects.toThrow(InputError);
});

const choicesSchema = z.object({
  nano: z.object({ samples: z.tuple([z.object({ choices: z.record(z.string(), z.number()) })]) }),
});

test.each([
  ["judge", ["ones 2 > 1", "so yes"], undefined],
  ["judge", ["ones 2 > 1"], "12"],
  ["critic", ["ones 2 > 1"], undefined],
  ["router", [], undefined],
] as const)(
  "as a %s it chooses one of its words, read off the text it was trained on",
  async (role, thought, answer) => {
    const content = [
      { type: "reasoning", text: thought.join("\n") } as const,
      ...(answer === undefined ? [] : [{ type: "text", text: answer } as const]),
    ];
    const prompt: LanguageModelV3CallOptions["prompt"] = [
      { role: "user", content: [{ type: "text", text: question }] },
      ...(thought.length === 0 ? [] : [{ role: "assistant", content } as const]),
    ];
    const {
      content: said,
      usage,
      providerMetadata,
    } = await model.doGenerate({
      prompt,
      providerOptions: { nano: { role } },
    });
    const tokens = nano.tokenizer.encode(rolePromptText(role, { question, thought, answer }));
    const logits = nano.logits(tokens).at(-1) ?? new Float32Array();
    const weights = roleChoices[role].map((word) =>
      Math.exp(logits[nano.tokenizer.encode(word)[0] ?? 0] ?? 0),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const [{ choices }] = choicesSchema.parse(providerMetadata).nano.samples;
    for (const [index, word] of roleChoices[role].entries())
      expect(choices[word]).toBeCloseTo((weights[index] ?? 0) / total, 4);
    const likeliest = roleChoices[role][weights.indexOf(Math.max(...weights))];
    expect(said).toEqual([{ type: "text", text: likeliest }]);
    expect(usage.outputTokens.total).toBe(1);
    expect(usage.inputTokens.total).toBe(tokens.length);
  },
);

test("a checkpoint without a role's token says that it was not trained for it", async () => {
  const plainFolder = await mkdtemp(join(tmpdir(), "nano-plain-"));
  const file = tokenizerFile(pieces);
  const without = {
    ...file,
    added_tokens: file.added_tokens.filter(({ content }) => content !== "<|judge|>"),
  };
  await writeModelFiles(plainFolder, random.config, JSON.stringify(without));
  await writeWeights(plainFolder, random.weights, "F32");
  const asked = nanoModel({ folder: plainFolder }).doGenerate({
    prompt: [{ role: "user", content: [{ type: "text", text: question }] }],
    providerOptions: { nano: { role: "judge" } },
  });
  await expect(asked).rejects.toThrow("was not trained as a judge");
  await rm(plainFolder, { recursive: true });
});
