import type { Command } from "commander";
import { runsRoot } from "../../runs/run-folder.ts";
import { type RunSummary, summarizeRuns } from "../../runs/summary.ts";
import { readConfig } from "../../strategies/config.ts";
import type { CommandContext } from "../context.ts";
import { wholeNumber } from "../parse-option.ts";
import { formatCost, formatCount, formatDuration } from "../view/format.ts";
import { table } from "../view/table.ts";
import { runsFolder } from "./ask.ts";

interface RunsFlags {
  limit: number;
  json?: boolean;
  config?: string;
}

const EXAMPLES = `
Examples:
  sojourn runs
  sojourn runs --limit 100 --json`;

/** Adds `sojourn runs`: what was run, newest first. */
export function addRunsCommand(program: Command, context: CommandContext): void {
  const { output } = context;
  program
    .command("runs")
    .description("list runs, newest first")
    .option("--limit <n>", "how many", wholeNumber(1), 20)
    .option("--json", "print a JSON array")
    .option("--config <file>", "a config file other than ./sojourn.yaml")
    .addHelpText("after", EXAMPLES)
    .action(async (flags: RunsFlags) => {
      const root = runsFolder(readConfig(flags.config).runs, context) ?? runsRoot(context.environment);
      const { runs, unreadable } = await summarizeRuns(root, { limit: flags.limit });
      for (const line of unreadable) output.note(`skipped: ${line}`);
      if (flags.json) output.line(JSON.stringify(runs));
      else if (runs.length === 0) output.line('no runs yet; try: sojourn ask "Is 9.11 or 9.7 larger?"');
      else for (const line of table(HEADER, runs.map(rowOf))) output.line(line);
    });
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

function clip(text: string | undefined, most: number): string {
  const line = (text ?? "").replace(/\s+/g, " ");
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
