import { join } from "node:path";
import type { ModelRegistry } from "../../models/registry.ts";
import { writeWhole } from "../../runs/write-whole.ts";
import { FailureError } from "../../thought/errors.ts";
import { writeJsonLines } from "../jsonl.ts";
import type { GradedRun } from "../read-trees.ts";
import { withWriting } from "../writing-run.ts";
import type { DistillRequest } from "./distill-request.ts";
import { distilledLines } from "./distilled-lines.ts";
import { rewriteLines } from "./rewrite-lines.ts";

/** What a distillation cost and came to: `distill.json` beside the data set. */
export interface DistillReport {
  run: string;
  file: string;
  lines: number;
  /** Problems that were asked about, and those that each rule dropped before. */
  problems: number;
  dropped: Record<string, number>;
  /** Problems that gave no line, by reason. */
  skipped: Record<string, number>;
  /** Thoughts that stay in the teacher's words since the writer failed, by reason. */
  fallbacks?: Record<string, number>;
  teacher: {
    model: string;
    inputTokens: number;
    outputTokens: number;
    calls: number;
    costUsd: number | null;
  };
}

/** What a distillation knows before its data set is written. */
export interface DistilledRun {
  graded: GradedRun;
  problems: number;
  dropped: Record<string, number>;
  teacher: DistillReport["teacher"];
}

/**
 * Writes the data set of a teacher's run: its right thoughts, rewritten where a writer is named, and a report of the
 * cost. Throws a FailureError where no thought is right; the run is kept.
 */
export async function distillFolder(
  request: DistillRequest,
  { graded, ...known }: DistilledRun,
  options: {
    registry: ModelRegistry;
    signal?: AbortSignal | undefined;
    onProgress?: ((done: number, all: number) => void) | undefined;
  },
): Promise<DistillReport> {
  const { out, perProblem, writer, seed } = request;
  const { lines, skipped } = distilledLines(graded, perProblem);
  const rewritten =
    writer === undefined || lines.length === 0
      ? undefined
      : await withWriting(out, { command: "distill", request, writer, seed }, (run) =>
          rewriteLines(lines, { request: writer, run, ...options }),
        );
  const file = "distilled.jsonl";
  const made = rewritten?.lines ?? lines;
  const report: DistillReport = {
    ...{ run: graded.id, file, lines: made.length, ...known, skipped },
    ...(rewritten !== undefined && { fallbacks: rewritten.fallbacks }),
  };
  writeJsonLines(join(out, file), made);
  writeWhole(join(out, "distill.json"), [`${JSON.stringify(report, undefined, 2)}\n`]);
  if (made.length > 0) return report;
  const reasons = Object.entries(skipped).map(([reason, times]) => `${reason} (${times})`);
  throw new FailureError(
    `nothing to learn from ${graded.id}: ${reasons.join(", ")}; ask another teacher, or more samples`,
  );
}
