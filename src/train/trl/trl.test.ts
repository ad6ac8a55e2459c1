import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { listening, scratch } from "../../../test/support/tiny-training.ts";
import { parseMethodRecipe } from "../recipe.ts";
import { readLogLine } from "./log-line.ts";
import { planTrl } from "./plan.ts";
import { runTrl } from "./run.ts";

const thought = { question: "2 + 2?", thought: ["2 + 2 = 4"], answer: "4" };
let folder = "";
beforeEach(async () => {
  folder = await scratch();
  await writeFile(join(folder, "thoughts.jsonl"), `${JSON.stringify(thought)}\n${JSON.stringify(thought)}\n`);
  const pair = { question: "2 + 2?", chosen: thought, rejected: { thought: [], answer: "5" } };
  await writeFile(join(folder, "pairs.jsonl"), JSON.stringify(pair));
});
const recipeFor = (more: object) => parseMethodRecipe({ name: "t", from: "org/model", ...more }, folder);
const settingsOf = async (path: string) => parse(await readFile(path, "utf8"), { version: "1.1" });

test("writes one stage on the model of the one before, its data as JSONL and Parquet, and both command lines", async () => {
  const stages = [
    { data: "thoughts.jsonl", epochs: 2 },
    { data: "thoughts.jsonl", optimiser: { learningRate: 1e-5 } },
  ];
  const trl = { sharding: "zero3", processes: 8, loraRank: 16 };
  const plan = await planTrl(recipeFor({ method: "sft", stages, trl }), join(folder, "out"));
  const [first, second] = await Promise.all(plan.stages.map(({ config }) => settingsOf(config)));
  expect(first).toMatchObject({
    model_name_or_path: "org/model",
    num_train_epochs: 2,
    use_peft: true,
    lora_r: 16,
    bf16: true,
  });
  expect(second).toMatchObject({ model_name_or_path: first.output_dir, learning_rate: 1e-5 });
  expect(await settingsOf(plan.accelerate)).toMatchObject({
    ...{ distributed_type: "DEEPSPEED", num_processes: 8, mixed_precision: "bf16" },
    deepspeed_config: { zero_stage: 3 },
  });
  expect(plan.lines[0]?.trl).toBe(
    `trl sft --config ${plan.folder}/sft-1.yaml --accelerate_config ${plan.folder}/accelerate.yaml`,
  );
  expect(await readFile(join(plan.folder, "run.sh"), "utf8")).toContain("accelerate launch --config_file");
  const file = new Uint8Array(await readFile(join(first.dataset_name, "train.parquet"))).buffer;
  const rows = await parquetReadObjects({ file, compressors });
  const completion = [{ role: "assistant", content: "<think>\n2 + 2 = 4\n</think>\n\n4" }];
  const row = { prompt: [{ role: "user", content: "2 + 2?" }], completion };
  expect(rows).toEqual([row, row]);
  expect(
    JSON.parse((await readFile(join(plan.folder, "data/stage-1.jsonl"), "utf8")).split("\n")[0] ?? ""),
  ).toEqual(row);
});

test("writes preferences, and problems with their solutions, as TRL's trainers want them", async () => {
  const dpo = await planTrl(
    recipeFor({ method: "dpo", data: "pairs.jsonl", trl: { sharding: "fsdp" } }),
    join(folder, "dpo"),
  );
  expect(await settingsOf(dpo.accelerate)).toMatchObject({
    distributed_type: "FSDP",
    fsdp_config: { fsdp_version: 2 },
  });
  expect(await readFile(join(dpo.folder, "data/dpo.jsonl"), "utf8")).toContain(
    '"rejected":[{"role":"assistant","content":"5"}]',
  );
  const problems = { data: "thoughts.jsonl" };
  const grpo = await planTrl(
    recipeFor({ method: "grpo", problems, rounds: 7, groupSize: 4 }),
    join(folder, "grpo"),
  );
  expect(grpo.stages[0]?.steps).toBe(7);
  expect(await settingsOf(grpo.stages[0]?.config ?? "")).toMatchObject({
    ...{ num_generations: 4, max_steps: 7, loss_type: "grpo", reward_funcs: ["accuracy_reward"] },
  });
  expect(await readFile(join(grpo.folder, "data/grpo.jsonl"), "utf8")).toContain('"solution":"4"');
});

