import { Link } from "@tanstack/react-router";
import { type ReactNode, useCallback } from "react";
import type { ReportReply } from "sojourn/schemas/report-schema.ts";
import { OneLine } from "../one-line.tsx";
import { PlotFigure } from "./plot-figure.tsx";
import { byBudget, byGroup, byLength } from "./report-plots.ts";
import { Section } from "./report-section.tsx";

/** One evaluation's report: its result in a sentence, plots, and its tables. */
export function ReportBody({ report }: { report: ReportReply }): ReactNode {
  const { run, title, headline, sections, groupings, budgets, answers } = report;
  const budget = useCallback(() => byBudget(budgets), [budgets]);
  const length = useCallback(() => byLength(answers), [answers]);
  return (
    <article className="mx-auto flex max-w-5xl flex-col gap-6 p-6">
      <header>
        <h2 className="text-xl font-semibold tracking-tight">
          <OneLine text={title} />
        </h2>
        <p className="mt-1 text-reading">
          <OneLine text={headline} most={1000} />
        </p>
        <p className="mt-1 flex gap-4 text-fine text-muted">
          <span className="font-mono">{run}</span>
          <Link
            to="/runs"
            search={{ filter: `run:${run}` }}
            className="font-medium text-accent-ink hover:underline"
          >
            Its thoughts
          </Link>
          <Link
            to="/runs"
            search={{ filter: `run:${run} correct:false` }}
            className="font-medium text-accent-ink hover:underline"
          >
            What it got wrong
          </Link>
        </p>
      </header>
      <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
        {groupings.map((grouping) => (
          <GroupFigure key={grouping.by} grouping={grouping} />
        ))}
        {budgets.length > 0 && (
          <PlotFigure
            caption="Accuracy against output tokens for 1, 2, 4, … answers a problem"
            specify={budget}
          />
        )}
        {answers.length > 0 && (
          <PlotFigure caption="Output tokens of right and of wrong answers" specify={length} />
        )}
      </div>
      {sections.map((section) => (
        <Section key={section.title} section={section} />
      ))}
    </article>
  );
}

function GroupFigure({ grouping }: { grouping: ReportReply["groupings"][number] }): ReactNode {
  const specify = useCallback(() => byGroup(grouping), [grouping]);
  return <PlotFigure caption={`Accuracy by ${grouping.by}, 95% intervals`} specify={specify} />;
}
