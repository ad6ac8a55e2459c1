import type { Command } from "commander";
import type { CommandContext } from "../../context.ts";
import { addRunsAnnotationsCommand } from "./annotations.ts";
import { addBundleCommand } from "./bundle.ts";
import { addCompactCommand } from "./compact.ts";
import { addRunsExportCommand } from "./export.ts";
import { addListCommand } from "./list.ts";
import { addPruneCommand } from "./prune.ts";
import { addQueryCommand } from "./query.ts";
import { addThoughtsCommand } from "./thoughts.ts";

const EXAMPLES = `
Examples:
  sojourn runs
  sojourn runs list --filter "strategy:mcts correct:false"
  sojourn runs thoughts --filter "thought:wait tokens:>2000"
  sojourn runs query "SELECT strategy, avg(correct::INT) FROM questions GROUP BY strategy"
  sojourn runs export "correct:true" --format parquet --out right.parquet
  sojourn runs bundle latest --out site
  sojourn runs compact
  sojourn runs prune --older-than 30d --dry-run`;

/** Adds `sojourn runs`: what was run and thought, and what may be done with it. */
export function addRunsCommand(program: Command, context: CommandContext): void {
  const runs = program
    .command("runs")
    .description("list runs, search and query thoughts, compact, export and prune")
    .addHelpText("after", EXAMPLES);
  addListCommand(runs, context);
  addThoughtsCommand(runs, context);
  addQueryCommand(runs, context);
  addRunsExportCommand(runs, context);
  addCompactCommand(runs, context);
  addBundleCommand(runs, context);
  addPruneCommand(runs, context);
  addRunsAnnotationsCommand(runs, context);
}
