import type { Command } from "commander";
import type { CommandContext } from "../../context.ts";
import { withInterrupt } from "../../interrupt.ts";
import { formatCount, formatDuration, plural } from "../../view/format.ts";
import { openProgressLine } from "../../view/progress-line.ts";
import { addPlaceOption, type PlaceFlags, rootOf } from "./runs-place.ts";

interface CompactFlags extends PlaceFlags {
  all?: boolean;
  json?: boolean;
  quiet?: boolean;
}

const EXAMPLES = `
Examples:
  sojourn runs compact
  sojourn runs compact --all`;

/** Adds `sojourn runs compact`: finished runs as Parquet, which is read many times faster than their logs. */
export function addCompactCommand(runs: Command, context: CommandContext): void {
  const { output } = context;
  addPlaceOption(
    runs
      .command("compact")
      .description("write what finished runs come to as Parquet; their logs stay")
      .option("--all", "also runs that were interrupted")
      .option("--json", "print one JSON object")
      .option("-q, --quiet", "print nothing"),
  )
    .addHelpText("after", EXAMPLES)
    .action(async (flags: CompactFlags) => {
      const { compactRuns } = await import("../../../runs/store/compact-runs.ts");
      const { all = false, json = false, quiet = false } = flags;
      const progress = openProgressLine(output, { silent: json || quiet });
      const begun = performance.now();
      const report = await withInterrupt((signal) =>
        compactRuns(rootOf(flags, context), {
          ...{ all, signal },
          onProgress: ({ runs: done, of, rows }) =>
            progress.show({ done, all: of, before: 0, facts: [`${formatCount(rows)} rows`] }),
        }),
      ).finally(() => progress.close());
      const wallMs = performance.now() - begun;
      if (report.interrupted) {
        output.note("what is done is kept; go on with: sojourn runs compact");
        context.exit(130);
      }
      if (json) return output.line(JSON.stringify({ ...report, wallMs }));
      if (quiet) return;
      const rest = report.left === 0 ? "" : `; ${plural(report.left, "run")} not finished yet`;
      output.line(
        `${plural(report.runs, "run")} compacted: ${formatCount(report.rows)} rows in ${formatDuration(wallMs)}, ${(report.bytes / 1e6).toFixed(1)} MB in all${rest}`,
      );
    });
}
