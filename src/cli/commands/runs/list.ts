import { join } from "node:path";
import type { Command } from "commander";
import { type RunSummaries, type RunSummary, summarizeRun, summarizeRuns } from "../../../runs/summary.ts";
import { SojournError } from "../../../thought/errors.ts";
import type { CommandContext } from "../../context.ts";
import { wholeNumber } from "../../parse-option.ts";
import { formatCost, formatCount, formatDuration, singleLine } from "../../view/format.ts";
import { table } from "../../view/table.ts";
import { addPlaceOption, type PlaceFlags, rootOf } from "./runs-place.ts";

interface ListFlags extends PlaceFlags {
  filter?: string;
  limit: number;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  sojourn runs list
  sojourn runs list --filter "strategy:mcts correct:false"
  sojourn runs list --limit 100 --json`;

/** Adds `sojourn runs list`, which `sojourn runs` alone does too: runs, newest first. */
export function addListCommand(runs: Command, context: CommandContext): void {
  const { output } = context;
  addPlaceOption(
    runs
      .command("list", { isDefault: true })
      .description("list runs, newest first")
      .option("--filter <filter>", "runs with a thought that fits, see docs/runs.md")
      .option("--limit <n>", "how many", wholeNumber(1), 20)
      .option("--json", "print a JSON array"),
  )
    .addHelpText("after", EXAMPLES)
    .action(async (flags: ListFlags) => {
      const root = rootOf(flags, context);
      const { limit, filter } = flags;
      const found =
        filter === undefined ? await summarizeRuns(root, { limit }) : await fitting(root, filter, limit);
      for (const line of found.unreadable) output.note(`skipped: ${line}`);
      if (flags.json) output.line(JSON.stringify(found.runs));
      else if (found.runs.length > 0)
        for (const line of table(HEADER, found.runs.map(rowOf))) output.line(line);
      else if (filter === undefined) output.line('no runs yet; try: sojourn ask "Is 9.11 or 9.7 larger?"');
      else output.line("no run has a thought that fits");
    });
}

async function fitting(root: string, filter: string, limit: number): Promise<RunSummaries> {
  const { parseFilter } = await import("../../../runs/filter/parse-filter.ts");
  const { RunStore } = await import("../../../runs/store/run-store.ts");
  const parsed = parseFilter(filter);
  const store = await RunStore.open(root);
  const found: RunSummaries = { runs: [], unreadable: [] };
  try {
    for (const { run } of (await store.runs({ filter: parsed, limit })).rows) {
      try {
        found.runs.push(summarizeRun(join(root, run)));
      } catch (error) {
        if (!(error instanceof SojournError)) throw error;
        found.unreadable.push(error.message);
      }
    }
  } finally {
    store.close();
  }
  return found;
}

const HEADER = ["run", "state", "strategy", "model", "question", "answer", "tokens", "cost", "time"];

function rowOf(run: RunSummary): string[] {
  const { usage } = run;
  return [
    run.id,
    run.state,
    run.strategies.join(" "),
    run.models.join(" "),
    clip(run.question, 40),
    clip(run.answer, 24),
    formatCount(usage.outputTokens + usage.estimatedOutputTokens),
    formatCost(usage.costUsd),
    formatDuration(run.wallMs),
  ];
}

/** A text of a model on one line of a table, as long as there is room. */
export function clip(text: string | null | undefined, most: number): string {
  const line = singleLine(text ?? "").replace(/\s+/g, " ");
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
