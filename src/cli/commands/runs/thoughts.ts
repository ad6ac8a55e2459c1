import type { Command } from "commander";
import type { ThoughtRow } from "../../../runs/store/thought-row.ts";
import type { CommandContext } from "../../context.ts";
import { wholeNumber } from "../../parse-option.ts";
import { formatCount, plural } from "../../view/format.ts";
import { table } from "../../view/table.ts";
import { clip } from "./list.ts";
import { addPlaceOption, type PlaceFlags, rootOf } from "./runs-place.ts";

interface ThoughtsFlags extends PlaceFlags {
  filter: string;
  order: string;
  limit: number;
  after?: string;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  sojourn runs thoughts
  sojourn runs thoughts --filter "correct:false strategy:mcts thought:wait"
  sojourn runs thoughts --filter 'text:"on second thought" -level:5' --order -tokens
  sojourn runs thoughts --filter "family:countdown reward:<0.5" --json`;

/** Adds `sojourn runs thoughts`: single thoughts over all runs, filtered and in order. */
export function addThoughtsCommand(runs: Command, context: CommandContext): void {
  const { output } = context;
  addPlaceOption(
    runs
      .command("thoughts")
      .description("list thoughts over all runs that fit a filter")
      .option("--filter <filter>", "which thoughts, see docs/runs.md", "")
      .option("--order <order>", "newest, oldest, tokens, -tokens, -reward, ...", "newest")
      .option("--limit <n>", "how many", wholeNumber(1), 20)
      .option("--after <next>", "go on behind a page: its next")
      .option("--json", "print one JSON object: rows and next"),
  )
    .addHelpText("after", EXAMPLES)
    .action(async (flags: ThoughtsFlags) => {
      const { parseFilter } = await import("../../../runs/filter/parse-filter.ts");
      const { RunStore } = await import("../../../runs/store/run-store.ts");
      const { readOrder } = await import("../../../runs/store/thought-page.ts");
      const { limit, after } = flags;
      const query = { filter: parseFilter(flags.filter), order: readOrder(flags.order), after, limit };
      const store = await RunStore.open(rootOf(flags, context));
      try {
        const { rows, next } = await store.thoughts(query);
        if (flags.json) return output.line(JSON.stringify({ rows, next }));
        if (rows.length === 0) return output.line("no thought fits");
        for (const line of table(HEADER, rows.map(rowOf))) output.line(line);
        if (next !== null) {
          const all = await store.count(query.filter);
          output.note(`${rows.length} of ${plural(all, "thought")}; more with --limit, or --after ${next}`);
        }
      } finally {
        store.close();
      }
    });
}

const HEADER = [
  "run",
  "question",
  "right",
  "strategy",
  "model",
  "tokens",
  "reward",
  "answer",
  "gold",
  "asked",
];

function rowOf(row: ThoughtRow): string[] {
  return [
    row.run,
    clip(row.question, 24),
    row.correct === null ? "" : row.correct ? "yes" : "no",
    row.strategy ?? "",
    row.model ?? "",
    formatCount(row.tokens),
    row.reward === null ? "" : row.reward.toFixed(2),
    clip(row.answer, 16),
    clip(row.gold, 16),
    clip(row.asked, 40),
  ];
}
