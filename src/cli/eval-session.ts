import { chooseProblems } from "../evaluate/eval/choose-problems.ts";
import { EvaluationProgress } from "../evaluate/eval/evaluation-progress.ts";
import { type EvaluationRequest, evaluationRequestSchema } from "../evaluate/eval/evaluation-request.ts";
import { type RecordedReply, readReplay } from "../evaluate/eval/read-replay.ts";
import { runEvaluation } from "../evaluate/eval/run-evaluation.ts";
import { runReplay } from "../evaluate/eval/run-replay.ts";
import { writeReport } from "../evaluate/eval/write-report.ts";
import { createRegistry } from "../models/registry.ts";
import type { Problem } from "../problems/problem.ts";
import type { RunLog } from "../runs/run-log.ts";
import { FailureError, InputError } from "../thought/errors.ts";
import { openChecker } from "./ask-session.ts";
import { InterruptedError, withInterrupt } from "./interrupt.ts";
import type { ResumableSession } from "./resumable.ts";
import { evaluationLines } from "./view/evaluation-lines.ts";
import { openEvaluationView } from "./view/evaluation-view.ts";

/** What an evaluation is over: its problems, and for a replay the recorded replies to each. */
export interface EvaluationInput {
  problems: readonly Problem[];
  replies?: readonly (readonly RecordedReply[])[] | undefined;
}

/** Evaluates in a run that was just made or opened again, and reports. Returns the exit code. */
export async function runEval(
  request: EvaluationRequest,
  { problems, replies }: EvaluationInput,
  run: RunLog,
  session: ResumableSession,
): Promise<number> {
  const { output, config } = session;
  const asked = replies?.reduce((sum, each) => sum + each.length, 0) ?? problems.length * request.samples;
  const progress = new EvaluationProgress(asked, Date.now());
  const stopListening = run.onEvent((event) => progress.add(event));
  // With --json stdout belongs to the report; where it is a terminal, so would the line that is drawn over.
  const silent = session.quiet || (session.json && output.live);
  const view = openEvaluationView(progress, output, { silent });
  try {
    await withInterrupt(async (signal) => {
      const { answers, samples } = request;
      if (answers.by === "replay") return runReplay(problems, replies ?? [], { run, signal });
      const checker = await openChecker(answers.checker);
      const { think, atOnce } = answers;
      const registry = createRegistry(config);
      return runEvaluation(problems, { registry, run, think, samples, atOnce, checker, signal });
    });
  } catch (error) {
    view.close();
    const interrupted = error instanceof InterruptedError;
    run.close(interrupted ? "interrupted" : "failed");
    if (!interrupted) throw error;
    const soFar = `${progress.done} of ${progress.all} done`;
    output.note(`interrupted with ${soFar}; go on with: sojourn resume ${run.id}`);
    return 130;
  } finally {
    stopListening();
    view.close();
  }
  run.finish();
  return report(run.folder ?? "", session);
}

/** Writes the report of an evaluation's folder and shows it. Returns the exit code. */
export async function report(
  folder: string,
  { json, quiet, output }: Pick<ResumableSession, "json" | "quiet" | "output">,
): Promise<number> {
  const { report: written, html } = await writeReport(folder);
  const lines = evaluationLines(written, html);
  if (json) output.line(JSON.stringify(written));
  else for (const line of quiet ? lines.slice(1, 2) : lines) output.line(line);
  const { failed, answers, wrong } = written;
  if (answers === 0 || failed < answers) return 0;
  throw new FailureError(`every question failed: ${wrong[0]?.reason}`);
}

/** Goes on with an evaluation; undefined where its request is none that this version can read. */
export function resumeEval(
  request: unknown,
  run: RunLog,
  session: ResumableSession,
): Promise<number> | undefined {
  const parsed = evaluationRequestSchema.safeParse(request);
  return parsed.success ? goOn(parsed.data, run, session) : undefined;
}

async function goOn(request: EvaluationRequest, run: RunLog, session: ResumableSession): Promise<number> {
  const { answers } = request;
  const { problems, fingerprint } = await chooseProblems(request.problems, session);
  if (fingerprint !== request.fingerprint) {
    throw new InputError(
      "the problems are no longer those that the run began with; put its file back or start a new run",
    );
  }
  const replies =
    answers.by === "replay" ? await readReplay(answers.file, answers.columns, problems) : undefined;
  return runEval(request, { problems, replies }, run, session);
}
