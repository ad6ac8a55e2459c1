import type { Command } from "commander";
import type { CommandContext } from "../../context.ts";
import { table } from "../../view/table.ts";
import { clip } from "./list.ts";
import { addPlaceOption, type PlaceFlags, rootOf } from "./runs-place.ts";

interface QueryFlags extends PlaceFlags {
  json?: boolean;
}

const EXAMPLES = `
The views are runs, questions (one row for each thought), steps and calls. DESCRIBE lists their columns.

Examples:
  sojourn runs query "SELECT strategy, count(*), avg(correct::INT) AS accuracy FROM questions GROUP BY strategy"
  sojourn runs query "SELECT role, sum(outputTokens) FROM calls GROUP BY role" --json
  sojourn runs query "DESCRIBE steps"`;

/** Adds `sojourn runs query`: read-only SQL over all runs. */
export function addQueryCommand(runs: Command, context: CommandContext): void {
  const { output } = context;
  addPlaceOption(
    runs
      .command("query")
      .description("ask all runs in SQL (DuckDB), reading only")
      .argument("<sql>", "one SELECT statement")
      .option("--json", "print a JSON array of objects"),
  )
    .addHelpText("after", EXAMPLES)
    .action(async (sql: string, flags: QueryFlags) => {
      const { RunStore } = await import("../../../runs/store/run-store.ts");
      const store = await RunStore.open(rootOf(flags, context));
      try {
        const { columns, rows } = await store.query(sql);
        if (flags.json) {
          const objects = rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
          return output.line(JSON.stringify(objects));
        }
        for (const line of table(
          columns,
          rows.map((row) => row.map(cellText)),
        ))
          output.line(line);
      } finally {
        store.close();
      }
    });
}

function cellText(cell: unknown): string {
  if (cell === null) return "";
  return clip(typeof cell === "object" ? JSON.stringify(cell) : String(cell), 60);
}
