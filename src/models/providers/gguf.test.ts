import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CallRecorder } from "../../../test/support/call-recorder.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { tinyGguf } from "../../../test/support/tiny-gguf.ts";
import { Budget } from "../budget.ts";
import type { Delta, SampleRequest } from "../client.ts";
import { createModelClient } from "../model-client.ts";
import { createRegistry } from "../registry.ts";
import { ggufModel } from "./gguf-model.ts";
import { type LlamaModel, type LlamaModule, loadLlamaModule } from "./llama-cpp.ts";

/** A llama.cpp that writes these texts by seed, a letter a token; a prompt's tokens are its letters. */
function fakeLlama(texts: Readonly<Record<number, string>>, template?: string, onToken = () => {}) {
  const seen = { prompts: new Set<string>(), most: 0, running: 0, drawings: [] as object[] };
  const letters = (tokens: readonly number[]) => String.fromCodePoint(...tokens.filter((token) => token > 0));
  const model: LlamaModel = {
    trainContextSize: 300,
    fileInfo: { metadata: template === undefined ? {} : { tokenizer: { chat_template: template } } },
    tokens: { bos: 0, shouldPrependBosToken: true },
    tokenize: (text) => [...text].map((letter) => letter.codePointAt(0) ?? 0),
    // A character above ASCII stays broken until its second half, the same token again, is there.
    detokenize: (tokens) =>
      letters(tokens).replace(/(é)é/g, "$1!").replace(/é$/, "\uFFFD").replaceAll("é!", "é"),
    createContext: async ({ contextSize }) => ({
      getSequence: () => ({
        contextSize: contextSize.max,
        clearHistory: async () => {},
        async *evaluateWithMetadata(tokens, _metadata, drawing) {
          expect(tokens[0]).toBe(0);
          seen.prompts.add(letters(tokens));
          seen.drawings.push(drawing);
          seen.most = Math.max(seen.most, ++seen.running);
          try {
            for (const letter of texts[drawing.seed] ?? "") {
              await new Promise(setImmediate);
              onToken();
              yield { token: letter.codePointAt(0) ?? 0, confidence: 0.5 };
            }
          } finally {
            seen.running--;
          }
        },
      }),
    }),
  };
  const load = async (): Promise<LlamaModule> => ({
    getLlama: async () => ({ loadModel: async () => model }),
  });
  return { seen, model: ggufModel({ path: "tiny.gguf", sequences: 2, threads: 1, load }) };
}

const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "six sevens?" }] }];
const seeds = (...values: number[]) => ({ providerOptions: { gguf: { seeds: values } } });

/** The samples of a result, as the provider reads them. */
async function samplesOf(result: ReturnType<ReturnType<typeof ggufModel>["doGenerate"]>) {
  return (await result).providerMetadata?.["gguf"]?.["samples"];
}

