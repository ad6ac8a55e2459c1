import { type Filter, foldText } from "../../runs/filter/filter.ts";
import { matchesFilter } from "../../runs/filter/match-filter.ts";
import { parseFilter } from "../../runs/filter/parse-filter.ts";
import type { RunOverview } from "../../runs/store/run-overview.ts";
import type { ThoughtRow } from "../../runs/store/thought-row.ts";
import { InputError } from "../../thought/errors.ts";
import { compareRuns } from "../studio/compare-rows.ts";
import { type BundleData, eventsFile, reportFile } from "./bundle-data.ts";

/** What a bundle answers: JSON, or the file that holds the answer. */
export type BundleReply = { json: unknown } | { file: string };

const DEFAULT_ROWS = 50;
const COLUMNS = [
  "tokens",
  "words",
  "lines",
  "steps",
  "depth",
  "calls",
  "reward",
  "costUsd",
  "wallMs",
] as const;

/**
 * Answers what the studio asks its server, out of a bundle's data: the same lists, filters and comparisons, page by page.
 *
 * @throws InputError for what only a server can do, and for a filter that is not understood
 */
export function answerFromBundle(data: BundleData, { pathname, searchParams }: URL): BundleReply {
  const [area, run, what, question, part] = pathname.split("/").slice(2).map(decodeURIComponent);
  const words = (name: string): string => searchParams.get(name) ?? "";
  if (area === "options") return { json: data.options };
  if (area === "thoughts") return { json: thoughtsPage(data, searchParams) };
  if (area === "runs" && run === undefined) {
    const fitting = fits(parseFilter(words("filter")));
    const runs = data.runs.flatMap((one) => overviewOf(one, data, fitting, words("filter") !== ""));
    return { json: pageOf(runs, searchParams) };
  }
  if (area === "runs" && what === "events")
    return { file: fileOf(data, run ?? "", searchParams.get("question")) };
  if (area === "runs" && what === "questions" && part === "woven") return { json: { pairs: [] } };
  if (area === "runs" && what === "questions") return { file: fileOf(data, run ?? "", question ?? "") };
  if (area === "compare") return { json: compared(data, words("runs"), parseFilter(words("filter"))) };
  if (area === "annotations") {
    const said = data.annotations[words("run")] ?? [];
    const asked = words("question");
    return {
      json: { annotations: said.filter((one) => asked === "" || one.question === asked), unreadable: 0 },
    };
  }
  if (area === "reports" && run === undefined) return { json: { rows: data.reports } };
  if (area === "reports" && data.reports.some((one) => one.run === run))
    return { file: reportFile(run ?? "") };
  // Trainings and journeys stay where they are: what is shared is runs.
  if ((area === "trainings" || area === "journeys") && run === undefined) return { json: { rows: [] } };
  throw new InputError("this is a shared copy: it shows what it holds; for more start sojourn serve");
}

function thoughtsPage({ thoughts }: BundleData, search: URLSearchParams): object {
  const words = (search.get("text") ?? "").trim();
  const filter: Filter = [
    ...parseFilter(search.get("filter") ?? ""),
    ...(words === ""
      ? []
      : [{ field: "text", negated: false, test: { kind: "holds" as const, text: foldText(words) } }]),
  ];
  const rows = inOrder(thoughts.filter(fits(filter)), search.get("order") ?? "newest");
  return { ...pageOf(rows, search), total: rows.length };
}

function fits(filter: Filter): (row: ThoughtRow) => boolean {
  return (row) => matchesFilter(filter, row);
}

function inOrder(newest: ThoughtRow[], order: string): ThoughtRow[] {
  const column = COLUMNS.find((name) => order === name || order === `-${name}`);
  if (column === undefined) return order === "oldest" ? newest.toReversed() : newest;
  const sign = order.startsWith("-") ? -1 : 1;
  return newest.toSorted((one, other) => {
    const [left, right] = [one[column], other[column]];
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    return sign * (left - right);
  });
}

function pageOf<Row>(rows: readonly Row[], search: URLSearchParams): { rows: Row[]; next: string | null } {
  const from = Number(search.get("after") ?? 0);
  const to = from + Number(search.get("limit") ?? DEFAULT_ROWS);
  return { rows: rows.slice(from, to), next: to < rows.length ? String(to) : null };
}

/** A run with the thoughts that fit counted anew; nothing where a filter leaves none. */
function overviewOf(
  run: RunOverview,
  { thoughts }: BundleData,
  fitting: (row: ThoughtRow) => boolean,
  filtered: boolean,
): RunOverview | [] {
  if (!filtered) return run;
  const own = thoughts.filter((row) => row.run === run.run && fitting(row));
  if (own.length === 0) return [];
  return {
    ...run,
    thoughts: own.length,
    finished: own.filter(({ stopReason }) => stopReason !== null).length,
    graded: own.filter(({ correct }) => correct !== null).length,
    correct: own.filter(({ correct }) => correct === true).length,
  };
}

function fileOf({ runs, thoughts }: BundleData, name: string, question: string | null): string {
  const run = name === "latest" ? runs[0]?.run : name;
  const row = thoughts.findLast(
    (one) => one.run === run && (question === null || question === "" || one.question === question),
  );
  if (row === undefined) throw new InputError(`${name} is not in this shared copy; see its runs`);
  return eventsFile(row.run, row.ordinal);
}

function compared({ thoughts }: BundleData, names: string, filter: Filter): object {
  const runs = names.split(",").filter((name) => name !== "");
  const fitting = thoughts.filter(fits(filter)).reverse();
  return compareRuns(runs.map((run) => ({ run, rows: fitting.filter((row) => row.run === run) })));
}
