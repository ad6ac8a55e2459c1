import { join } from "node:path";
import type { ModelRegistry } from "../../models/registry.ts";
import { writeWhole } from "../../runs/write-whole.ts";
import { FailureError } from "../../thought/errors.ts";
import { writeJsonLines } from "../jsonl.ts";
import { type GradedRun, readGradedRun } from "../read-trees.ts";
import { refuseOtherWriting, withWriting } from "../writing-run.ts";
import { refineDrafts } from "./refine-drafts.ts";
import { type DraftedJourney, weave } from "./weave.ts";
import type { Arm, WeaveRequest } from "./weave-request.ts";

/** What a weaving needs besides its request. */
export interface WeaveFolderOptions {
  /** Where the data sets go. */
  out: string;
  /** The folder that holds the runs. Default: as for every command. */
  root?: string | undefined;
  /** Opens the writer. */
  registry: ModelRegistry;
  signal?: AbortSignal | undefined;
  /** Told after each draft that a writer has refined. */
  onProgress?: ((done: number, all: number) => void) | undefined;
}

/** What became of one data set. */
interface ArmReport {
  file: string;
  lines: number;
  /** Trees or journeys that gave no line, or fewer than asked for, by reason. */
  skipped: Record<string, number>;
  /** Long thoughts that stay drafts since their writer failed, by reason. */
  fallbacks?: Record<string, number>;
}

/** `weave.json` beside the data sets: what was woven, of what, and what was left out. */
export interface WeaveReport {
  request: WeaveRequest;
  /** Graded trees that were read. */
  trees: number;
  arms: Partial<Record<Arm, ArmReport>>;
}

/** The report's name in a folder of data sets. */
const WEAVE_REPORT = "weave.json";

/**
 * Weaves runs into a folder of data sets, `shortcut.jsonl` and so on. The folder keeps the writer's calls: weaving again
 * with the same request goes on where it was stopped, and comes to the same files as if it had not been.
 *
 * @throws FailureError where no data set has a line, InputError where the folder holds those of another request
 */
export async function weaveFolder(request: WeaveRequest, options: WeaveFolderOptions): Promise<WeaveReport> {
  const { out, root } = options;
  refuseOtherWriting(out, request);
  const runs = request.runs.map((name) => readGradedRun(name, root));
  const trees = runs.reduce((sum, { thoughts }) => sum + thoughts.length, 0);
  if (trees === 0) throw new FailureError(nothingGraded(runs));
  const woven = weave(runs, request);
  const report: WeaveReport = { request, trees, arms: {} };
  for (const arm of request.arms) {
    const made = woven.arms[arm];
    if (made === undefined) continue;
    const refined = arm === "journey-refined" ? await refine(woven.drafted, request, options) : undefined;
    const lines = refined?.lines ?? made.lines;
    const file = `${arm}.jsonl`;
    writeJsonLines(join(out, file), lines);
    report.arms[arm] = {
      ...{ file, lines: lines.length, skipped: made.skipped },
      ...(refined !== undefined && { fallbacks: refined.fallbacks }),
    };
  }
  writeWhole(join(out, WEAVE_REPORT), [`${JSON.stringify(report, undefined, 2)}\n`]);
  if (Object.values(report.arms).every(({ lines }) => lines === 0))
    throw new FailureError(nothingWoven(report));
  return report;
}

async function refine(
  drafted: readonly DraftedJourney[],
  request: WeaveRequest,
  options: WeaveFolderOptions,
) {
  const { writer, seed } = request;
  if (writer === undefined) return undefined;
  const { out, registry, signal, onProgress } = options;
  return withWriting(out, { command: "weave", request, writer, seed }, (run) =>
    refineDrafts(drafted, { request: writer, run, registry, signal, onProgress }),
  );
}

function nothingGraded(runs: readonly GradedRun[]): string {
  const ids = runs.map(({ id }) => id).join(", ");
  return `no graded tree in ${ids}; weave a run of sojourn grow or sojourn eval, or go on with it by sojourn resume`;
}

function nothingWoven({ arms }: WeaveReport): string {
  const [arm] = Object.values(arms);
  const reasons = Object.entries(arm?.skipped ?? {}).map(([reason, times]) => `${reason} (${times})`);
  return `nothing could be woven: ${reasons.join(", ") || "no tree"}; grow more trees, or with a better policy`;
}
