import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { DuckDBInstance } from "@duckdb/node-api";
import type { Filter } from "../filter/filter.ts";
import { filterSql, SqlParameters } from "../filter/filter-sql.ts";
import { listRuns } from "../run-folder.ts";
import { TABLES, type TableName } from "./columns.ts";
import { compactFolder, compactVersion, readCompactFiles } from "./compact-folder.ts";
import { confine, openDatabase, quoted, withConnection } from "./database.ts";
import { LiveRuns } from "./live-runs.ts";
import { type CompactedRun, readCompactedRuns } from "./parquet-files.ts";
import { type QueryResult, readOnlyQuery } from "./read-only-query.ts";
import { RowTables } from "./row-tables.ts";
import { type RunPage, type RunQuery, runPage, runPageSql } from "./run-page.ts";
import { type RunSize, runRanges } from "./run-ranges.ts";
import {
  isByRun,
  readThoughtKeys,
  runBefore,
  type Statement,
  type ThoughtKey,
  type ThoughtPage,
  type ThoughtQuery,
  thoughtKeysSql,
  thoughtPage,
  thoughtRowsSql,
} from "./thought-page.ts";

/** Tables of runs that are not compacted have this before their names. */
const LIVE = "live_";
/** Logs are read for this long before another reader of the store gets a turn. */
const TURN_MS = 100;
/** Counts that are kept. */
const MOST_COUNTS = 1000;
/** A look at the folder is good for this long. */
const FRESH_MS = 500;

/**
 * All runs of a folder as tables that can be asked: compacted ones from their Parquet files, the others from their logs,
 * which are read once and then as far as they grow. Owns nothing: any number of processes may have one.
 */
export class RunStore {
  readonly root: string;
  readonly #database: DuckDBInstance;
  readonly #live: RowTables;
  #runs: LiveRuns;
  #compacted: ReadonlyMap<string, CompactedRun> = new Map();
  #version: string | undefined;
  #superseded = new Set<string>();
  #looking: Promise<unknown> = Promise.resolve();
  #lookedAt = Number.NEGATIVE_INFINITY;
  #complete = false;
  #pass: Pass | undefined;
  /** What was worked out from the tables as they are: empty again whenever they change. */
  #known: { counts: Map<string, number>; sizes?: readonly RunSize[] } = { counts: new Map() };

  private constructor(root: string, database: DuckDBInstance, live: RowTables) {
    this.root = root;
    this.#database = database;
    this.#live = live;
    this.#runs = new LiveRuns(root);
  }

  /**
   * Opens the runs below `root`, which need not exist. Reads nothing yet. Whatever it is asked, it opens no file but those of
   * compacted rows.
   *
   * @param options.writes a folder that it may also write to; default none
   */
  static async open(root: string, { writes }: { writes?: string | undefined } = {}): Promise<RunStore> {
    const database = await openDatabase();
    const live = await RowTables.create(database, LIVE);
    await confine(database, [compactFolder(root), ...(writes === undefined ? [] : [writes])]);
    return new RunStore(root, database, live);
  }

  /** True once all runs have been read: only then is what they come to known without waiting. */
  get complete(): boolean {
    return this.#complete;
  }

  /** A page of thoughts. The first page of all thoughts, newest first, reads no more logs than it needs. */
  async thoughts(query: ThoughtQuery): Promise<ThoughtPage> {
    const { filter = [], order = "newest", after, limit = 50 } = query;
    const first = filter.length === 0 && order === "newest" && after === undefined;
    const read = async (): Promise<ThoughtPage> => {
      const keys = await this.#keys(query);
      const rows = keys.length === 0 ? [] : await this.#run(thoughtRowsSql(keys.slice(0, limit), query));
      return thoughtPage(keys, rows, query);
    };
    return this.#reading(read, first ? { rows: limit + 1 } : undefined);
  }

  /** A page of runs, newest first. The first page of all runs reads no more logs than it needs. */
  async runs(query: RunQuery = {}): Promise<RunPage> {
    const { filter = [], after, limit = 50 } = query;
    const first = filter.length === 0 && after === undefined;
    return runPage(await this.ask(runPageSql(query), first ? { runs: limit + 1 } : undefined), query);
  }

