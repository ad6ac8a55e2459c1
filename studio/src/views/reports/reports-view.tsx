import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ViewHeader } from "../../components/panel.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { useShortcuts } from "../../keyboard/shortcuts.ts";
import { EvaluationReports } from "./evaluation-reports.tsx";
import { JourneyReports } from "./journey-reports.tsx";
import { TrainingReports } from "./training-reports.tsx";

const kinds = [
  { value: "evaluations", label: "Evaluations", title: "Evaluations (1)" },
  { value: "trainings", label: "Trainings", title: "Trainings (2)" },
  { value: "journeys", label: "Journeys", title: "Journeys (3)" },
] as const;
type Kind = (typeof kinds)[number]["value"];

/** What evaluations came to, how trainings go on, and what journeys found. */
export function ReportsView(): ReactNode {
  const { show = "evaluations" } = useSearch({ from: "/reports" });
  const navigate = useNavigate({ from: "/reports" });
  const choose = (kind: Kind): void =>
    void navigate({ search: kind === "evaluations" ? {} : { show: kind }, replace: true });
  useShortcuts(
    kinds.map(({ value, label }, place) => ({
      ...{ keys: String(place + 1), label, group: "Reports", run: () => choose(value) },
    })),
  );
  return (
    <>
      <ViewHeader title="Reports">
        <Segmented label="What is reported on" choices={kinds} chosen={show} onChoose={choose} />
      </ViewHeader>
      {show === "trainings" ? (
        <TrainingReports />
      ) : show === "journeys" ? (
        <JourneyReports />
      ) : (
        <EvaluationReports />
      )}
    </>
  );
}
