import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Badge, VerdictBadge } from "../../components/badge.tsx";
import { RichText } from "../../components/rich-text.tsx";
import { StepText } from "../../components/step-text.tsx";
import { visibleText } from "../../components/text-parts.ts";
import type { LiveQuestion } from "../../thought/live-question.ts";

/** What came of the thinking: the answer and why it was chosen, the other candidates, and the summaries of its stages. */
export function AnswerPanel({ live }: { live: LiveQuestion }): ReactNode {
  const { thought, end, run, question } = live;
  const { answer, written, reason, checked, stopReason, summaries, warnings } = thought;
  const ended = live.connection === "ended";
  const others = thought.candidates.filter((candidate) => candidate.answer !== answer);
  return (
    <section aria-label="Answer" aria-live="polite" className="flex flex-col gap-3 px-6 py-4">
      {answer === undefined ? (
        <p className="text-body text-muted">{waitingWord(live)}</p>
      ) : (
        <>
          <div className="text-xl font-semibold tracking-tight">
            <StepText text={answer} />
          </div>
          {written !== undefined && (
            <div className="max-w-prose text-reading">
              <RichText text={written} />
            </div>
          )}
          <p className="flex flex-wrap items-center gap-2 text-fine text-muted">
            {reason !== undefined && <StepText text={reason} />}
            {checked && <Badge tone="right">checked by rule</Badge>}
            {stopReason === "budget" && <Badge tone="caution">stopped early, best so far</Badge>}
            {thought.correct !== undefined && <VerdictBadge correct={thought.correct} />}
            {ended && (
              <>
                <Link
                  className="font-medium text-accent-ink hover:underline"
                  to="/tree"
                  search={{ run, question }}
                >
                  Replay
                </Link>
                <Link
                  className="font-medium text-accent-ink hover:underline"
                  to="/thought"
                  search={{ run, question }}
                >
                  Read the thought
                </Link>
              </>
            )}
          </p>
        </>
      )}
      {end?.error !== undefined && (
        <p role="alert" className="rounded-control bg-wrong-soft px-3 py-2 text-body text-wrong">
          {end.error}
        </p>
      )}
      {others.length > 0 && (
        <p className="flex flex-wrap items-center gap-1.5 text-fine text-muted">
          Other candidates:
          {others.slice(0, 8).map((candidate) => (
            <Badge key={candidate.answer} className="max-w-60 overflow-hidden">
              <span className="truncate">{visibleText(candidate.answer.slice(0, 80))}</span> ·{" "}
              {candidate.nodes.length}
            </Badge>
          ))}
        </p>
      )}
      {summaries.length > 0 && (
        <ol className="flex max-w-prose flex-col gap-2 border-l-2 border-accent-soft pl-4 text-body text-muted">
          {summaries.map(({ node, text }) => (
            <li key={node}>
              <RichText text={text} />
            </li>
          ))}
        </ol>
      )}
      {warnings.map((warning) => (
        <p key={warning} className="text-fine text-caution">
          <StepText text={warning} />
        </p>
      ))}
    </section>
  );
}

function waitingWord({ connection, thought, end }: LiveQuestion): string {
  if (connection === "connecting") return "Connecting…";
  if (connection === "waiting") return "The connection was lost; trying again…";
  if (connection === "ended") {
    if (end?.state === "interrupted") return "The run was interrupted before it reached an answer.";
    return "No thought reached an answer.";
  }
  const reached = thought.candidates.length;
  if (reached === 0) return "Thinking…";
  return `Thinking… ${reached === 1 ? "one answer" : `${reached} different answers`} so far`;
}
