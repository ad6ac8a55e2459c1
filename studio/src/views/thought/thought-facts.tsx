import type { ReactNode } from "react";
import type { Thought } from "sojourn/thought";
import { VerdictBadge } from "../../components/badge.tsx";
import { Stat } from "../../components/stat.tsx";
import { OneLine } from "../one-line.tsx";

/** What came of the thought: the answer, the reference, who proposed what, and how large its tree is. */
export function ThoughtFacts({
  thought,
  onGo,
}: {
  thought: Thought;
  onGo: (node: string) => void;
}): ReactNode {
  const { answer, problem, correct, reason, checked, candidates, tree, steps, warnings } = thought;
  return (
    <section aria-label="Outcome" className="flex flex-col gap-3">
      <div>
        <h2 className="flex items-center justify-between text-fine font-medium text-muted">
          Answer <VerdictBadge correct={correct} />
        </h2>
        <p className="mt-1 text-base font-semibold break-words">
          <OneLine text={answer ?? "none"} most={300} />
        </p>
        {reason !== undefined && (
          <p className="text-fine break-words text-muted">
            <OneLine text={reason} most={300} />
            {checked && ", checked by rule"}
          </p>
        )}
        {problem !== undefined && correct !== true && (
          <p className="mt-1 text-fine break-words text-muted">
            Reference: <OneLine text={problem.gold} most={300} className="font-medium text-ink" />
          </p>
        )}
      </div>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2">
        <Stat label="Steps tried">{(tree.size - 1).toLocaleString("en")}</Stat>
        <Stat label="On the chosen path">{steps.length.toLocaleString("en")}</Stat>
      </dl>
      {candidates.length > 1 && (
        <div>
          <h3 className="text-fine font-medium text-muted">Answers proposed</h3>
          <ul className="mt-1 flex flex-col">
            {candidates.slice(0, MOST_CANDIDATES).map((candidate) => (
              <li key={candidate.answer}>
                <button
                  type="button"
                  onClick={() => onGo(candidate.nodes[0] ?? "")}
                  className="flex w-full items-baseline justify-between gap-3 rounded-control px-2 py-1 text-left hover:bg-hover"
                >
                  <OneLine text={candidate.answer} most={300} className="truncate" />
                  <span className="text-fine text-muted tabular-nums">{candidate.nodes.length}×</span>
                </button>
              </li>
            ))}
          </ul>
          {candidates.length > MOST_CANDIDATES && (
            <p className="px-2 text-fine text-muted">and {candidates.length - MOST_CANDIDATES} more</p>
          )}
        </div>
      )}
      {warnings.slice(0, 5).map((warning) => (
        <p
          key={warning}
          className="rounded-control bg-caution-soft px-3 py-2 text-fine break-words text-caution"
        >
          <OneLine text={warning} most={300} />
        </p>
      ))}
    </section>
  );
}

const MOST_CANDIDATES = 12;
