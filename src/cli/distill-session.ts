import { chooseProblems } from "../evaluate/eval/choose-problems.ts";
import { type DistilledRun, type DistillReport, distillFolder } from "../journey/distill/distill-folder.ts";
import { type DistillRequest, distillRequestSchema } from "../journey/distill/distill-request.ts";
import { type FilteredProblems, filterProblems } from "../journey/distill/filter-problems.ts";
import { readGradedRun } from "../journey/read-trees.ts";
import { createRegistry } from "../models/registry.ts";
import { runsRoot } from "../runs/run-folder.ts";
import type { RunLog } from "../runs/run-log.ts";
import { InputError } from "../thought/errors.ts";
import { runsFolder } from "./commands/ask.ts";
import { growAll } from "./grow-session.ts";
import { InterruptedError, withInterrupt } from "./interrupt.ts";
import type { ResumableSession } from "./resumable.ts";
import { formatCost, formatCount, plural } from "./view/format.ts";
import { openProgressLine } from "./view/progress-line.ts";

/** Asks the teacher in a run that was just made or opened again, and writes the data set. Returns the exit code. */
export async function runDistill(
  request: DistillRequest,
  { problems, dropped }: FilteredProblems,
  run: RunLog,
  session: ResumableSession,
): Promise<number> {
  const { json, quiet, output, config } = session;
  const summary = await growAll(request.grow, problems, run, session);
  if (summary === undefined) return 130;
  const root = runsFolder(config.runs, session) ?? runsRoot(session.environment);
  const { inputTokens, outputTokens, estimatedOutputTokens, calls, costUsd } = summary.usage;
  const { model, roles } = request.grow.think;
  const teacher = {
    ...{ model: roles.policy ?? model, inputTokens, calls, costUsd },
    outputTokens: outputTokens + estimatedOutputTokens,
  };
  const distilled = { graded: readGradedRun(run.id, root), problems: problems.length, dropped, teacher };
  const report = await write(request, distilled, session);
  if (report === undefined) {
    output.note(`interrupted; go on with: sojourn resume ${run.id}`);
    return 130;
  }
  if (json) output.line(JSON.stringify(report));
  else if (!quiet) for (const line of linesOf(report, request.out)) output.line(line);
  return 0;
}

async function write(
  request: DistillRequest,
  distilled: DistilledRun,
  { json, quiet, output, config }: ResumableSession,
): Promise<DistillReport | undefined> {
  const view = openProgressLine(output, { silent: quiet || json });
  const onProgress = (done: number, all: number) => view.show({ done, all, before: 0, facts: ["rewritten"] });
  try {
    return await withInterrupt((signal) =>
      distillFolder(request, distilled, { registry: createRegistry(config), signal, onProgress }),
    );
  } catch (error) {
    if (error instanceof InterruptedError) return undefined;
    throw error;
  } finally {
    view.close();
  }
}

/** Goes on with a distillation; undefined where the request is none that this version can read. */
export function resumeDistill(
  request: unknown,
  run: RunLog,
  session: ResumableSession,
): Promise<number> | undefined {
  const parsed = distillRequestSchema.safeParse(request);
  return parsed.success ? goOn(parsed.data, run, session) : undefined;
}

async function goOn(request: DistillRequest, run: RunLog, session: ResumableSession): Promise<number> {
  const { problems, fingerprint } = await chooseProblems(request.grow.problems, session);
  if (fingerprint === request.grow.fingerprint)
    return runDistill(request, filterProblems(problems, request.rules), run, session);
  throw new InputError(
    "the problems are no longer those that the run began with; put its file back or start a new run",
  );
}

function linesOf(report: DistillReport, out: string): string[] {
  const { lines, file, problems, dropped, skipped, fallbacks = {}, teacher } = report;
  const counted = (counts: Record<string, number>) =>
    Object.entries(counts).map(([reason, times]) => `${times} ${reason}`);
  const left = [...counted(dropped), ...counted(skipped), ...counted(fallbacks)];
  return [
    `${plural(lines, "thought")} of ${plural(problems, "problem")}: ${out}/${file}`,
    ...(left.length === 0 ? [] : [`left out or as it was: ${left.join("; ")}`]),
    `${teacher.model}: ${formatCount(teacher.inputTokens)} tokens in, ${formatCount(teacher.outputTokens)} out, ${plural(teacher.calls, "call")}, ${formatCost(teacher.costUsd)}`,
  ];
}
