import type { Command } from "commander";
import type { BenchmarkReading } from "../../problems/benchmarks/read-benchmark.ts";
import type { Problem } from "../../problems/problem.ts";
import { FailureError, InputError } from "../../thought/errors.ts";
import type { CommandContext } from "../context.ts";
import { columnNames, wholeNumber } from "../parse-option.ts";
import { table } from "../view/table.ts";

interface ProblemsFlags {
  data?: string;
  columns?: Record<string, string>;
  limit?: number;
  json?: boolean;
}

/** What `--columns` may name; see `own`. */
export const OWN_COLUMNS: readonly string[] = ["question", "answer", "id", "solution", "subject", "level"];

/** How many problems and bad records are listed where nothing else is asked for. */
const LISTED = 20;

const EXAMPLES = `
Examples:
  sojourn problems
  sojourn problems gsm8k --data test.jsonl
  sojourn problems math500 --data hf:HuggingFaceH4/MATH-500/test --limit 5
  sojourn problems own --data mine.csv --columns question=task,answer=result --json`;

/** Adds `sojourn problems`: the benchmarks that can be read, and what a file of one holds. */
export function addProblemsCommand(program: Command, context: CommandContext): void {
  program
    .command("problems")
    .argument("[benchmark]", "its name; without one, lists the benchmarks")
    .description("list the problems of a benchmark's file, and its bad records")
    .option("--data <file>", "a file, a folder, or hf:owner/name[@revision][/config/split]")
    .option("--columns <names>", "for own: question=NAME,answer=NAME and so on", columnNames(OWN_COLUMNS))
    .option("--limit <n>", `how many to list (default: ${LISTED}; with --json all)`, wholeNumber(1))
    .option("--json", "print one JSON object")
    .addHelpText("after", EXAMPLES)
    .action(async (name: string | undefined, flags: ProblemsFlags) => {
      if (name === undefined) await listAll(flags, context);
      else await listProblems(name, flags, context);
    });
}

async function listAll(flags: ProblemsFlags, { output }: CommandContext): Promise<void> {
  if (flags.data !== undefined)
    throw new InputError("name the benchmark of --data, or own for a file of yours");
  // Loaded only here: no other command needs the readers.
  const { listBenchmarks } = await import("../../problems/benchmarks/registry.ts");
  const benchmarks = listBenchmarks();
  if (flags.json) output.line(JSON.stringify(benchmarks));
  else {
    const rows = benchmarks.map(({ name, measures, description }) => [name, measures, description]);
    for (const line of table(["benchmark", "measures", "what"], rows)) output.line(line);
  }
}

async function listProblems(name: string, flags: ProblemsFlags, context: CommandContext): Promise<void> {
  const { output, environment } = context;
  const { findBenchmark } = await import("../../problems/benchmarks/registry.ts");
  const { ownBenchmark } = await import("../../problems/benchmarks/own.ts");
  const { readBenchmark } = await import("../../problems/benchmarks/read-benchmark.ts");
  const found = findBenchmark(name);
  if (flags.columns !== undefined && found.name !== "own") {
    throw new InputError(`--columns is for own; ${found.name} has its own columns: ${found.columns}`);
  }
  if (flags.data === undefined) {
    throw new InputError(`name a file of ${found.name} with --data; it comes from ${found.origin}`);
  }
  const benchmark = flags.columns === undefined ? found : ownBenchmark(flags.columns);
  const reading = await readBenchmark(benchmark, flags.data, { environment });
  if (flags.json) {
    const problems = reading.problems.slice(0, flags.limit);
    output.line(JSON.stringify({ benchmark: benchmark.name, ...reading, problems }));
  } else {
    const rows = reading.problems.slice(0, flags.limit ?? LISTED).map(rowOf);
    for (const line of table(["problem", "level", "question", "gold"], rows)) output.line(line);
  }
  noteBad(reading, context);
  if (reading.problems.length === 0)
    throw new FailureError(`${flags.data} has no problem of ${benchmark.name}`);
}

function noteBad({ problems, bad, revision }: BenchmarkReading, { output }: CommandContext): void {
  for (const { file, line, wrong } of bad.slice(0, LISTED)) output.note(`${file}:${line}: ${wrong}`);
  if (bad.length > LISTED) output.note(`and ${bad.length - LISTED} more; --json lists them all`);
  const commit = revision === undefined ? "" : ` at ${revision}`;
  output.note(`${problems.length} problems, ${bad.length} bad records${commit}`);
}

function rowOf({ question, gold, tags }: Problem): string[] {
  return [question.id, tags?.["level"] ?? "", clip(question.text, 60), clip(gold, 24)];
}

function clip(text: string, most: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