  /** How many thoughts there are of this kind. */
  async count(filter: Filter = []): Promise<number> {
    const parameters = new SqlParameters();
    const condition = filterSql(filter, parameters);
    const { values } = parameters;
    await this.refresh();
    const { counts } = this.#known;
    const key = JSON.stringify([condition, values]);
    const counted = counts.get(key);
    if (counted !== undefined) return counted;
    const sql = `SELECT count(*)::DOUBLE AS count FROM questions WHERE ${condition}`;
    const [row] = await this.ask({ sql, values });
    const count = Number(row?.["count"] ?? 0);
    if (counts.size >= MOST_COUNTS) counts.clear();
    counts.set(key, count);
    return count;
  }

  /** What one `SELECT` of the user's own finds in the views `runs`, `questions`, `steps` and `calls`. */
  async query(sql: string): Promise<QueryResult> {
    return this.#reading(() =>
      withConnection(this.#database, (connection) => readOnlyQuery(connection, sql)),
    );
  }

  /** The records that a statement of ours brings. */
  ask(statement: Statement, enough?: Enough): Promise<Record<string, unknown>[]> {
    return this.#reading(() => this.#run(statement), enough);
  }

  /** Frees what the store holds. No question may be under way. */
  close(): void {
    this.#live.close();
    this.#database.closeSync();
  }

  /**
   * Brings the tables up to date with the folder.
   *
   * @param enough what of the newest runs suffices; default all
   */
  async refresh(enough?: Enough): Promise<void> {
    for (let done = false; !done; ) {
      const looked = this.#looking.then(() => this.#look(enough));
      this.#looking = looked.catch(() => {});
      done = await looked;
    }
  }

  /** Has the next question look at the folder again, however short ago it was looked at. */
  expire(): void {
    this.#lookedAt = Number.NEGATIVE_INFINITY;
    this.#pass = undefined;
  }

