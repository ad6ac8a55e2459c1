import { z } from "zod";
import { stopReasonSchema } from "../thought/event.ts";
import { foldUsage } from "../thought/fold-usage.ts";
import { usageSchema } from "../thought/usage.ts";
import { SessionClock } from "./elapsed.ts";
import { scanLog } from "./log.ts";
import type { Session } from "./manifest.ts";

/** What a run's log comes to, in a few fields. */
export const logSummarySchema = z.strictObject({
  /** Questions started, and finished. */
  started: z.int().nonnegative(),
  finished: z.int().nonnegative(),
  /** The first question, its answer so far, and how it ended. */
  question: z.string().optional(),
  answer: z.string().optional(),
  stopReason: stopReasonSchema.optional(),
  /** Each strategy that was chosen, in order of appearance. */
  strategies: z.array(z.string()),
  /** Over all questions and sessions. */
  usage: usageSchema,
  /** Milliseconds over all sessions. */
  wallMs: z.number().nonnegative(),
  /** Why the reading ended before the log's end, in one line. A torn last line is no damage. */
  damage: z.string().optional(),
});
export type LogSummary = z.infer<typeof logSummarySchema>;

/** Reads a log once, keeping none of it. Throws InputError only where there is no file. */
export function summarizeLog(path: string, sessions: readonly Session[]): LogSummary {
  const summary: LogSummary = {
    started: 0,
    finished: 0,
    strategies: [],
    usage: foldUsage.start(),
    wallMs: 0,
  };
  const clock = new SessionClock(sessions);
  let first: string | undefined;
  let line = 0;
  const { damage } = scanLog(path, (event) => {
    line++;
    clock.add(event, line);
    summary.usage = foldUsage.apply(summary.usage, event);
    switch (event.type) {
      case "question-started":
        summary.started++;
        if (first !== undefined) return;
        first = event.question;
        summary.question = event.text.text;
        return;
      case "strategy-chosen":
        if (!summary.strategies.includes(event.strategy)) summary.strategies.push(event.strategy);
        return;
      case "answer-chosen":
        if (event.question === first) summary.answer = event.answer;
        return;
      case "question-finished":
        summary.finished++;
        if (event.question === first) summary.stopReason = event.stopReason;
        return;
      default:
        return;
    }
  });
  summary.wallMs = clock.elapsedMs;
  if (damage?.kind === "corrupt") summary.damage = `line ${damage.line} is corrupt: ${damage.reason}`;
  return summary;
}
