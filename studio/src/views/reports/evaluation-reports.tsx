import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useCallback } from "react";
import { type ReportsReply, reportReplySchema, reportsReplySchema } from "sojourn/schemas/report-schema.ts";
import { callApi } from "../../api/client.ts";
import { EmptyState, ErrorNote, Loading } from "../../components/notes.tsx";
import { formatNumber, formatPercent } from "../format.ts";
import { PlotFigure } from "./plot-figure.tsx";
import { ReportBody } from "./report-body.tsx";
import { ReportBrowser } from "./report-browser.tsx";
import { runsByTokens } from "./report-plots.ts";

/** What evaluations came to: accuracy against tokens over all of them, and each one's report. */
export function EvaluationReports(): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ["reports"],
    queryFn: ({ signal }) => callApi("/api/reports", { schema: reportsReplySchema, signal }),
  });
  if (error !== null)
    return (
      <div className="p-4">
        <ErrorNote error={error} retry={() => void refetch()} />
      </div>
    );
  if (data === undefined) return <Loading />;
  if (data.rows.length > 0) return <Evaluations rows={data.rows} />;
  return (
    <EmptyState title="No evaluation yet">
      Make one, such as <code className="font-mono text-fine">sojourn eval gym/countdown --limit 20</code>.
    </EmptyState>
  );
}

function Evaluations({ rows }: { rows: ReportsReply["rows"] }): ReactNode {
  const { report: chosen } = useSearch({ from: "/reports" });
  const navigate = useNavigate({ from: "/reports" });
  const shown = chosen ?? rows[0]?.run ?? "";
  const report = useQuery({
    queryKey: ["report", shown],
    queryFn: ({ signal }) =>
      callApi(`/api/reports/${encodeURIComponent(shown)}`, { schema: reportReplySchema, signal }),
  });
  const overview = useCallback(() => runsByTokens(rows, shown), [rows, shown]);
  return (
    <ReportBrowser
      label="Evaluations"
      rows={rows.map(({ run, what, share, tokens, graded, createdAt }) => ({
        ...{ id: run, title: what, figure: formatPercent(share), at: createdAt },
        note: `${graded} answers · ${formatNumber(tokens)} tokens each`,
      }))}
      shown={shown}
      onShow={(run) => void navigate({ search: { report: run }, replace: true })}
      overview={
        <PlotFigure
          caption="Accuracy by output tokens, each evaluation with its 95% interval"
          specify={overview}
        />
      }
    >
      {report.error !== null ? (
        <div className="p-6">
          <ErrorNote error={report.error} />
        </div>
      ) : report.data === undefined ? (
        <Loading what="Counting" />
      ) : (
        <ReportBody report={report.data} />
      )}
    </ReportBrowser>
  );
}
