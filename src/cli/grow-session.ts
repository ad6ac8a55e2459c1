import { chooseProblems } from "../evaluate/eval/choose-problems.ts";
import { type GrowRequest, growRequestSchema } from "../journey/grow/grow-request.ts";
import { addTree, emptySummary, type GrowSummary } from "../journey/grow/grow-summary.ts";
import { growTrees } from "../journey/grow/grow-trees.ts";
import { createRegistry } from "../models/registry.ts";
import type { Problem } from "../problems/problem.ts";
import type { RunLog } from "../runs/run-log.ts";
import { FailureError, InputError } from "../thought/errors.ts";
import { openChecker } from "./ask-session.ts";
import { InterruptedError, withInterrupt } from "./interrupt.ts";
import type { ResumableSession } from "./resumable.ts";
import { formatCost, formatCount, formatDuration, plural } from "./view/format.ts";
import { openProgressLine } from "./view/progress-line.ts";

/** Grows trees in a run that was just made or opened again, and reports. Returns the exit code. */
export async function runGrow(
  request: GrowRequest,
  problems: readonly Problem[],
  run: RunLog,
  session: ResumableSession,
): Promise<number> {
  const { json, quiet, output } = session;
  const startedAt = Date.now();
  const summary = await growAll(request, problems, run, session);
  if (summary === undefined) return 130;
  const wallMs = Date.now() - startedAt;
  if (json) output.line(JSON.stringify({ run: run.id, problems: problems.length, ...summary, wallMs }));
  else for (const line of quiet ? [run.id] : linesOf(summary, run.id, wallMs)) output.line(line);
  refuseNothing(summary);
  return 0;
}

/**
 * Grows trees with progress, and finishes the run. Undefined where it was interrupted: the run is kept, and how to go on
 * with it is said.
 */
export async function growAll(
  request: GrowRequest,
  problems: readonly Problem[],
  run: RunLog,
  { json, quiet, output, config }: ResumableSession,
): Promise<GrowSummary | undefined> {
  const view = openProgressLine(output, { silent: quiet || json });
  let summary = emptySummary();
  let before = 0;
  try {
    await withInterrupt(async (signal) => {
      const { think, completions, toldMisses, atOnce } = request;
      const checker = await openChecker(request.checker);
      const options = { problems, request: think, completions, toldMisses, atOnce, checker, run, signal };
      for await (const tree of growTrees({ ...options, registry: createRegistry(config) })) {
        summary = addTree(summary, tree);
        if (!("failed" in tree) && tree.retraced) before++;
        const done = summary.trees + summary.failed;
        view.show({ done, all: problems.length, before, facts: factsOf(summary) });
      }
    });
  } catch (error) {
    const interrupted = error instanceof InterruptedError;
    run.close(interrupted ? "interrupted" : "failed");
    if (!interrupted) throw error;
    view.close();
    output.note(`interrupted; go on with: sojourn resume ${run.id}`);
    return undefined;
  } finally {
    view.close();
  }
  run.finish();
  return summary;
}

/** Throws a FailureError where nothing can be learnt from what has grown; the run is kept. */
export function refuseNothing({ trees, solved, failure }: GrowSummary): void {
  if (trees === 0) throw new FailureError(`every problem failed: ${failure}`);
  if (solved > 0) return;
  throw new FailureError(
    "no leaf of any tree is right; the run is kept, but use a better --model, more --width and --keep, or easier problems",
  );
}

/** Goes on with growing trees; undefined where the request is none that this version can read. */
export function resumeGrow(
  request: unknown,
  run: RunLog,
  session: ResumableSession,
): Promise<number> | undefined {
  const parsed = growRequestSchema.safeParse(request);
  return parsed.success ? goOn(parsed.data, run, session) : undefined;
}

async function goOn(request: GrowRequest, run: RunLog, session: ResumableSession): Promise<number> {
  const { problems, fingerprint } = await chooseProblems(request.problems, session);
  if (fingerprint === request.fingerprint) return runGrow(request, problems, run, session);
  throw new InputError(
    "the problems are no longer those that the run began with; put its file back or start a new run",
  );
}

function factsOf({ solved, steps, usage }: GrowSummary): string[] {
  return [`${solved} solved`, `${formatCount(steps)} steps`, `${formatCount(usage.outputTokens)} tokens`];
}

function linesOf(summary: GrowSummary, run: string, wallMs: number): string[] {
  const { trees, failed, failure, solved, mixed, steps, rightLeaves, wrongLeaves, usage } = summary;
  const tokens = usage.outputTokens + usage.estimatedOutputTokens;
  return [
    `${plural(trees, "tree")} of ${plural(steps, "step")}: ${rightLeaves} right leaves, ${wrongLeaves} wrong`,
    `${solved} solved, ${mixed} with right and wrong leaves`,
    ...(failed === 0 ? [] : [`${failed} failed: ${failure}`]),
    `${formatCount(tokens)} tokens  ${plural(usage.calls, "call")}  ${formatCost(usage.costUsd)}  ${formatDuration(wallMs)}`,
    `next: sojourn weave ${run} --out data`,
  ];
}
