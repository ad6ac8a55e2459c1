import type { RunLog } from "../../runs/run-log.ts";
import type { ThoughtThrough } from "../../strategies/think.ts";

/** What `ask --json` prints: one object, the same fields always. */
export function answerJson(result: ThoughtThrough, { run, wallMs }: { run: RunLog; wallMs: number }) {
  const { text, stopReason, checked, strategy, effort, model, thought, candidates, warnings, usage } = result;
  return {
    answer: text ?? null,
    stopReason,
    checked,
    strategy,
    effort,
    model,
    thought: thought.join("\n"),
    /** Summaries need a summarizer; without one there is none. */
    summary: null,
    candidates,
    warnings,
    usage,
    wallMs,
    /** Absent from a run that was not recorded. */
    run: run.folder === undefined ? null : run.id,
  };
}
