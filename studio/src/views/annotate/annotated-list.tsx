import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { annotatedReplySchema } from "sojourn/schemas/annotations-schema.ts";
import { callApi } from "../../api/client.ts";
import { EmptyState, ErrorNote, Loading } from "../../components/notes.tsx";
import { Cell, HeaderCell, Table } from "../../components/table.tsx";
import { formatMoment } from "../format.ts";
import { ScrollRegion } from "../scroll-region.tsx";

/** Every question about which somebody said something, the newest word first. */
export function AnnotatedList(): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ["annotated"],
    queryFn: ({ signal }) => callApi("/api/annotated", { schema: annotatedReplySchema, signal }),
  });
  if (error !== null)
    return (
      <div className="p-4">
        <ErrorNote error={error} retry={() => void refetch()} />
      </div>
    );
  if (data === undefined) return <Loading />;
  if (data.rows.length === 0)
    return (
      <EmptyState title="Nothing is annotated yet">
        Open a thought, say who you are, and press 1, 0 or - on a step.
      </EmptyState>
    );
  return (
    <ScrollRegion label="Annotated questions" className="min-h-0 flex-1">
      <Table>
        <thead>
          <tr>
            <HeaderCell className="pl-6">Question</HeaderCell>
            <HeaderCell>Who</HeaderCell>
            <HeaderCell className="text-end!">Right</HeaderCell>
            <HeaderCell className="text-end!">Neutral</HeaderCell>
            <HeaderCell className="text-end!">Wrong</HeaderCell>
            <HeaderCell className="text-end!">Thoughts</HeaderCell>
            <HeaderCell className="pr-6 text-end!">Newest</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {data.rows.map(({ run, question, authors, labels, thoughts, at }) => (
            <tr key={`${run}/${question}`} className="hover:bg-hover">
              <Cell className="pl-6">
                <Link
                  to="/annotate"
                  search={{ run, question }}
                  className="rounded font-medium text-accent-ink hover:underline"
                >
                  <bdi>{question}</bdi>
                </Link>
                <span className="block font-mono text-[0.6875rem] text-muted">{run}</span>
              </Cell>
              <Cell>
                <bdi>{authors.join(", ")}</bdi>
              </Cell>
              <Cell className="text-end tabular-nums">{labels.right}</Cell>
              <Cell className="text-end tabular-nums">{labels.neutral}</Cell>
              <Cell className="text-end tabular-nums">{labels.wrong}</Cell>
              <Cell className="text-end tabular-nums">{thoughts}</Cell>
              <Cell className="pr-6 text-end whitespace-nowrap text-muted tabular-nums">
                {formatMoment(at)}
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="px-6 py-4 text-fine text-muted">
        As training data: <code className="font-mono">sojourn runs annotations RUN --format prm800k</code> for
        labels, <code className="font-mono">--format human</code> for long thoughts.
      </p>
    </ScrollRegion>
  );
}
