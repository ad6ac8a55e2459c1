import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import {
  type TrainingsReply,
  trainingReplySchema,
  trainingsReplySchema,
} from "sojourn/schemas/training-schema.ts";
import { callApi } from "../../api/client.ts";
import { EmptyState, ErrorNote, Loading } from "../../components/notes.tsx";
import { formatNumber } from "../format.ts";
import { ReportBrowser } from "./report-browser.tsx";
import { TrainingBody } from "./training-body.tsx";
import { titleOfTraining } from "./training-title.ts";

/** How often a training that runs is looked at, and the list of all, in milliseconds. */
const LIVE_MS = 2_000;
const LIST_MS = 5_000;

/** How trainings go on: those that run are looked at again and again. */
export function TrainingReports(): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ["trainings"],
    queryFn: ({ signal }) => callApi("/api/trainings", { schema: trainingsReplySchema, signal }),
    refetchInterval: LIST_MS,
  });
  if (error !== null)
    return (
      <div className="p-4">
        <ErrorNote error={error} retry={() => void refetch()} />
      </div>
    );
  if (data === undefined) return <Loading />;
  if (data.rows.length > 0) return <Trainings rows={data.rows} />;
  return (
    <EmptyState title="No training yet">
      Start one, such as <code className="font-mono text-fine">sojourn train recipes/tiny-sft.yaml</code>. Its
      curves are here while it runs.
    </EmptyState>
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
      {training.error !== null ? (
        <div className="p-6">
          <ErrorNote error={training.error} />
        </div>
      ) : training.data === undefined ? (
        <Loading />
      ) : (
        <TrainingBody training={training.data} />
      )}
    </ReportBrowser>
  );
}
