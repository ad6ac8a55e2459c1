import { type Command, Option } from "commander";
import type { ExportFormat } from "../../../runs/store/export-thoughts.ts";
import type { CommandContext } from "../../context.ts";
import { plural } from "../../view/format.ts";
import { addPlaceOption, type PlaceFlags, rootOf } from "./runs-place.ts";

interface ExportFlags extends PlaceFlags {
  format: ExportFormat;
  out: string;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  sojourn runs export --out thoughts.jsonl
  sojourn runs export "correct:true strategy:mcts" --format parquet --out right.parquet
  sojourn runs export "run:20261121" --format csv --out today.csv`;

/** Adds `sojourn runs export`: thoughts that fit a filter, in one file. */
export function addRunsExportCommand(runs: Command, context: CommandContext): void {
  const { output } = context;
  addPlaceOption(
    runs
      .command("export")
      .description("write the thoughts that fit a filter into one file")
      .argument("[filter]", "which thoughts, see docs/runs.md; all when left out", "")
      .addOption(new Option("--format <name>").choices(["jsonl", "csv", "parquet"]).default("jsonl"))
      .requiredOption("--out <file>", "the file to write")
      .option("--json", "print one JSON object"),
  )
    .addHelpText("after", EXAMPLES)
    .action(async (filter: string, flags: ExportFlags) => {
      const { parseFilter } = await import("../../../runs/filter/parse-filter.ts");
      const { exportThoughts } = await import("../../../runs/store/export-thoughts.ts");
      const { format, out } = flags;
      const thoughts = await exportThoughts(rootOf(flags, context), {
        ...{ filter: parseFilter(filter), format, out },
      });
      if (flags.json) output.line(JSON.stringify({ thoughts, format, out }));
      else output.line(`${plural(thoughts, "thought")} in ${out}`);
    });
}
