import { Link } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import type { ComparedRow } from "sojourn/schemas/compare-schema.ts";
import { VerdictBadge } from "../../components/badge.tsx";
import { ErrorNote, Loading } from "../../components/notes.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { useQuestion } from "../../thought/use-question.ts";
import { formatNumber } from "../format.ts";
import { OneLine } from "../one-line.tsx";
import { pairSteps } from "./step-diff.ts";
import { TextDiff } from "./text-diff.tsx";
import { TreeDiffList } from "./tree-diff-list.tsx";

/** One problem as two runs thought about it, side by side. */
export function PairDetail({
  row,
  names,
  against,
  show,
  onShow,
}: {
  row: ComparedRow;
  /** The runs' ids. */
  names: readonly string[];
  against: number;
  show: "tree" | undefined;
  onShow: (show: "tree" | undefined) => void;
}): ReactNode {
  const sides = [0, against].map((place) => ({ run: names[place] ?? "", ...row.each[place] }));
  const left = useQuestion(sides[0]?.run ?? "", sides[0]?.question);
  const right = useQuestion(sides[1]?.run ?? "", sides[1]?.question);
  const error = left.error ?? right.error;
  const ended = left.connection === "ended" && right.connection === "ended";
  return (
    <section
      aria-label={row.problem}
      className="flex min-h-0 min-w-0 flex-1 flex-col bg-panel max-lg:min-h-[36rem]"
    >
      <header className="flex items-start justify-between gap-4 border-b border-line px-4 py-2.5">
        <div className="min-w-0">
          <h2 className="line-clamp-2 font-medium break-words">
            <OneLine text={row.asked} most={400} />
          </h2>
          <p className="truncate text-fine text-muted">
            {row.problem}
            {row.sample > 0 && `, sample ${row.sample}`} · reference{" "}
            <OneLine text={row.gold} most={120} className="text-ink" />
          </p>
        </div>
        <Segmented
          label="What is compared"
          choices={[
            { value: "text", label: "Text" },
            { value: "tree", label: "Tree" },
          ]}
          chosen={show ?? "text"}
          onChoose={(next) => onShow(next === "tree" ? next : undefined)}
        />
      </header>
      <div className="grid grid-cols-2 border-b border-line">
        {sides.map(({ run, question = "", correct, answer, outputTokens }, place) => (
          <div key={run} className="min-w-0 border-r border-line px-4 py-2 last:border-r-0">
            <div className="flex items-center justify-between gap-2">
              <span className="flex min-w-0 items-center gap-2">
                <VerdictBadge correct={correct} />
                <OneLine text={answer ?? "no answer"} most={120} className="truncate font-medium" />
              </span>
              <Link
                to="/thought"
                search={{ run, question }}
                className="shrink-0 rounded text-fine font-medium text-accent-ink hover:underline"
              >
                Read it<span className="sr-only"> in {place === 0 ? "the base" : "the other run"}</span>
              </Link>
            </div>
            <p className="truncate font-mono text-[0.6875rem] text-muted">
              {run} · {formatNumber(outputTokens ?? 0)} tokens
            </p>
          </div>
        ))}
      </div>
      {error !== undefined ? (
        <div className="p-4">
          <ErrorNote error={error} />
        </div>
      ) : !ended ? (
        <Loading what="Reading both thoughts" />
      ) : show === "tree" ? (
        <TreeDiffList left={left.thought} right={right.thought} />
      ) : (
        <StepTexts left={left.thought.steps} right={right.thought.steps} />
      )}
    </section>
  );
}

/** The ways to the answers of two thoughts. */
function StepTexts({ left, right }: { left: readonly string[]; right: readonly string[] }): ReactNode {
  const pairs = useMemo(() => pairSteps(left, right), [left, right]);
  return <TextDiff pairs={pairs} />;
}