/** A Python of our own that prints what it is told to. */
async function fakePython(lines: readonly string[], code: number): Promise<string> {
  const path = join(folder, "python");
  const output = join(folder, "python-output");
  await writeFile(output, `${lines.join("\n")}\n`);
  await writeFile(path, `#!/bin/sh\necho "$@" >> "${folder}/called"\ncat "${output}"\nexit ${code}\n`);
  await chmod(path, 0o755);
  return path;
}

test("follows what TRL prints, keeps all of it, and goes on from its newest checkpoint", async () => {
  const plan = await planTrl(recipeFor({ method: "dpo", data: "pairs.jsonl" }), join(folder, "out"));
  const line =
    "{'loss': '0.75', 'grad_norm': '1.2', 'learning_rate': '1e-05', 'rewards/margins': '-0.01', 'epoch': '1'}";
  const python = await fakePython(["loading", line, "{'train_runtime': '2', 'train_loss': '0.69'}"], 0);
  const heard = listening();
  expect(await runTrl(plan, { python, ...heard })).toMatchObject({ reason: "steps", step: 1, steps: 1 });
  expect(heard.losses()).toEqual([0.75]);
  expect(heard.measured("margin")).toEqual([-0.01]);
  expect(await readFile(join(plan.folder, "trl.log"), "utf8")).toContain("loading\n");
  await mkdir(join(plan.stages[0]?.output ?? "", "checkpoint-9"), { recursive: true });
  await mkdir(join(plan.stages[0]?.output ?? "", "checkpoint-10"), { recursive: true });
  await runTrl(plan, { python, resume: true });
  const calls = (await readFile(join(folder, "called"), "utf8")).trim().split("\n");
  expect(calls[0]).toContain("-m trl.scripts.dpo --config");
  expect(calls[0]).not.toContain("--resume_from_checkpoint");
  expect(calls[1]).toMatch(/--resume_from_checkpoint \S+checkpoint-10$/);
});

test("says what is missing, and TRL's last words where it fails", async () => {
  const plan = await planTrl(recipeFor({ method: "dpo", data: "pairs.jsonl" }), join(folder, "out"));
  const without = await fakePython(["ModuleNotFoundError: No module named 'trl'"], 1);
  await expect(runTrl(plan, { python: without })).rejects.toThrow(/has no trl: run ".* -m pip install trl"/);
  const broken = await fakePython(["Traceback", "ValueError: out of luck"], 1);
  await expect(runTrl(plan, { python: broken })).rejects.toThrow(/trl stopped: ValueError: out of luck/);
  await expect(runTrl(plan, { python: join(folder, "nowhere") })).rejects.toThrow(/cannot start/);
});

test.each([
  [{ method: "process-reward", data: "x.jsonl" }, /no trainer for process-reward/],
  [{ method: "grpo", problems: { family: "letters" } }, /needs problems with reference answers/],
  [{ method: "sft", stages: [{ data: "thoughts.jsonl", tokens: 9 }] }, /counts epochs, not tokens/],
])("refuses what TRL cannot train by: %j", async (more, message) => {
  await expect(planTrl(recipeFor(more), join(folder, "out"))).rejects.toThrow(message);
});

test("reads the numbers of a log line, and nothing out of other lines", () => {
  const read = readLogLine("{'loss': 1.5, 'kl': '2e-3', 'grad_norm': 'nan', 'rewards/margins': -1}");
  expect(read && Object.fromEntries(read)).toEqual({
    loss: 1.5,
    kl: 0.002,
    grad_norm: Number.NaN,
    "rewards/margins": -1,
  });
  for (const line of ["", "{'a': 'b'}", "{'train_loss': '1'}", "Map: 100%|##| {'eta': 1}"])
    expect(readLogLine(line)).toBeUndefined();
});
