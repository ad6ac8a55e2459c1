import { expect, it } from "vitest";
import { z } from "zod";
import { tinyModel } from "../../../test/support/tiny-training.ts";
import { loadThoughtLikelihood } from "../../nano/decoder/thought-likelihood.ts";
import { example } from "../../problems/gym/gym.ts";
import { createRegistry } from "../registry.ts";

const question = "What is 12 + 30?";
const repliedSchema = z.object({ scores: z.array(z.number()) });
const steps = ["12 + 30 = 42", "so 42"];

it("gives each step the geometric mean of its tokens' probabilities, and an answer that of the step before it", async () => {
  const folder = await tinyModel();
  const backend = createRegistry({}, {}).open(`nano-likelihood/${folder}`);
  expect(backend.traits).toMatchObject({ scoresSteps: true, followsInstructions: false });
  const result = await (await backend.load()).doGenerate({
    prompt: [
      { role: "user", content: [{ type: "text", text: question }] },
      { role: "assistant", content: [{ type: "text", text: [...steps, "The answer is: 42"].join("\n") }] },
    ],
  });
  const direct = (await loadThoughtLikelihood(folder)).scoreSteps(question, steps);
  expect(JSON.parse(backend.read(result)[0]?.text ?? "")).toEqual({ scores: [...direct, direct[1]] });
});

it("is the same for a step whatever comes behind it", async () => {
  const likelihood = await loadThoughtLikelihood(await tinyModel());
  const both = likelihood.scoreSteps(question, steps);
  expect(likelihood.scoreSteps(question, steps.slice(0, 1))[0]).toBeCloseTo(both[0] ?? 0, 6);
  for (const score of both) {
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThanOrEqual(1);
  }
});

it("of a line is far lower once a digit of it is changed, to the shipped model", async () => {
  const backend = createRegistry({}, {}).open("nano-likelihood");
  const model = await backend.load();
  const scoresOf = async (asked: string, thought: readonly string[]): Promise<number[]> => {
    const result = await model.doGenerate({
      prompt: [
        { role: "user", content: [{ type: "text", text: asked }] },
        { role: "assistant", content: [{ type: "text", text: thought.join("\n") }] },
      ],
    });
    return repliedSchema.parse(JSON.parse(backend.read(result)[0]?.text ?? "")).scores;
  };
  for (let index = 0; index < 8; index++) {
    const sound = example({ family: "addition", split: "test", seed: 1, index, style: "shortcut" });
    const last = sound.thought.length - 1;
    const slipped = sound.thought.map((line, at) =>
      at === last ? line.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)) : line,
    );
    expect(slipped[last]).not.toBe(sound.thought[last]);
    const [right = 0, wrong = 1] = [
      (await scoresOf(sound.question, sound.thought))[last],
      (await scoresOf(sound.question, slipped))[last],
    ];
    expect(wrong, sound.thought[last]).toBeLessThan(right / 2);
  }
});
