import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRegistry } from "../../models/registry.ts";
import { standingAnnotations } from "../../runs/annotations/annotation.ts";
import { readAnnotations } from "../../runs/annotations/annotation-file.ts";
import { readManifest } from "../../runs/manifest.ts";
import { LOG_FILE } from "../../runs/run-folder.ts";
import { LogTail } from "../../runs/store/log-tail.ts";
import { RunStore } from "../../runs/store/run-store.ts";
import type { ThoughtRow } from "../../runs/store/thought-row.ts";
import { InputError } from "../../thought/errors.ts";
import { optionsOf } from "../studio/options.ts";
import { reportReply, reportRow } from "../studio/report-reply.ts";
import { type BundleData, DATA_FILE, eventsFile, reportFile } from "./bundle-data.ts";

/** What a bundle is made of. */
export interface BundleOptions {
  /** The folder of all runs. */
  root: string;
  /** Ids of the runs that go into it. */
  runs: readonly string[];
  /** Where it goes; made where it is missing. */
  out: string;
  /** The studio's built files, and the script that stands in for a server. Default: where the build puts them. */
  studio?: string | undefined;
  script?: string | undefined;
}

/** What was written. */
export interface WrittenBundle {
  runs: number;
  thoughts: number;
  files: number;
}

const dist = (path: string): string =>
  fileURLToPath(
    new URL(import.meta.url.endsWith(".ts") ? `../../../dist/${path}` : `../../${path}`, import.meta.url),
  );

const SCRIPT_FILE = "bundle.js";

/**
 * Writes runs as a static site: the studio, and the data of these runs beside it. Any web server can serve it; nobody can ask
 * or change anything there. What was sent to models is left out.
 *
 * @throws InputError where the studio is not built, or the folder holds something else
 */
export async function writeBundle(options: BundleOptions): Promise<WrittenBundle> {
  const { root, runs, out, studio = dist("studio"), script = dist("bundle/browser.js") } = options;
  for (const path of [join(studio, "index.html"), script])
    if (!existsSync(path)) throw new InputError(`${path} is not there; build the studio with npm run build`);
  if (existsSync(out) && readdirSync(out).length > 0 && !existsSync(join(out, DATA_FILE)))
    throw new InputError(`${out} holds something else; name an empty folder`);
  cpSync(studio, out, { recursive: true });
  cpSync(script, join(out, SCRIPT_FILE));
  const page = readFileSync(join(studio, "index.html"), "utf8");
  const first = page.replace("<head>", `<head>\n    <script src="/${SCRIPT_FILE}"></script>`);
  // Addresses of views are no files: hosts that know no better show this page for them.
  for (const name of ["index.html", "404.html"]) writeFileSync(join(out, name), first);

  const data = await readData(root, runs);
  let files = 0;
  for (const run of runs) files += await writeEvents(root, run, out, data.thoughts);
  const evaluations = data.runs.filter(({ command, graded }) => command === "eval" && graded > 0);
  const reported = evaluations.filter(({ run }) => writeReport(root, run, out));
  data.reports.push(...reported.map(reportRow));
  files += reported.length;
  writeFileSync(join(out, DATA_FILE), JSON.stringify(data));
  return { runs: runs.length, thoughts: data.thoughts.length, files: files + 1 };
}

async function readData(root: string, ids: readonly string[]): Promise<BundleData> {
  const store = await RunStore.open(root);
  try {
    const patterns = ids.map((id) => [id]);
    const filter = [{ field: "run", negated: false, test: { kind: "one-of" as const, patterns } }];
    const all = await store.count(filter);
    const { rows: thoughts } = await store.thoughts({ filter, limit: Math.max(1, all) });
    const { rows: runs } = await store.runs({ filter, limit: ids.length });
    const annotations = Object.fromEntries(
      ids.map((id) => [id, standingAnnotations(readAnnotations(join(root, id)).annotations)]),
    );
    const options = optionsOf({ config: {}, registry: createRegistry({}) });
    return { options, runs, thoughts, annotations, reports: [] };
  } finally {
    store.close();
  }
}

/** Writes the events of each question as the server would have streamed them. Returns how many files that makes. */
async function writeEvents(
  root: string,
  run: string,
  out: string,
  thoughts: readonly ThoughtRow[],
): Promise<number> {
  const messages = new Map<string | undefined, string[]>();
  let line = 0;
  await new LogTail(join(root, run, LOG_FILE)).read((event) => {
    line++;
    const shown = event.type === "call-finished" ? { ...event, request: null, samples: [] } : event;
    const message = `id: ${line}\nevent: event\ndata: ${JSON.stringify(shown)}\n\n`;
    const known = messages.get(event.question);
    if (known === undefined) messages.set(event.question, [message]);
    else known.push(message);
  });
  mkdirSync(join(out, "data", run), { recursive: true });
  const end = `event: end\ndata: ${JSON.stringify({ state: readManifest(join(root, run)).state })}\n\n`;
  const own = thoughts.filter((thought) => thought.run === run);
  for (const { question, ordinal } of own)
    writeFileSync(join(out, eventsFile(run, ordinal)), [...(messages.get(question) ?? []), end].join(""));
  return own.length;
}

/** Writes the report of an evaluation. Returns false for one that this version cannot read. */
function writeReport(root: string, run: string, out: string): boolean {
  try {
    writeFileSync(join(out, reportFile(run)), JSON.stringify(reportReply(join(root, run))));
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
