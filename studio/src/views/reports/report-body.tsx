import { Link } from "@tanstack/react-router";
import { type ReactNode, useCallback } from "react";
import type { ReportReply } from "sojourn/schemas/report-schema.ts";
import { Panel } from "../../components/panel.tsx";
import { Cell, Table } from "../../components/table.tsx";
import { visibleText } from "../../components/text-parts.ts";
import { OneLine } from "../one-line.tsx";
import { PlotFigure } from "./plot-figure.tsx";
import { byBudget, byGroup, byLength } from "./report-plots.ts";

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

/** More rows of a table, or lines, are in the report's own files. */
const MOST_ROWS = 200;

function Section({
  section: { title, text, table, lines },
}: {
  section: ReportReply["sections"][number];
}): ReactNode {
  return (
    <Panel title={title}>
      {text !== undefined && <p className="px-4 pt-3 text-fine text-muted">{visibleText(text)}</p>}
      {table !== undefined && (
        <div className="overflow-x-auto">
          <Table>
            {table.header.some((cell) => cell !== "") && (
              <thead>
                <tr>
                  {table.header.map((cell, place) => (
                    <th
                      // biome-ignore lint/suspicious/noArrayIndexKey: columns never move.
                      key={place}
                      scope="col"
                      className="border-b border-line px-4 py-2 text-left text-fine font-medium whitespace-nowrap text-muted"
                    >
                      {cell}
                    </th>
                  ))}
                </tr>
              </thead>
            )}
            <tbody>
              {table.rows.slice(0, MOST_ROWS).map((row, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows never move.
                <tr key={place} className="last:*:border-b-0">
                  {row.map((cell, column) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns never move.
                    <Cell key={column} className="px-4 tabular-nums">
                      <OneLine text={cell} most={400} />
                    </Cell>
                  ))}
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {lines !== undefined && (
        <pre className="overflow-x-auto px-4 py-3 font-mono text-fine">
          {visibleText(lines.slice(0, MOST_ROWS).join("\n"))}
        </pre>
      )}
    </Panel>
  );
}
