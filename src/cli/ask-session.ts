import { budgetFlag } from "../models/budget.ts";
import { createRegistry } from "../models/registry.ts";
import type { Checker } from "../problems/problem.ts";
import type { RunLog } from "../runs/run-log.ts";
import { type AskRequest, askRequestSchema } from "../strategies/ask-request.ts";
import type { Config } from "../strategies/config.ts";
import { type ThoughtThrough, thinkThrough } from "../strategies/think.ts";
import { FailureError } from "../thought/errors.ts";
import type { CommandOutput } from "./command-output.ts";
import { InterruptedError, withInterrupt } from "./interrupt.ts";
import type { ResumableSession } from "./resumable.ts";
import { answerJson } from "./view/answer-json.ts";
import { answerLines, thinkingLines } from "./view/answer-lines.ts";
import { applyDelta, applyEvent, emptyLiveState } from "./view/live-state.ts";

/** How much of the thinking is shown. */
export type Show = "tree" | "thought" | "summary" | "none";

/** How a session reports. */
export interface AskDisplay {
  show: Show;
  json: boolean;
  quiet: boolean;
}

/**
 * Thinks about a question in a run and shows it: live on a terminal, else when it is done. Used by `ask` and `resume`.
 * Returns the exit code.
 */
export async function runAsk(
  request: AskRequest,
  run: RunLog,
  { display, output, config }: { display: AskDisplay; output: CommandOutput; config: Config },
): Promise<number> {
  const startedAt = Date.now();
  const state = emptyLiveState(request.think.roles.policy ?? request.think.model);
  let raise = budgetFlag("tokens");
  const stopListening = run.onEvent((event) => {
    if (event.question === request.question.id) applyEvent(state, event);
    if (event.type === "budget-exhausted") raise = budgetFlag(event.limit);
  });
  const live = output.live && !display.json && !display.quiet && display.show !== "none";
  const summary = display.show === "summary";
  const screen = live
    ? (await import("./view/live-view.tsx")).openLiveScreen(state, startedAt, { summary })
    : undefined;

  let result: ThoughtThrough;
  try {
    const checker = await openChecker(request.checker);
    result = await withInterrupt((signal) =>
      thinkThrough(request.question, request.think, {
        registry: createRegistry(config),
        run,
        signal,
        checker,
        show: live ? (delta) => applyDelta(state, delta) : undefined,
      }),
    );
  } catch (error) {
    await screen?.close();
    const interrupted = error instanceof InterruptedError;
    const begun = live && state.thought.tree.size > 1;
    for (const line of begun ? thinkingLines(state, { display, output, live }) : []) output.line(line);
    run.close(interrupted ? "interrupted" : "failed");
    if (!interrupted) throw error;
    const kept = run.folder === undefined ? "" : `; go on with: sojourn resume ${run.id}`;
    output.note(`interrupted${kept}`);
    return 130;
  } finally {
    stopListening();
  }
  await screen?.close();
  run.finish();

  const wallMs = Date.now() - startedAt;
  if (display.json) {
    output.line(JSON.stringify(answerJson(result, { run, wallMs })));
  } else {
    for (const warning of display.quiet ? [] : result.warnings) output.note(`warning: ${warning}`);
    for (const line of answerLines(result, state, { display, run, wallMs, output, live })) output.line(line);
  }
  if (result.text !== undefined) return 0;
  if (display.json) return 1;
  throw new FailureError(
    result.stopReason === "budget"
      ? `the budget ended before a thought reached an answer; raise it with ${raise} or --effort`
      : "no thought reached an answer; try a higher --effort or another --model",
  );
}

/** Goes on with an ask; undefined where its request is none that this version can read. */
export function resumeAsk(
  request: unknown,
  run: RunLog,
  { json, quiet, output, config }: ResumableSession,
): Promise<number> | undefined {
  const parsed = askRequestSchema.safeParse(request);
  const show = output.live ? "tree" : "none";
  return parsed.success
    ? runAsk(parsed.data, run, { display: { show, json, quiet }, output, config })
    : undefined;
}

/** The checker of this name, loaded only where one is named: nothing of the gym is on the way of a plain `ask`. */
export async function openChecker(name: string | undefined): Promise<Checker | undefined> {
  if (name === undefined) return undefined;
  const { findChecker } = await import("../problems/checkers.ts");
  return findChecker(name);
}
