import { type Command, Option } from "commander";
import type { CommandContext } from "../context.ts";
import { plural } from "../view/format.ts";

interface ExportFlags {
  format: string;
  out: string;
  parquet?: boolean;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  sojourn export data/journey-refined.jsonl --format o1-journey --out export
  sojourn export data/shortcut.jsonl data/journey-refined.jsonl --format trl-sft --parquet --out export
  sojourn export data/preference.jsonl --format llama-factory-dpo --out export
  sojourn export data/process-reward.jsonl --format math-shepherd --out export`;

/** Adds `sojourn export`: data sets of a journey in the form that other trainers and data sets have. */
export function addExportCommand(program: Command, { output }: CommandContext): void {
  program
    .command("export")
    .description("write data sets of a journey in the form of other trainers and data sets")
    .argument("<file...>", "data sets of sojourn weave")
    .addOption(
      new Option(
        "--format <name>",
        "o1-journey, trl-sft, trl-dpo, llama-factory-sft, llama-factory-dpo, prm800k, math-shepherd",
      ).makeOptionMandatory(),
    )
    .requiredOption("--out <folder>", "where the files go")
    .option("--parquet", "write Parquet beside the JSONL")
    .option("--json", "print one JSON object on stdout and nothing else there")
    .addHelpText("after", EXAMPLES)
    .action(async (sources: string[], { format, out, parquet = false, json }: ExportFlags) => {
      const { exportLines } = await import("../../journey/export/export-lines.ts");
      const { findExportFormat } = await import("../../journey/export/formats.ts");
      const exported = await exportLines(sources, findExportFormat(format), { out, parquet });
      if (json) return output.line(JSON.stringify(exported));
      output.line(`${plural(exported.rows, "row")} as ${format}: ${exported.files.join(", ")}`);
      for (const [reason, times] of Object.entries(exported.skipped))
        output.note(`left out ${times}: ${reason}`);
    });
}
