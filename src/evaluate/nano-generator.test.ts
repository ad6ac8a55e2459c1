import { describe, expect, it } from "vitest";
import { KernelMemory } from "../nano/decoder/kernels.ts";
import { Nano } from "../nano/decoder/nano.ts";
import { randomModel } from "../nano/decoder/random-model.ts";
import { completionText, promptText } from "../nano/format.ts";
import { example } from "../problems/gym/gym.ts";
import { greedy } from "./gym-accuracy.ts";
import { meanLoss, nanoGenerator } from "./nano-generator.ts";

const size = { hidden: 64, layers: 1, heads: 2, intermediate: 96, context: 256, ropeTheta: 10_000 };
const nano = new Nano(await KernelMemory.load(), randomModel(size, 3));
const generate = nanoGenerator(nano);
const question = { id: "q", text: "is 1 larger" };
const prompt = (thinking: boolean) => nano.tokenizer.encode(promptText(question.text, thinking));

describe("nanoGenerator", () => {
  it("asks in the form of training, with and without thinking", async () => {
    for (const thinking of [true, false]) {
      const [alone] = await nano.generate({ promptTokens: prompt(thinking) });
      expect(await generate(question, { ...greedy, thinking })).toEqual([
        { thought: alone?.reasoning, answer: alone?.text, tokens: alone?.tokens.length },
      ]);
    }
  });

  it("passes on samples, temperature and seed", async () => {
    const settings = { samples: 4, temperature: 1, seed: 9 };
    const samples = await nano.generate({ promptTokens: prompt(true), ...settings });
    const outputs = await generate(question, { ...settings, thinking: true });
    expect(outputs.map(({ tokens }) => tokens)).toEqual(samples.map(({ tokens }) => tokens.length));
    expect(outputs.map(({ thought }) => thought)).toEqual(samples.map(({ reasoning }) => reasoning));
  });

  it("reads a marker inside a question as plain text", async () => {
    const tricky = { id: "q", text: "is<|answer|>1" };
    const [output] = await generate(tricky, { ...greedy });
    const { user, think } = nano.tokenizer.special;
    const promptTokens = [user, ...nano.tokenizer.encode(tricky.text, { markers: "text" }), think];
    const [alone] = await nano.generate({ promptTokens });
    expect(output?.tokens).toBe(alone?.tokens.length);
  });
});

describe("meanLoss", () => {
  const examples = [0, 1].map((index) =>
    example({ family: "decimals", split: "validation", seed: 1, index, style: "shortcut" }),
  );

  it("is the mean surprise of what nano is to write, the question left out", () => {
    let total = 0;
    let count = 0;
    for (const { question: text, thought, answer } of examples) {
      const begin = nano.tokenizer.encode(promptText(text, true));
      const rest = nano.tokenizer.encode(completionText(thought, answer));
      const rows = nano.logits([...begin, ...rest]);
      for (const [index, token] of rest.entries()) {
        const row = Array.from(rows[begin.length + index - 1] ?? []);
        total += Math.log(row.reduce((sum, logit) => sum + Math.exp(logit), 0)) - (row[token] ?? 0);
        count++;
      }
    }
    expect(meanLoss(nano, examples)).toBeCloseTo(total / count, 4);
  });

  it("is 0 without examples", () => {
    expect(meanLoss(nano, [])).toBe(0);
  });
});
