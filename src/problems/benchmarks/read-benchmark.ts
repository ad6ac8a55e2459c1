import type { Problem } from "../problem.ts";
import type { Benchmark } from "./benchmark.ts";
import { readRecords } from "./formats/read-records.ts";
import type { BadRecord } from "./record.ts";
import { isDataSetName, parseDataSetName } from "./sources/data-set-name.ts";
import type { FetchOptions } from "./sources/hugging-face.ts";
import { localFiles } from "./sources/local-files.ts";

/** What a benchmark's files hold. */
export interface BenchmarkReading {
  problems: Problem[];
  /** Every record that became no problem; `problems.length + bad.length` records were seen. */
  bad: BadRecord[];
  /** The files that were read: paths, or paths within the data set. */
  files: string[];
  /** The commit of a fetched data set. */
  revision?: string;
}

/** How to read a benchmark. */
export interface ReadOptions extends FetchOptions {
  /** Stop after this many problems; default all. */
  limit?: number | undefined;
}

/**
 * Reads a benchmark from a file, a folder, or `hf:owner/name[@revision][/config/split]`, which is fetched and cached. No
 * record is dropped in silence: one that is no problem is in `bad` with its file and line. A second problem of the
 * same id gets `~2` behind it. Throws an InputError for a source that does not exist.
 */
export async function readBenchmark(
  benchmark: Benchmark,
  source: string,
  options: ReadOptions = {},
): Promise<BenchmarkReading> {
  const { limit = Number.POSITIVE_INFINITY } = options;
  const { files, revision } = await filesOf(source, options);
  const reading: BenchmarkReading = {
    problems: [],
    bad: [],
    files: [],
    ...(revision !== undefined && { revision }),
  };
  const seen = new Map<string, number>();
  for (const { path, local } of files) {
    if (reading.problems.length >= limit) break;
    reading.files.push(path);
    for await (const found of readRecords(local)) {
      const index = reading.problems.length + reading.bad.length;
      const read = "wrong" in found ? found : benchmark.read(found.value, index);
      if ("problem" in read) reading.problems.push(withUniqueId(read.problem, seen));
      else reading.bad.push({ file: path, line: found.line, wrong: read.wrong });
      if (reading.problems.length >= limit) break;
    }
  }
  return reading;
}

async function filesOf(
  source: string,
  options: FetchOptions,
): Promise<{ files: readonly { path: string; local: string }[]; revision?: string }> {
  if (!isDataSetName(source)) return { files: localFiles(source).map((path) => ({ path, local: path })) };
  const { fetchDataSet } = await import("./sources/hugging-face.ts");
  return fetchDataSet(parseDataSetName(source), options);
}

function withUniqueId(problem: Problem, seen: Map<string, number>): Problem {
  let { id } = problem.question;
  for (;;) {
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    if (count === 1) return { ...problem, question: { ...problem.question, id } };
    id = `${id}~${count}`;
  }
}
