import { spawnSync } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeWeights } from "../../checkpoint.ts";
import { initialWeights } from "../../initial-weights.ts";
import { copyConfig } from "./copy-training.ts";
import { sequenceLogits } from "./sequence-logits.ts";

const python = process.env.SOJOURN_PYTHON || "python3";
const hasTransformers = spawnSync(python, ["-c", "import torch, transformers"]).status === 0;
const tokens = Array.from({ length: 24 }, (_, index) => (index * 7 + 5) % 64);
const program = `
import json, sys, torch
from transformers import AutoModelForCausalLM
model = AutoModelForCausalLM.from_pretrained(sys.argv[1])
with torch.no_grad():
    print(json.dumps(model(torch.tensor([json.loads(sys.argv[2])])).logits[0].flatten().tolist()))
`;

test.skipIf(!hasTransformers)(
  "gives the logits of Hugging Face transformers to 1e-4 (needs torch and transformers in SOJOURN_PYTHON)",
  { timeout: 120_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "logits-"));
    const weights = initialWeights(copyConfig, 5);
    await writeFile(join(folder, "config.json"), JSON.stringify(copyConfig));
    await writeWeights(folder, weights, "F32");
    const { stdout, stderr } = spawnSync(python, ["-c", program, folder, JSON.stringify(tokens)], {
      encoding: "utf8",
    });
    expect(stdout, stderr).toContain("[");
    const theirs = stdout
      .slice(stdout.indexOf("["), stdout.lastIndexOf("]") + 1)
      .slice(1, -1)
      .split(",")
      .map(Number);
    const ours = await sequenceLogits({ config: copyConfig, weights }, tokens);
    expect(theirs).toHaveLength(24 * 64);
    const difference = theirs.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - (ours[index] ?? NaN))),
      0,
    );
    expect(difference).toBeLessThan(1e-4);
  },
);

test("a token's logits do not depend on those after it", async () => {
  const model = { config: copyConfig, weights: initialWeights(copyConfig, 5) };
  const [whole, beginning] = [
    await sequenceLogits(model, tokens),
    await sequenceLogits(model, tokens.slice(0, 9)),
  ];
  const differences = beginning.map((logit, index) => Math.abs(logit - (whole[index] ?? Number.NaN)));
  expect(Math.max(...differences)).toBeLessThan(1e-5);
});
