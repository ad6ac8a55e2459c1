import { extname } from "node:path";
import { saidBy } from "../../train/trl/write-data.ts";
import { type ExportFormat, wants } from "./format.ts";

const PROMPT = { prompt: "instruction", query: "input" };

/** Instructions and replies for LLaMA-Factory (`stage: sft`), with the `dataset_info.json` that it looks for. */
export const llamaFactorySftFormat: ExportFormat = {
  name: "llama-factory-sft",
  description: "LLaMA-Factory, stage sft: instruction, input, output, with dataset_info.json; thoughts",
  columns: { instruction: "VARCHAR", input: "VARCHAR", output: "VARCHAR" },
  row(line) {
    if (!("thought" in line)) return wants("thoughts", line);
    return { instruction: line.question, input: "", output: saidBy(line).content };
  },
  beside: (files) => infoOf(files, { columns: { ...PROMPT, response: "output" } }),
};

/** Ranked replies for LLaMA-Factory (`stage: dpo`), with the `dataset_info.json` that it looks for. */
export const llamaFactoryDpoFormat: ExportFormat = {
  name: "llama-factory-dpo",
  description: "LLaMA-Factory, stage dpo: instruction, input, chosen, rejected; preference pairs",
  columns: { instruction: "VARCHAR", input: "VARCHAR", chosen: "VARCHAR", rejected: "VARCHAR" },
  row(line) {
    if (line.kind !== "preference") return wants("preference pairs", line);
    const { question, chosen, rejected } = line;
    return {
      instruction: question,
      input: "",
      chosen: saidBy(chosen).content,
      rejected: saidBy(rejected).content,
    };
  },
  beside: (files) =>
    infoOf(files, { ranking: true, columns: { ...PROMPT, chosen: "chosen", rejected: "rejected" } }),
};

function infoOf(files: readonly string[], entry: object): Record<string, string> {
  const info = Object.fromEntries(
    files.map((file) => [file.slice(0, -extname(file).length), { file_name: file, ...entry }]),
  );
  return { "dataset_info.json": `${JSON.stringify(info, undefined, 2)}\n` };
}