describe("a GGUF model", () => {
  test("writes the samples of a request in parallel, as many at once as there are sequences", async () => {
    const { model, seen } = fakeLlama({ 1: "one", 2: "two", 3: "three" });
    const result = await model.doGenerate({ prompt, temperature: 0.5, ...seeds(1, 2, 3) });
    expect(result.providerMetadata?.["gguf"]?.["samples"]).toEqual(
      ["one", "two", "three"].map((text) => ({ text, finishReason: "stop", meanLogprob: Math.log(0.5) })),
    );
    expect(result.usage).toMatchObject({ inputTokens: { total: 31 }, outputTokens: { total: 11 } });
    expect([...seen.prompts]).toEqual(["Question: six sevens?\n\nSteps:\n"]);
    expect(seen.most).toBe(2);
    expect(seen.drawings[0]).toEqual({ temperature: 0.5, topP: 1, topK: 0, minP: 0, seed: 1 });
  });

  test("ends at a stop text, at the question that it would ask itself next, and at its limit", async () => {
    const { model } = fakeLlama({ 1: "so 42\nand 43", 2: "42\nQuestion: 8?", 3: "a long thought" });
    expect(
      await samplesOf(model.doGenerate({ prompt, stopSequences: ["\nand"], ...seeds(1, 2) })),
    ).toMatchObject([{ text: "so 42" }, { text: "42", finishReason: "stop" }]);
    expect(await samplesOf(model.doGenerate({ prompt, maxOutputTokens: 6, ...seeds(3) }))).toMatchObject([
      { text: "a long", finishReason: "length" },
    ]);
  });

  test("writes the conversation by the file's own template, and continues a reply", async () => {
    const template = "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}<assistant>";
    const { model, seen } = fakeLlama({ 1: "x\nQuestion: y" }, template);
    const begun = { role: "assistant" as const, content: [{ type: "text" as const, text: "It is " }] };
    const samples = await samplesOf(model.doGenerate({ prompt: [...prompt, begun], ...seeds(1) }));
    expect(samples).toMatchObject([{ text: "x\nQuestion: y" }]);
    expect([...seen.prompts]).toEqual(["<user>six sevens?<assistant>It is "]);
  });

  test("streams no piece of a stop text and no half character", async () => {
    const { model } = fakeLlama({ 1: "caféé au lait#END# more" });
    const { stream } = await model.doStream({ prompt, stopSequences: ["#END#"], ...seeds(1) });
    const deltas: string[] = [];
    for await (const part of stream) if (part.type === "text-delta") deltas.push(part.delta);
    expect(deltas.join("")).toBe("café au lait");
    expect(deltas.length).toBeGreaterThan(3);
    for (const delta of deltas) expect(delta).not.toMatch(/[\uFFFD#]/);
  });

  test("lets its sequences go when it is stopped, and says when a prompt is too long for them", async () => {
    const stop = new AbortController();
    const { model, seen } = fakeLlama({ 1: "a thought" }, undefined, () =>
      stop.abort(new Error("stopped by the user")),
    );
    const running = model.doGenerate({ prompt, abortSignal: stop.signal, ...seeds(1) });
    await expect(running).rejects.toThrow("stopped by the user");
    expect(seen.running).toBe(0);
    const long = [{ role: "user" as const, content: [{ type: "text" as const, text: "?".repeat(400) }] }];
    await expect(model.doGenerate({ prompt: long, ...seeds(1) })).rejects.toThrow(
      /the prompt has 420 tokens, and tiny\.gguf is run with a context of 300/,
    );
  });
});

test("a file that is not there is an error of the user", () => {
  expect(() => createRegistry({}, {}).open("gguf/no/such.gguf")).toThrow(
    /^no file no\/such\.gguf: write gguf\/PATH/,
  );
  expect(() => createRegistry({}, {}).open("gguf")).toThrow(/^no file named/);
});

const installed = await loadLlamaModule().then(
  () => true,
  () => false,
);

test.skipIf(installed)("without node-llama-cpp says how to install it", async () => {
  await expect(loadLlamaModule()).rejects.toThrow(
    /^gguf models need node-llama-cpp, which [^\n]*: npm install node-llama-cpp@3\.22\.1$/,
  );
});

describe.skipIf(!installed)("llama.cpp itself (skipped where node-llama-cpp is not installed)", () => {
  test("brings n samples of a real file, the same for the same seeds, whole and streamed", async () => {
    const file = join(temporaryFolder(), "tiny.gguf");
    writeFileSync(file, tinyGguf());
    const model = createRegistry({}, {}).open(`gguf/${file}`);
    const ask = async (more: Partial<SampleRequest>) => {
      const recorder = new CallRecorder();
      const client = createModelClient({ model, recorder, budget: new Budget({}), seed: 1 });
      const samples = await client.generate({
        ...{ role: "policy", site: "answer", maxTokens: 12, temperature: 1 },
        prompt: { messages: [{ role: "user", content: "so what" }] },
        ...more,
      });
      return { samples: samples.map(({ settle: _, ...sample }) => sample), events: recorder.events };
    };
    const { samples, events } = await ask({ samples: 4 });
    expect(events).toMatchObject([{ type: "call-finished", usage: { calls: 1, estimatedOutputTokens: 0 } }]);
    expect(new Set(samples.map(({ text }) => text)).size).toBe(4);
    for (const { meanLogprob } of samples) expect(meanLogprob).toBeLessThan(0);
    // What is computed together with what moves a probability by some rounding.
    const near = samples.map((one) => ({ ...one, meanLogprob: expect.closeTo(one.meanLogprob ?? 0, 2) }));
    expect((await ask({ samples: 4 })).samples).toEqual(near);
    const deltas: Delta[] = [];
    const streamed = await ask({ onDelta: (delta) => deltas.push(delta) });
    expect(streamed.samples).toEqual(near.slice(0, 1));
    expect(deltas.map(({ text }) => text).join("")).toBe(samples[0]?.text);
  });
});
