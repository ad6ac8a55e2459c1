import { type Command, InvalidArgumentError } from "commander";
import { InputError } from "../../../thought/errors.ts";
import type { CommandContext } from "../../context.ts";
import { plural } from "../../view/format.ts";
import { addPlaceOption, type PlaceFlags, rootOf } from "./runs-place.ts";

interface PruneFlags extends PlaceFlags {
  /** Milliseconds. */
  olderThan?: number;
  filter?: string;
  dryRun?: boolean;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  sojourn runs prune --older-than 30d --dry-run
  sojourn runs prune --older-than 12h --filter "correct:false"`;

/** Adds `sojourn runs prune`: removes old runs, or runs that fit a filter, with their compacted rows. */
export function addPruneCommand(runs: Command, context: CommandContext): void {
  const { output } = context;
  addPlaceOption(
    runs
      .command("prune")
      .description("remove runs for good: logs and compacted rows")
      .option("--older-than <age>", "runs begun before that: 12h, 30d, 8w", age)
      .option("--filter <filter>", "runs all of whose thoughts fit, see docs/runs.md")
      .option("--dry-run", "only say which")
      .option("--json", "print one JSON object"),
  )
    .addHelpText("after", EXAMPLES)
    .action(async (flags: PruneFlags) => {
      const { olderThan, dryRun = false } = flags;
      if (olderThan === undefined && (flags.filter ?? "").trim() === "")
        throw new InputError(
          "which runs? Give --older-than 30d, --filter, or both; --dry-run only shows them",
        );
      const { parseFilter } = await import("../../../runs/filter/parse-filter.ts");
      const { pruneRuns } = await import("../../../runs/store/prune-runs.ts");
      const report = await pruneRuns(rootOf(flags, context), {
        before: olderThan === undefined ? undefined : Date.now() - olderThan,
        filter: parseFilter(flags.filter ?? ""),
        dryRun,
      });
      if (flags.json) return output.line(JSON.stringify({ ...report, dryRun }));
      for (const run of report.runs) output.line(run);
      for (const run of report.owned) output.note(`${run} goes on, and stays`);
      output.note(`${plural(report.runs.length, "run")} ${dryRun ? "would be removed" : "removed"}`);
    });
}

const UNITS: Record<string, number> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

function age(text: string): number {
  const [, count, unit = ""] = /^(\d+)([hdw])$/.exec(text) ?? [];
  const milliseconds = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (Number.isNaN(milliseconds)) throw new InvalidArgumentError("an age is needed, such as 12h, 30d or 8w.");
  return milliseconds;
}
