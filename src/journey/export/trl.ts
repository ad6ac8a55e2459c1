import { completionRow, preferenceRow } from "../../train/trl/write-data.ts";
import { type ExportFormat, wants } from "./format.ts";

const MESSAGES = "STRUCT(role VARCHAR, content VARCHAR)[]";

/** Conversations for the SFT trainer of TRL, of which the completion alone is learnt: as `sojourn train` hands them over. */
export const trlSftFormat: ExportFormat = {
  name: "trl-sft",
  description:
    "TRL, SFTTrainer: prompt and completion as messages, the thought between <think> tags; thoughts",
  columns: { prompt: MESSAGES, completion: MESSAGES },
  row: (line) => ("thought" in line ? completionRow(line) : wants("thoughts", line)),
};

/** Conversations for the DPO trainer of TRL: a prompt, and a reply that is better than another. */
export const trlDpoFormat: ExportFormat = {
  name: "trl-dpo",
  description: "TRL, DPOTrainer: prompt, chosen and rejected as messages; preference pairs",
  columns: { prompt: MESSAGES, chosen: MESSAGES, rejected: MESSAGES },
  row: (line) => (line.kind === "preference" ? preferenceRow(line) : wants("preference pairs", line)),
};
