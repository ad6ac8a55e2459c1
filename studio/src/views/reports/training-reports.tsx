import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import {
  type TrainingsReply,
  trainingReplySchema,
  trainingsReplySchema,
} from "sojourn/schemas/training-schema.ts";
import { callApi } from "../../api/client.ts";
import { Fetched } from "../../components/fetched.tsx";
import { EmptyState } from "../../components/notes.tsx";
import { formatNumber } from "../format.ts";
import { ReportBrowser } from "./report-browser.tsx";
import { TrainingBody } from "./training-body.tsx";
import { titleOfTraining } from "./training-title.ts";

/** How often a training that runs is looked at, and the list of all, in milliseconds. */
const LIVE_MS = 2_000;
const LIST_MS = 5_000;

/** How trainings go on: those that run are looked at again and again. */
export function TrainingReports(): ReactNode {
  const query = useQuery({
    queryKey: ["trainings"],
    queryFn: ({ signal }) => callApi("/api/trainings", { schema: trainingsReplySchema, signal }),
    refetchInterval: LIST_MS,
  });
  return (
    <Fetched query={query}>
      {({ rows }) =>
        rows.length > 0 ? (
          <Trainings rows={rows} />
        ) : (
          <EmptyState title="No training yet">
            Start one, such as{" "}
            <code className="font-mono text-fine">sojourn train recipes/tiny-sft.yaml</code>. Its curves are
            here while it runs.
          </EmptyState>
        )
      }
    </Fetched>
  );
}

function Trainings({ rows }: { rows: TrainingsReply["rows"] }): ReactNode {
  const { training: chosen } = useSearch({ from: "/reports" });
  const navigate = useNavigate({ from: "/reports" });
  const shown = chosen ?? rows[0]?.training ?? "";
  const training = useQuery({
    queryKey: ["training", shown],
    queryFn: ({ signal }) =>
      callApi("/api/trainings/curves", { schema: trainingReplySchema, query: { training: shown }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === "running" ? LIVE_MS : LIST_MS),
    placeholderData: (before) => (before?.training === shown ? before : undefined),
  });
  return (
    <ReportBrowser
      label="Trainings"
      rows={rows.map(({ training: id, state, step, steps, loss, at }) => ({
        ...{ id, title: titleOfTraining(id).name, at },
        figure: loss === null ? "–" : formatNumber(loss),
        note: `${state} · step ${formatNumber(step)}${steps === null ? "" : ` of ${formatNumber(steps)}`}`,
      }))}
      shown={shown}
      onShow={(id) => void navigate({ search: { show: "trainings", training: id }, replace: true })}
    >
      <Fetched query={training}>{(data) => <TrainingBody training={data} />}</Fetched>
    </ReportBrowser>
  );
}
