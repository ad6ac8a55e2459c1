/**
 * Trains a tiny model with the real TRL on the CPU by what `sojourn train --engine trl` writes: sft, dpo and grpo, each for a few
 * steps. The model is the shipped nano with a chat template that TRL can learn from. Needs Python with trl, datasets and
 * math-verify in SOJOURN_PYTHON.
 *
 *     npx tsx scripts/verify-trl.ts [FOLDER]
 */
import { spawnSync } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { example } from "../src/problems/gym/gym.ts";
import { parseMethodRecipe } from "../src/train/recipe.ts";
import { planTrl } from "../src/train/trl/plan.ts";
import { pythonYaml } from "../src/train/trl/python-yaml.ts";
import { runTrl } from "../src/train/trl/run.ts";
import { accelerateSettings } from "../src/train/trl/settings.ts";

const python = process.env["SOJOURN_PYTHON"] || "python3";
const folder = resolve(process.argv[2] ?? "trl-check");
const model = join(folder, "tiny");
await mkdir(folder, { recursive: true });
await cp(fileURLToPath(new URL("../weights/nano", import.meta.url)), model, { recursive: true });
const configPath = join(model, "tokenizer_config.json");
const template =
  "{%- for m in messages -%}{%- if m.role == 'user' -%}<|user|>{{ m.content }}<|think|>{%- else -%}{{ m.content }}<|end|>{%- endif -%}{%- endfor -%}";
const config: object = JSON.parse(await readFile(configPath, "utf8"));
await writeFile(configPath, JSON.stringify({ ...config, chat_template: template }));

const places = Array.from({ length: 16 }, (_, index) => ({
  family: "decimals",
  split: "train" as const,
  seed: 3,
  index,
}));
const examples = places.map((place) => example({ ...place, style: "shortcut" }));
const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
await writeFile(join(folder, "thoughts.jsonl"), lines(examples));
await writeFile(
  join(folder, "pairs.jsonl"),
  lines(
    examples.map(({ question, ...chosen }) => ({ question, chosen, rejected: { ...chosen, answer: "0" } })),
  ),
);

const cpu = { use_cpu: true, gradient_checkpointing: false, save_steps: 2 };
const common = {
  from: model,
  trl: { precision: "no", batch: 2, accumulation: 2, maxLength: 192, extra: cpu },
};
const recipes = [
  { name: "sft", method: "sft", ...common, stages: [{ data: "thoughts.jsonl" }, { data: "thoughts.jsonl" }] },
  { name: "dpo", method: "dpo", ...common, data: "pairs.jsonl" },
  {
    ...{ name: "grpo", method: "grpo", ...common, problems: { data: "thoughts.jsonl" }, rounds: 2 },
    ...{ groupSize: 4, maxTokens: 16, trl: { ...common.trl, batch: 4 } },
  },
];
const parsesAccelerate = [
  "import sys",
  "from accelerate.commands.config.config_args import load_config_from_file",
  "for path in sys.argv[1:]: print(path, type(load_config_from_file(path)).__name__)",
].join("\n");
const readsData = [
  "import sys",
  "from datasets import load_dataset",
  "for path in sys.argv[1:]: print(path, load_dataset(path)['train'])",
].join("\n");

let failed = false;
const check = (name: string, ok: boolean): void => {
  console.log(`${ok ? "ok  " : "FAIL"}  ${name}`);
  failed ||= !ok;
};
const runs = (words: readonly string[]): boolean => {
  const { status, stdout, stderr } = spawnSync(python, words, { encoding: "utf8" });
  console.log((stdout + (status === 0 ? "" : stderr)).trim());
  return status === 0;
};
for (const value of recipes) {
  const recipe = parseMethodRecipe(value, folder);
  const plan = await planTrl(recipe, join(folder, recipe.name));
  check(
    `${recipe.name}: datasets reads its Parquet`,
    runs(["-c", readsData, join(plan.folder, "data", recipe.name === "sft" ? "stage-1" : recipe.name)]),
  );
  let steps = 0;
  const outcome = await runTrl(plan, {
    python,
    onProgress(event) {
      if (event.kind === "step") steps++;
      if (event.kind === "step" || event.kind === "note") console.log(JSON.stringify(event));
    },
  }).catch((error: unknown) => void console.error(error));
  const all = plan.stages.reduce((sum, stage) => sum + stage.steps, 0);
  check(
    `${recipe.name}: trained, ${steps} of ${all} steps followed`,
    outcome?.reason === "steps" && steps === all,
  );
}
for (const sharding of ["fsdp", "zero2", "zero3", "none"]) {
  const trl = { ...common.trl, sharding, processes: 8, precision: "bf16" };
  const recipe = parseMethodRecipe(
    { name: sharding, method: "dpo", from: "m", data: "pairs.jsonl", trl },
    folder,
  );
  const path = join(folder, `accelerate-${sharding}.yaml`);
  await writeFile(path, pythonYaml(accelerateSettings(recipe)));
  check(`accelerate reads the settings for ${sharding}`, runs(["-c", parsesAccelerate, path]));
}
process.exitCode = failed ? 1 : 0;
