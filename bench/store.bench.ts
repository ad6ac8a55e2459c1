import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import { calibrate } from "./calibration.ts";
import { makeFolders } from "./store/make-folders.ts";
import { makeThoughts, RARE_WORDS } from "./store/make-thoughts.ts";

/**
 * The store at its size: a million thoughts of 600 bytes to 5 kB as compacted files, asked over HTTP; and apart 10,000 run
 * folders whose logs nobody has read, asked and then compacted. `npm run bench store 0.1` does a tenth of it, and a second word,
 * `thoughts` or `folders`, one half.
 */
const [scale = "1", half] = process.argv.slice(2);
if (!(Number(scale) > 0 && Number(scale) <= 1) || !["thoughts", "folders", undefined].includes(half)) {
  console.error(
    "npm run bench store [SCALE up to 1] [thoughts|folders], such as: npm run bench store 0.1 thoughts",
  );
  process.exit(2);
}
const thoughts = Math.round(1_000_000 * Number(scale));
const folders = Math.round(10_000 * Number(scale));
const MOST_MEMORY = 1e9;

const runChild = promisify(execFile);
let missed = 0;

async function child(file: URL, ...args: string[]): Promise<unknown> {
  const words = ["--import", "tsx", fileURLToPath(file), ...args];
  const { stdout } = await runChild(process.execPath, words, { maxBuffer: 1e8 });
  return JSON.parse(stdout);
}

function report(
  what: string,
  value: number,
  unit: string,
  bar?: { atMost?: number; atLeast?: number },
): void {
  const { atMost = Number.POSITIVE_INFINITY, atLeast = 0 } = bar ?? {};
  const met = value <= atMost && value >= atLeast;
  if (!met) missed++;
  const wanted =
    bar === undefined ? "" : bar.atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`;
  const verdict = bar === undefined ? "" : met ? "met" : "MISSED";
  console.log(`| ${what} | ${value.toFixed(value < 10 ? 2 : 0)} ${unit} | ${wanted} | ${verdict} |`);
}

const servedSchema = z.object({
  times: z.array(
    z.object({
      path: z.string(),
      firstMs: z.number(),
      medianMs: z.number(),
      cpuMs: z.number(),
      rows: z.number(),
    }),
  ),
  memoryBytes: z.number(),
});

/** Asks a fresh server each path, in this order. */
async function ask(
  root: string,
  asked: readonly { name: string; path: string; bar?: number; first?: number }[],
) {
  const served = servedSchema.parse(
    await child(new URL("./store/ask-server.ts", import.meta.url), root, ...asked.map(({ path }) => path)),
  );
  for (const [index, { name, bar, first }] of asked.entries()) {
    const time = served.times[index];
    if (time === undefined) continue;
    const limit = (atMost: number | undefined) => (atMost === undefined ? undefined : { atMost });
    report(`${name}, first time`, time.firstMs, "ms", limit(first));
    report(`${name}, again`, time.medianMs, "ms", limit(bar));
    report(`${name}, processor time`, time.cpuMs, "ms");
  }
  report("memory of the server", served.memoryBytes / 1e6, "MB", { atMost: MOST_MEMORY / 1e6 });
}

const thoughtsPath = (search: Record<string, string>) => `thoughts?${new URLSearchParams(search)}`;

console.log(`calibration loop: ${calibrate().toFixed(0)} ms`);
console.log("\n| what | measured | bar | |\n| --- | --- | --- | --- |");
const root = mkdtempSync(join(tmpdir(), "sojourn-store-"));
try {
  if (half !== "folders") await measureThoughts(join(root, "thoughts"));
  if (half !== "thoughts") await measureFolders(join(root, "folders"));
} finally {
  rmSync(root, { recursive: true, force: true });
}
console.log(
  `\ncalibration loop: ${calibrate().toFixed(0)} ms; ${missed === 0 ? "all bars met" : `${missed} MISSED`}`,
);
process.exitCode = missed === 0 ? 0 : 1;

/** Compacted thoughts, asked over HTTP. */
async function measureThoughts(folder: string): Promise<void> {
  const made = await makeThoughts(folder, thoughts);
  report("thoughts made", made.thoughts, "rows");
  report("their text", made.characters / 1e6, "MB");
  report("their files", made.bytes / 1e6, "MB");
  report("made and written in", made.wallMs / 1000, "s");
  await ask(folder, [
    { name: "first page of all", path: "thoughts", bar: 1000, first: 1000 },
    { name: "right and strategy", path: thoughtsPath({ filter: "correct:false strategy:mcts" }), bar: 100 },
    { name: "keyword wait", path: thoughtsPath({ filter: "thought:wait" }), bar: 300, first: 300 },
    { name: "rare words", path: thoughtsPath({ text: RARE_WORDS }), bar: 5000, first: 5000 },
    { name: "words nowhere", path: thoughtsPath({ text: "qqqq nowhere" }), bar: 5000, first: 5000 },
    { name: "most tokens first", path: thoughtsPath({ order: "-tokens" }), bar: 1000 },
    { name: "runs", path: "runs", bar: 1000, first: 1000 },
  ]);
  rmSync(folder, { recursive: true });
}

/** Logs that nobody has read: asked over HTTP, then compacted. */
async function measureFolders(folder: string): Promise<void> {
  const rows = makeFolders(folder, folders);
  report("run folders made", folders, "folders");
  await ask(folder, [
    { name: "first page, nothing read yet", path: "thoughts", bar: 1000, first: 1000 },
    { name: "filter, once all are read", path: thoughtsPath({ filter: "correct:true" }), bar: 1000 },
    { name: "runs of all folders", path: "runs", bar: 1000 },
  ]);
  const compacted = z
    .object({ rows: z.number(), wallMs: z.number(), cpuMs: z.number(), memoryBytes: z.number() })
    .parse(await child(new URL("./store/compact-folder.ts", import.meta.url), folder));
  if (compacted.rows !== rows) throw new Error(`${compacted.rows} rows were compacted, not ${rows}`);
  report("rows compacted", compacted.rows, "rows");
  report("compaction", compacted.rows / (compacted.wallMs / 1000), "rows/s", { atLeast: 50_000 });
  report("compaction, processor time", compacted.cpuMs, "ms");
  report("memory of the compaction", compacted.memoryBytes / 1e6, "MB", { atMost: MOST_MEMORY / 1e6 });
}
