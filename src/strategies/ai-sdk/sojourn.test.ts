import type { LanguageModelV3StreamPart } from "@ai-sdk/provider";
import { createProviderRegistry, generateText, type ModelMessage, streamText } from "ai";
import { describe, expect, test } from "vitest";
import type { Prompt } from "../../models/client.ts";
import { type ScriptedBackendSettings, scriptedBackend } from "../../models/scripted.ts";
import { createSojourn, type SojournOptions, sojourn } from "./sojourn.ts";

/** A thinking model over a scripted one, and what was asked of that. */
function over(name: string, settings: ScriptedBackendSettings, options: SojournOptions = {}) {
  const asked: Prompt[] = [];
  const backend = scriptedBackend({
    ...settings,
    reply: (prompt, sample, seed) => {
      asked.push(prompt);
      return settings.reply(prompt, sample, seed);
    },
  });
  const registry = { open: () => backend, list: () => [] };
  return { model: createSojourn({ registry, confidence: 1, ...options })(name), asked };
}

const sums = (_: Prompt, sample: number) =>
  `7 + 5\nis ${sample === 1 ? 13 : 12}\nAnswer: ${sample === 1 ? 13 : 12}`;

describe("a strategy as a model of the AI SDK", () => {
  test("answers generateText with its thought as reasoning and the sum of all calls as usage", async () => {
    const { model } = over("vote+x/y", { reply: sums, samplesPerRequest: 1 }, { samples: 3 });
    const result = await generateText({ model, prompt: "What is 7 + 5?" });
    expect(result.text).toBe("12");
    expect(result.reasoningText).toBe("7 + 5\nis 12\n[0.1] 7 + 5\nis 13\n[0.2] 7 + 5\nis 12\n");
    expect(result.finishReason).toBe("stop");
    const { providerMetadata, usage } = result;
    expect(providerMetadata?.["sojourn"]).toMatchObject({
      strategy: "vote",
      reason: "vote 2 of 3",
      candidates: [
        { answer: "12", votes: 2 },
        { answer: "13", votes: 1 },
      ],
      usage: { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens, calls: 3 },
    });
    expect(usage.outputTokens).toBe(3 * 7);
  });

  test("counts the tokens of thinking that backends reported", async () => {
    const { model } = over(
      "vote+x/y",
      { reply: () => ({ reasoning: "one two three", text: "12" }) },
      { samples: 2 },
    );
    const { usage, text } = await generateText({ model, prompt: "What is 7 + 5?" });
    expect(text).toBe("12");
    expect(usage).toMatchObject({
      outputTokens: 8,
      outputTokenDetails: { reasoningTokens: 6, textTokens: 2 },
    });
  });

  test("streams each step while the search goes on, with its place in the tree", async () => {
    const model = sojourn("beam+nano", { samples: 2 });
    expect(model).toMatchObject({ provider: "sojourn", modelId: "beam+nano", specificationVersion: "v3" });
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { model: gated } = over(
      "vote+x/y",
      { reply: sums, samplesPerRequest: 1 },
      { samples: 2, concurrency: 1 },
    );
    const { stream } = await gated.doStream(call("What is 7 + 5?"));
    const parts: LanguageModelV3StreamPart[] = [];
    for await (const part of stream) {
      parts.push(part);
      if (part.type === "reasoning-delta") release();
      if (part.type === "text-delta") await gate;
    }
    const types = parts.map(({ type }) => type);
    expect(types.slice(0, 3)).toEqual(["stream-start", "response-metadata", "reasoning-start"]);
    expect(types.slice(-5)).toEqual(["reasoning-end", "text-start", "text-delta", "text-end", "finish"]);
    expect(parts).toContainEqual({
      ...{ type: "reasoning-delta", id: "0", delta: "[0.1] 7 + 5\n" },
      providerMetadata: { sojourn: { node: "0.1", parent: "0" } },
    });
  });

  test("has told the first thought before the second is asked for", async () => {
    const told: string[] = [];
    let second = -1;
    const { model } = over(
      "vote+x/y",
      {
        delayMs: 20,
        samplesPerRequest: 1,
        reply: (prompt, sample) => {
          if (sample === 1) second = told.length;
          return sums(prompt, sample);
        },
      },
      { samples: 2, concurrency: 1 },
    );
    for await (const part of streamText({ model, prompt: "What is 7 + 5?" }).fullStream)
      if (part.type === "reasoning-delta") told.push(part.text);
    expect(second).toBe(2);
    expect(told.join("")).toBe("7 + 5\nis 12\n[0.1] 7 + 5\nis 13\n");
  });

  test("streams a single thought as the backend does, word by word", async () => {
    const { model } = over("step-by-step+x/y", { reply: sums });
    const { stream } = await model.doStream(call("What is 7 + 5?"));
    expect(await partsOf(stream)).toEqual({
      reasoning: ["7", " +", " 5", "\nis", " 12", "\nAnswer:", " 12"],
      text: ["12"],
    });
  });

  test("streams the thinking of a model that thinks apart as reasoning, and its answer once", async () => {
    const { model } = over("step-by-step+x/y", {
      reply: () => ({ reasoning: "7 + 5 is", text: "twelve or so" }),
    });
    const { stream } = await model.doStream(call("What is 7 + 5?"));
    expect(await partsOf(stream)).toEqual({ reasoning: ["7", " +", " 5", " is"], text: ["twelve or so"] });
  });

  test("streams a direct answer as text, word by word", async () => {
    const { model } = over("direct+x/y", { reply: () => " It is\ntwelve.\n" });
    const result = streamText({ model, prompt: "What is 7 + 5?" });
    const words: string[] = [];
    for await (const word of result.textStream) words.push(word);
    expect(words).toEqual(["It", " is", "\ntwelve."]);
    expect(await result.usage).toMatchObject({ outputTokens: 4 });
    expect(await result.finishReason).toBe("stop");
  });

  test("goes on with a direct answer whose stream broke, or says that it cannot", async () => {
    const faulty = (reply: ScriptedBackendSettings["reply"]) =>
      over("direct+x/y", { reply, fault: (request) => (request === 0 ? "cut" : undefined) }).model;
    const same = streamText({ model: faulty(() => "It is twelve, I think."), prompt: "What is 7 + 5?" });
    expect(await same.text).toBe("It is twelve, I think.");

    let tries = 0;
    const errors: unknown[] = [];
    const other = streamText({
      model: faulty(() => (tries++ === 0 ? "It is twelve, I think." : "Thirteen.")),
      prompt: "What is 7 + 5?",
      onError: ({ error }) => void errors.push(error),
    });
    await other.consumeStream();
    expect(errors).toMatchObject([{ message: expect.stringContaining("a second try differs") }]);
  });

  test("hands system message and earlier turns on as turns", async () => {
    const { model, asked } = over("direct+x/y", { reply: () => "12" });
    const messages: ModelMessage[] = [
      { role: "user", content: "I have 7." },
      {
        role: "assistant",
        content: [
          { type: "reasoning", text: "hm" },
          { type: "text", text: "Good." },
        ],
      },
      { role: "user", content: "And 5 more?" },
    ];
    await generateText({ model, system: "Be brief.", messages });
    expect(asked).toMatchObject([
      {
        system: "Be brief.",
        messages: [
          { role: "user", content: "I have 7." },
          { role: "assistant", content: "Good." },
          { role: "user", content: "And 5 more?" },
        ],
      },
    ]);
  });

  test("maps what it can of a call's settings, and warns of the rest", async () => {
    const { model } = over("direct+x/y", { reply: () => "one two three END four" }, { temperature: 1 });
    const result = await generateText({
      ...{
        model,
        prompt: "Count.",
        maxOutputTokens: 4,
        seed: 3,
        topP: 0.5,
        topK: 3,
        stopSequences: [" END"],
      },
      ...{ temperature: 0.25, presencePenalty: 1 },
    });
    expect(result.text).toBe("one two three");
    const features = result.warnings?.map((warning) =>
      warning.type === "unsupported" ? warning.feature : "",
    );
    expect(features).toEqual(["topK", "presencePenalty"]);
    const json = await model.doGenerate({
      ...call("Count."),
      ...{ responseFormat: { type: "json" }, temperature: 7, seed: -1 },
      tools: [{ type: "function", name: "add", inputSchema: {} }],
    });
    expect(json.warnings).toMatchObject(
      ["temperature", "seed", "responseFormat", "tools"].map((feature) => ({ type: "unsupported", feature })),
    );
  });

  test("lets a call say how to think, by its provider options", async () => {
    const { model } = over("direct+x/y", { reply: sums });
    const sampled = { sojourn: { strategy: "vote", samples: 4 } };
    const { providerMetadata } = await generateText({ model, prompt: "7 + 5?", providerOptions: sampled });
    expect(providerMetadata?.["sojourn"]).toMatchObject({ strategy: "vote", reason: "vote 3 of 4" });
    const wrong = { sojourn: { sample: 4 } };
    await expect(generateText({ model, prompt: "7 + 5?", providerOptions: wrong })).rejects.toThrow(
      /^providerOptions\.sojourn/,
    );
  });

  test("says length where the budget ended, with the best answer so far", async () => {
    const { model } = over(
      "vote+x/y",
      { reply: sums, samplesPerRequest: 1 },
      { samples: 9, concurrency: 1, maxTokens: 10, budget: { calls: 2 } },
    );
    const result = await generateText({ model, prompt: "7 + 5?" });
    expect(result).toMatchObject({ finishReason: "length", text: "12" });
  });

  test("stops everything when it is aborted, asked for whole or as a stream, and when nobody reads on", async () => {
    // What is not stopped outlasts the test.
    const slow: ScriptedBackendSettings = { reply: () => "12", delayMs: 3_600_000 };
    const { model, asked } = over("vote+x/y", slow, { samples: 3 });
    const abortSignal = AbortSignal.timeout(30);
    await expect(generateText({ model, prompt: "7 + 5?", abortSignal })).rejects.toThrow(/timeout/i);

    const stop = new AbortController();
    const streamed = streamText({ model, prompt: "7 + 5?", abortSignal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    const types: string[] = [];
    for await (const part of streamed.fullStream) types.push(part.type);
    expect(types.at(-1)).toBe("abort");

    const { stream } = await model.doStream(call("7 + 5?"));
    await stream.cancel("enough");
    expect(asked).toEqual([]);
  });

  test.each([
    ["a file", [{ type: "file", mediaType: "image/png", data: "AAAA" }] as const, "files"],
    ["nothing", [{ type: "text", text: " " }] as const, "the last message has to be the user's question"],
  ])("refuses a question that is %s", async (_, content, message) => {
    const { model } = over("direct+x/y", { reply: sums });
    await expect(model.doGenerate({ prompt: [{ role: "user", content: [...content] }] })).rejects.toThrow(
      message,
    );
  });

  test("refuses names that do not exist, when it is made or when it is called", async () => {
    expect(() => sojourn("vot+nano")).toThrow("did you mean vote?");
    await expect(generateText({ model: sojourn("vote+opnai/x"), prompt: "7 + 5?" })).rejects.toThrow(
      "openai",
    );
    await expect(sojourn("vote+opnai/x").doStream(call("7 + 5?"))).rejects.toThrow("openai");
  });

  test("is a provider that a registry of the AI SDK takes", async () => {
    const registry = createProviderRegistry({ sojourn });
    const model = registry.languageModel("sojourn:vote+scripted/tree");
    const { text } = await generateText({ model, prompt: "Which way leads out?", maxRetries: 0 });
    expect(text).toMatch(/^[a-d]+$/);
    expect(() => sojourn.imageModel("vote+nano")).toThrow();
  });
});

function call(text: string) {
  return { prompt: [{ role: "user" as const, content: [{ type: "text" as const, text }] }] };
}

async function partsOf(stream: ReadableStream<LanguageModelV3StreamPart>) {
  const parts: Record<"reasoning" | "text", string[]> = { reasoning: [], text: [] };
  for await (const part of stream) {
    if (part.type === "reasoning-delta") parts.reasoning.push(part.delta);
    if (part.type === "text-delta") parts.text.push(part.delta);
  }
  return parts;
}
