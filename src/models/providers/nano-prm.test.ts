import { join } from "node:path";
import { expect, test } from "vitest";
import { scratch, tinyModel } from "../../../test/support/tiny-training.ts";
import { headFile } from "../../nano/checkpoint.ts";
import { loadRewardModel } from "../../nano/decoder/reward-model.ts";
import { rewardHeadNames, writeHeadConfig } from "../../nano/reward-head.ts";
import { storedFloats, writeSafetensors } from "../../nano/safetensors.ts";
import { createRegistry } from "../registry.ts";

const folder = await tinyModel();
await writeHeadConfig(folder, { labels: "hard" });
const weight = { shape: [1, 16], data: Float32Array.from({ length: 16 }, (_, index) => Math.sin(index)) };
const bias = { shape: [1], data: Float32Array.of(0.25) };
const head = { [rewardHeadNames.weight]: weight, [rewardHeadNames.bias]: bias };
const stored = Object.entries(head).map(([name, tensor]) => [name, storedFloats(tensor, "F32")] as const);
await writeSafetensors(join(folder, headFile), new Map(stored));

async function ask(lines: readonly string[]): Promise<string> {
  const backend = createRegistry({}, {}).open(`nano-prm/${folder}`);
  const result = await (await backend.load()).doGenerate({
    prompt: [
      { role: "user", content: [{ type: "text", text: "What is 1 + 1?" }] },
      { role: "assistant", content: [{ type: "text", text: lines.join("\n") }] },
    ],
  });
  return backend.read(result)[0]?.text ?? "";
}

test("gives each step the head's score, and an answer that of the step before it", async () => {
  const steps = ["1 + 1 = 2", "so 2"];
  const direct = (await loadRewardModel(folder)).scoreSteps("What is 1 + 1?", steps);
  expect(new Set(direct).size).toBe(2);
  expect(JSON.parse(await ask([...steps, "The answer is: 2"]))).toEqual({ scores: [...direct, direct[1]] });
});

test("refuses a folder without a head, in one line", async () => {
  const empty = await scratch();
  expect(() => createRegistry({}, {}).open(`nano-prm/${empty}`)).toThrow(
    /is no process reward model: train one/,
  );
});
