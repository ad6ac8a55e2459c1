import type { ReactNode } from "react";
import type { JourneyReply } from "sojourn/schemas/journey-schema.ts";
import { addressOf } from "../../api/client.ts";
import { shownTime } from "../../thought/format.ts";
import { OneLine } from "../one-line.tsx";
import { Section } from "./report-section.tsx";
import { CurveFigure } from "./training-body.tsx";

/** One journey: its result in a sentence, the losses of its trainings, its tables, and what each stage came to. */
export function JourneyBody({ journey }: { journey: JourneyReply }): ReactNode {
  const { title, headline, sections, page, done, curves } = journey;
  const stages = {
    title: "Stages",
    table: {
      header: ["stage", "took", "came to"],
      rows: done.map(({ stage, wallMs, result }) => [stage, shownTime(wallMs), result]),
    },
  };
  return (
    <article className="mx-auto flex max-w-5xl flex-col gap-6 p-6">
      <header>
        <h2 className="text-xl font-semibold tracking-tight">
          <OneLine text={title} />
        </h2>
        <p className="mt-1 text-reading">
          <OneLine text={headline ?? `Under way: ${done.length} stages are done.`} most={1000} />
        </p>
        <p className="mt-1 flex gap-4 text-fine text-muted">
          <span className="font-mono break-all">{journey.journey}</span>
          {page && (
            <a
              href={addressOf("/api/journeys/page", { journey: journey.journey })}
              target="_blank"
              rel="noreferrer"
              className="shrink-0 font-medium text-accent-ink hover:underline"
            >
              With all its plots
            </a>
          )}
        </p>
      </header>
      {sections.slice(0, LEADING).map((section) => (
        <Section key={section.title} section={section} />
      ))}
      {curves.length > 0 && (
        <CurveFigure caption="Loss of each training by optimiser step" curves={curves} tall />
      )}
      {sections.slice(LEADING).map((section) => (
        <Section key={section.title} section={section} />
      ))}
      <Section section={stages} />
    </article>
  );
}

/** Sections before the losses: the table of the arms comes first. */
const LEADING = 1;
