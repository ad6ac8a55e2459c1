import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useCallback } from "react";
import { type ReportsReply, reportReplySchema, reportsReplySchema } from "sojourn/schemas/report-schema.ts";
import { callApi } from "../../api/client.ts";
import { Fetched } from "../../components/fetched.tsx";
import { EmptyState } from "../../components/notes.tsx";
import { formatNumber, formatPercent } from "../format.ts";
import { PlotFigure } from "./plot-figure.tsx";
import { ReportBody } from "./report-body.tsx";
import { ReportBrowser } from "./report-browser.tsx";
import { runsByTokens } from "./report-plots.ts";

/** What evaluations came to: accuracy against tokens over all of them, and each one's report. */
export function EvaluationReports(): ReactNode {
  const query = useQuery({
    queryKey: ["reports"],
    queryFn: ({ signal }) => callApi("/api/reports", { schema: reportsReplySchema, signal }),
  });
  return (
    <Fetched query={query}>
      {({ rows }) =>
        rows.length > 0 ? (
          <Evaluations rows={rows} />
        ) : (
          <EmptyState title="No evaluation yet">
            Make one, such as{" "}
            <code className="font-mono text-fine">sojourn eval gym/countdown --limit 20</code>.
          </EmptyState>
        )
      }
    </Fetched>
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
      <Fetched query={report} what="Counting">
        {(data) => <ReportBody report={data} />}
      </Fetched>
    </ReportBrowser>
  );
}
