import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import {
  type JourneysReply,
  journeyReplySchema,
  journeysReplySchema,
} from "sojourn/schemas/journey-schema.ts";
import { callApi } from "../../api/client.ts";
import { Fetched } from "../../components/fetched.tsx";
import { EmptyState } from "../../components/notes.tsx";
import { JourneyBody } from "./journey-body.tsx";
import { ReportBrowser } from "./report-browser.tsx";

/** Journeys, finished and under way. */
export function JourneyReports(): ReactNode {
  const query = useQuery({
    queryKey: ["journeys"],
    queryFn: ({ signal }) => callApi("/api/journeys", { schema: journeysReplySchema, signal }),
  });
  return (
    <Fetched query={query}>
      {({ rows }) =>
        rows.length > 0 ? (
          <Journeys rows={rows} />
        ) : (
          <EmptyState title="No journey yet">
            Start one, such as{" "}
            <code className="font-mono text-fine">sojourn journey recipes/countdown.yaml --quick</code>.
          </EmptyState>
        )
      }
    </Fetched>
  );
}

function Journeys({ rows }: { rows: JourneysReply["rows"] }): ReactNode {
  const { journey: chosen } = useSearch({ from: "/reports" });
  const navigate = useNavigate({ from: "/reports" });
  const shown = chosen ?? rows[0]?.journey ?? "";
  const journey = useQuery({
    queryKey: ["journey", shown],
    queryFn: ({ signal }) =>
      callApi("/api/journeys/report", { schema: journeyReplySchema, query: { journey: shown }, signal }),
  });
  return (
    <ReportBrowser
      label="Journeys"
      rows={rows.map(({ journey: id, title, headline, stages, at }) => ({
        ...{
          id,
          title,
          figure: headline === null ? "under way" : "done",
          note: `${stages} stages · ${id}`,
          at,
        },
      }))}
      shown={shown}
      onShow={(id) => void navigate({ search: { show: "journeys", journey: id }, replace: true })}
    >
      <Fetched query={journey}>{(data) => <JourneyBody journey={data} />}</Fetched>
    </ReportBrowser>
  );
}