  /** The keys of a page, and one more where others follow. */
  async #keys(query: ThoughtQuery): Promise<ThoughtKey[]> {
    if (!isByRun(query)) return readThoughtKeys(await this.#run(thoughtKeysSql(query)));
    const { order = "newest", limit = 50 } = query;
    const from = runBefore(query);
    const sizes = this.#runSizes().filter(
      ({ run }) => from === undefined || (order === "newest" ? run <= from : run >= from),
    );
    const keys: ThoughtKey[] = [];
    for (const range of runRanges(order === "newest" ? sizes.reverse() : sizes)) {
      keys.push(...readThoughtKeys(await this.#run(thoughtKeysSql(query, range))));
      if (keys.length > limit) break;
    }
    return keys.slice(0, limit + 1);
  }

  /** How many thoughts each run has that was read, by id. */
  #runSizes(): readonly RunSize[] {
    if (this.#known.sizes !== undefined) return this.#known.sizes;
    const live = [...this.#runs.known].map((run) => ({ run, questions: this.#runs.questions(run) }));
    const compacted = [...this.#compacted].flatMap(([run, { questions }]) =>
      this.#runs.has(run) ? [] : { run, questions },
    );
    const sizes = [...live, ...compacted].sort((one, other) => (one.run < other.run ? -1 : 1));
    this.#known.sizes = sizes;
    return sizes;
  }

  #run({ sql, values }: Statement): Promise<Record<string, unknown>[]> {
    return withConnection(this.#database, async (connection) =>
      (await connection.runAndReadAll(sql, values)).getRowObjectsJS(),
    );
  }

  /** Reads from tables that are up to date. */
  async #reading<Result>(read: () => Promise<Result>, enough?: Enough): Promise<Result> {
    await this.refresh(enough);
    try {
      return await read();
    } catch (error) {
      // A compaction may have put other files in the place of those that the views name.
      if (compactVersion(this.root) === this.#version) throw error;
      this.expire();
      await this.refresh(enough);
      return read();
    }
  }

  /** Looks at the folder for one turn, newest runs first. Returns whether enough of it was seen. */
  async #look(enough: Enough | undefined): Promise<boolean> {
    if (performance.now() - this.#lookedAt < FRESH_MS) return true;
    const version = compactVersion(this.root);
    const renewed = version !== this.#version;
    if (renewed) {
      this.#compacted = await readCompactedRuns(this.root, this.#database);
      this.#pass = undefined;
    }
    // Who needs all goes on where the turn before ended; who needs the newest runs begins with them.
    const pass = enough === undefined ? (this.#pass ?? this.#newPass()) : this.#newPass();
    if (enough === undefined) this.#pass = pass;
    try {
      await this.#takeUp(pass, enough);
      const all = pass.left.length === 0;
      const gone = all ? [...this.#runs.known].filter((run) => !pass.seen.has(run)) : [];
      for (const run of gone) await this.#drop(run);
      const unseen = [...this.#superseded].filter((run) => !all && !pass.seen.has(run));
      const superseded = new Set([...pass.superseded, ...unseen]);
      const redefined = renewed || !isDeepStrictEqual(superseded, this.#superseded);
      if (redefined) await this.#defineViews(superseded);
      await this.#live.commit();
      this.#version = version;
      this.#superseded = superseded;
      if (redefined || pass.changed || gone.length > 0) this.#known = { counts: new Map() };
      pass.changed = false;
      if (all) {
        this.#complete = true;
        this.#lookedAt = performance.now();
        this.#pass = undefined;
      }
      return all || suffices(pass, enough);
    } catch (error) {
      await this.#live.clear();
      this.#runs = new LiveRuns(this.root);
      this.#version = undefined;
      this.#pass = undefined;
      throw error;
    }
  }

  #newPass(): Pass {
    const left = listRuns(this.root, (run) => this.#runs.has(run) || this.#compacted.has(run));
    return { left, seen: new Set(), superseded: new Set(), thoughts: 0, changed: false };
  }

  /** Puts what is new in the logs into the live tables, until there is enough, or the turn is over. */
  async #takeUp(pass: Pass, enough: Enough | undefined): Promise<void> {
    let reading = 0;
    while (pass.left.length > 0 && reading < TURN_MS && !suffices(pass, enough)) {
      const run = pass.left.pop() ?? "";
      pass.seen.add(run);
      const compactedBytes = this.#compacted.get(run)?.logBytes;
      if (compactedBytes !== undefined && compactedBytes === this.#runs.logBytes(run)) {
        if (!this.#runs.has(run)) continue;
        await this.#drop(run);
        pass.changed = true;
        continue;
      }
      if (compactedBytes !== undefined) pass.superseded.add(run);
      const begun = performance.now();
      if (await this.#runs.look(run, this.#live)) pass.changed = true;
      reading += performance.now() - begun;
      pass.thoughts += this.#runs.questions(run);
    }
  }

  async #drop(run: string): Promise<void> {
    await this.#live.remove(run);
    this.#runs.forget(run);
  }

  /** Views over the live tables and the files that count now; compacted rows of runs whose logs went on are left out. */
  async #defineViews(superseded: ReadonlySet<string>): Promise<void> {
    const but = superseded.size === 0 ? "" : `WHERE run NOT IN (${[...superseded].map(quoted).join(", ")})`;
    for (const table of TABLES) {
      const files = this.#pathsOf(table);
      const live = `SELECT * FROM ${LIVE}${table}`;
      const compacted = `SELECT * FROM read_parquet([${files}]) ${but}`;
      await this.#live.run(
        `CREATE OR REPLACE VIEW ${table} AS ${files.length === 0 ? live : `${live} UNION ALL BY NAME ${compacted}`}`,
      );
    }
  }

  /** The files of a table that count, newest first, as they stand in a statement. */
  #pathsOf(table: TableName): string[] {
    return readCompactFiles(this.root)[table].map((name) => quoted(join(compactFolder(this.root), name)));
  }
}

/** How much of the newest runs has to be seen: their thoughts, or the runs themselves. */
type Enough = { rows: number } | { runs: number };

function suffices(pass: Pass, enough: Enough | undefined): boolean {
  if (enough === undefined) return false;
  return "rows" in enough ? pass.thoughts >= enough.rows : pass.seen.size >= enough.runs;
}

/** One way through all runs, which may take many turns. */
interface Pass {
  /** Runs that are still to be seen, the newest last. */
  left: string[];
  seen: Set<string>;
  /** Compacted runs whose logs went on since. */
  superseded: Set<string>;
  /** Thoughts of the runs that are not compacted. */
  thoughts: number;
  /** True where the live tables have changed since the turn before. */
  changed: boolean;
}
