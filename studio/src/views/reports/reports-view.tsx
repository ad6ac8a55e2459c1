import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useCallback } from "react";
import { type ReportsReply, reportReplySchema, reportsReplySchema } from "sojourn/schemas/report-schema.ts";
import { callApi } from "../../api/client.ts";
import { classNames } from "../../components/class-names.ts";
import { EmptyState, ErrorNote, Loading } from "../../components/notes.tsx";
import { ViewHeader } from "../../components/panel.tsx";
import { useShortcuts } from "../../keyboard/shortcuts.ts";
import { formatMoment, formatNumber, formatPercent } from "../format.ts";
import { ScrollRegion } from "../scroll-region.tsx";
import { PlotFigure } from "./plot-figure.tsx";
import { ReportBody } from "./report-body.tsx";
import { runsByTokens } from "./report-plots.ts";

/** What evaluations came to: accuracy against tokens over all of them, and each one's report. */
export function ReportsView(): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ["reports"],
    queryFn: ({ signal }) => callApi("/api/reports", { schema: reportsReplySchema, signal }),
  });
  return (
    <>
      <ViewHeader title="Reports" note={data && `${data.rows.length} evaluations`} />
      {error !== null ? (
        <div className="p-4">
          <ErrorNote error={error} retry={() => void refetch()} />
        </div>
      ) : data === undefined ? (
        <Loading />
      ) : data.rows.length === 0 ? (
        <EmptyState title="No evaluation yet">
          Make one, such as <code className="font-mono text-fine">sojourn eval gym/countdown --limit 20</code>
          .
        </EmptyState>
      ) : (
        <Reports rows={data.rows} />
      )}
    </>
  );
}

function Reports({ rows }: { rows: ReportsReply["rows"] }): ReactNode {
  const search = useSearch({ from: "/reports" });
  const navigate = useNavigate({ from: "/reports" });
  const shown = search.report ?? rows[0]?.run ?? "";
  const at = rows.findIndex(({ run }) => run === shown);
  const goTo = (place: number): void => {
    const there = rows[Math.min(rows.length - 1, Math.max(0, place))];
    if (there !== undefined) void navigate({ search: { report: there.run }, replace: true });
  };
  useShortcuts([
    { keys: "j", label: "Next report", group: "Reports", run: () => goTo(at + 1) },
    { keys: "k", label: "Report before", group: "Reports", run: () => goTo(at - 1) },
  ]);
  const report = useQuery({
    queryKey: ["report", shown],
    queryFn: ({ signal }) =>
      callApi(`/api/reports/${encodeURIComponent(shown)}`, { schema: reportReplySchema, signal }),
  });
  const overview = useCallback(() => runsByTokens(rows, shown), [rows, shown]);
  return (
    <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
      <div className="flex min-h-0 flex-col border-r border-line bg-panel lg:w-[24rem] lg:shrink-0">
        <div className="border-b border-line p-4">
          <PlotFigure
            caption="Accuracy by output tokens, each evaluation with its 95% interval"
            specify={overview}
          />
        </div>
        <ScrollRegion label="Evaluations" className="min-h-0 flex-1">
          <ul>
            {rows.map(({ run, what, share, tokens, graded, createdAt }, place) => (
              <li key={run}>
                <button
                  type="button"
                  aria-current={run === shown}
                  onClick={() => goTo(place)}
                  className={classNames(
                    "flex w-full flex-col gap-0.5 border-b border-line px-4 py-2.5 text-left hover:bg-hover",
                    run === shown && "bg-accent-soft shadow-[inset_3px_0_var(--accent)] hover:bg-accent-soft",
                  )}
                >
                  <span className="flex w-full justify-between gap-3">
                    <bdi className="truncate font-medium">{what}</bdi>
                    <span className="font-semibold tabular-nums">{formatPercent(share)}</span>
                  </span>
                  <span className="flex w-full justify-between gap-3 text-fine text-muted tabular-nums">
                    <span className="truncate">
                      {graded} answers · {formatNumber(tokens)} tokens each
                    </span>
                    <span className="shrink-0">{formatMoment(createdAt)}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </ScrollRegion>
      </div>
      <ScrollRegion label="Report" className="min-h-0 min-w-0 flex-1">
        {report.error !== null ? (
          <div className="p-6">
            <ErrorNote error={report.error} />
          </div>
        ) : report.data === undefined ? (
          <Loading what="Counting" />
        ) : (
          <ReportBody report={report.data} />
        )}
      </ScrollRegion>
    </div>
  );
}
