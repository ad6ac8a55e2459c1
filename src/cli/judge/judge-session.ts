import { chooseSolutions } from "../../evaluate/judge/choose-solutions.ts";
import { foldJudgement, type Judgement } from "../../evaluate/judge/fold-judgement.ts";
import { type JudgeRequest, judgeRequestSchema } from "../../evaluate/judge/judge-request.ts";
import { judgeSolutions } from "../../evaluate/judge/judge-solutions.ts";
import { sweptResult } from "../../evaluate/judge/judgement-result.ts";
import type { LabelledSolution } from "../../evaluate/judge/recorded-steps.ts";
import { createRegistry } from "../../models/registry.ts";
import type { RunLog } from "../../runs/run-log.ts";
import { FailureError, InputError } from "../../thought/errors.ts";
import { doRecorded } from "../recorded-work.ts";
import type { ResumableSession } from "../resumable.ts";
import { formatCost, formatCount, plural } from "../view/format.ts";
import { judgeJson, judgeLines } from "../view/judge-lines.ts";
import { openProgressLine } from "../view/progress-line.ts";

/** Told of so many solutions without scores; the rest is counted. */
const MOST_FAULTS = 3;

/** Goes on with a judge run; undefined where its request is none that this version can read. */
export function resumeJudge(
  request: unknown,
  run: RunLog,
  session: ResumableSession,
): Promise<number> | undefined {
  const parsed = judgeRequestSchema.safeParse(request);
  return parsed.success ? goOn(parsed.data, run, session) : undefined;
}

async function goOn(request: JudgeRequest, run: RunLog, session: ResumableSession): Promise<number> {
  const { solutions, fingerprint } = await chooseSolutions(request.problems, session);
  if (fingerprint !== request.fingerprint) {
    throw new InputError(
      "the solutions are no longer those that the run began with; put its file back or start a new run",
    );
  }
  return runJudge(request, solutions, { run, session });
}

/** Judges recorded solutions in a run, with progress, and prints how well that went. Returns the exit code. */
export async function runJudge(
  request: JudgeRequest,
  solutions: readonly LabelledSolution[],
  { run, session }: { run: RunLog; session: ResumableSession },
): Promise<number> {
  const { output, config, json, quiet } = session;
  const startedAt = Date.now();
  let state = foldJudgement.start();
  let before = 0;
  const progress = openProgressLine(output, { silent: json || quiet });
  const stopListening = run.onEvent((event) => {
    state = foldJudgement.apply(state, event);
    if (event.type !== "problem-revealed") return;
    if (event.at < startedAt) before++;
    const settled = state.judged.length + state.unjudged.length;
    const written = state.usage.outputTokens + state.usage.estimatedOutputTokens;
    const facts = [`${formatCount(state.usage.inputTokens)} tokens in, ${formatCount(written)} out`];
    if (state.usage.costUsd !== 0) facts.push(formatCost(state.usage.costUsd));
    progress.show({ done: settled, all: solutions.length, before, facts });
  });
  const { think, atOnce } = request;
  const registry = createRegistry(config);
  const done = await doRecorded(run, output, (signal) =>
    judgeSolutions(solutions, { registry, run, think, atOnce, signal }),
  ).finally(() => {
    stopListening();
    progress.close();
  });
  if (!done) return 130;
  run.finish();
  return report(request, { run, state, session });
}

function report(
  { threshold }: JudgeRequest,
  {
    run,
    state: { judged, unjudged, usage },
    session: { output, json, quiet },
  }: { run: RunLog; state: Judgement; session: ResumableSession },
): number {
  for (const { problem, reason } of unjudged.slice(0, MOST_FAULTS))
    output.note(`no scores: ${problem}: ${reason}`);
  if (unjudged.length > MOST_FAULTS)
    output.note(`no scores: ${plural(unjudged.length - MOST_FAULTS, "more solution")}`);
  if (judged.length === 0)
    throw new FailureError(
      "no solution could be judged; name another --reward or --role judge=PROVIDER/MODEL",
    );
  const byId = new Intl.Collator("en", { numeric: true });
  const ordered = [...judged].sort((one, other) => byId.compare(one.problem, other.problem));
  const result = sweptResult({ judged: ordered, unjudged }, threshold);
  if (json) output.line(JSON.stringify({ ...judgeJson(result), usage, run: run.folder && run.id }));
  else for (const line of judgeLines(result)) output.line(line);
  if (!json && !quiet) {
    const tokens = `${formatCount(usage.inputTokens)} tokens in, ${formatCount(usage.outputTokens + usage.estimatedOutputTokens)} out`;
    const where = run.folder === undefined ? "" : `  run ${run.id}`;
    output.note(`${plural(usage.calls, "call")}  ${tokens}  ${formatCost(usage.costUsd)}${where}`);
  }
  return 0;
}
