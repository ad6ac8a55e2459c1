import type { RunLog } from "../../runs/run-log.ts";
import type { ThoughtThrough } from "../../strategies/think.ts";

/** What `ask --json` prints: one object, the same fields always. */
export function answerJson(result: ThoughtThrough, { run, wallMs }: { run: RunLog; wallMs: number }) {
  const {
    text,
    stopReason,
    checked,
    strategy,
    effort,
    model,
    thought,
    candidates,
    warnings,
    usage,
    summary,
    written,
  } = result;
  return {
    answer: text ?? null,
    stopReason,
    checked,
    strategy,
    effort,
    model,
    thought: thought.join("\n"),
    /** Null where nothing was thought. */
    summary: summary ?? null,
    /** The answer as a writer put it for the user. Null where none did. */
    written: written ?? null,
    candidates,
    warnings,
    usage,
    wallMs,
    /** Absent from a run that was not recorded. */
    run: run.folder === undefined ? null : run.id,
  };
}
