import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { runsReplySchema } from "sojourn/schemas/store-schema.ts";
import { callApi } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { EmptyState, ErrorNote, Loading } from "../../components/notes.tsx";
import { ViewHeader } from "../../components/panel.tsx";
import { Cell, HeaderCell, Table } from "../../components/table.tsx";
import { formatMoment, formatPercent } from "../format.ts";
import { ScrollRegion } from "../scroll-region.tsx";

/** Runs with a thought that was graded, the newest so many. */
const GRADED = "-correct:open";
const MOST_RUNS = 200;

/** The runs that hold graded thoughts, to choose two or more from; the first one chosen is the base. */
export function RunPicker({
  chosen,
  onCompare,
}: {
  chosen: readonly string[];
  onCompare: (runs: readonly string[]) => void;
}): ReactNode {
  const [picked, setPicked] = useState<readonly string[]>(chosen);
  const { data, error, refetch } = useQuery({
    queryKey: ["graded-runs"],
    queryFn: ({ signal }) =>
      callApi("/api/runs", { schema: runsReplySchema, query: { filter: GRADED, limit: MOST_RUNS }, signal }),
  });
  const toggle = (run: string): void =>
    setPicked(picked.includes(run) ? picked.filter((one) => one !== run) : [...picked, run]);
  return (
    <>
      <ViewHeader title="Compare" note="Choose two runs or more; the first one is the base">
        <Button look="primary" disabled={picked.length < 2} onClick={() => onCompare(picked)}>
          Compare {picked.length < 2 ? "" : picked.length}
        </Button>
      </ViewHeader>
      {error !== null ? (
        <div className="p-4">
          <ErrorNote error={error} retry={() => void refetch()} />
        </div>
      ) : data === undefined ? (
        <Loading />
      ) : data.rows.length === 0 ? (
        <EmptyState title="No graded runs yet">
          Make two over the same problems, such as{" "}
          <code className="font-mono text-fine">sojourn eval gym:countdown --strategy vote</code>, then
          compare them.
        </EmptyState>
      ) : (
        <ScrollRegion label="Runs" className="min-h-0 flex-1">
          <Table>
            <thead>
              <tr>
                <HeaderCell className="w-12">
                  <span className="sr-only">Chosen</span>
                </HeaderCell>
                <HeaderCell>Run</HeaderCell>
                <HeaderCell>How</HeaderCell>
                <HeaderCell className="text-end">Graded</HeaderCell>
                <HeaderCell className="text-end">Right</HeaderCell>
                <HeaderCell className="text-end">When</HeaderCell>
              </tr>
            </thead>
            <tbody>
              {data.rows.map(({ run, strategies, models, graded, correct, createdAt }) => {
                const place = picked.indexOf(run);
                return (
                  <tr key={run} className="hover:bg-hover">
                    <Cell>
                      <input
                        type="checkbox"
                        aria-label={run}
                        checked={place >= 0}
                        onChange={() => toggle(run)}
                        className="size-4 accent-(--accent)"
                      />
                    </Cell>
                    <Cell className="font-mono text-fine">
                      {run}
                      {place >= 0 && (
                        <span className="ml-2 text-accent-ink">{place === 0 ? "base" : place + 1}</span>
                      )}
                    </Cell>
                    <Cell>
                      <bdi>
                        {strategies.join(", ")} on {models.join(", ")}
                      </bdi>
                    </Cell>
                    <Cell className="text-end tabular-nums">{graded.toLocaleString("en")}</Cell>
                    <Cell className="text-end tabular-nums">{formatPercent(correct / graded)}</Cell>
                    <Cell className="text-end whitespace-nowrap text-muted tabular-nums">
                      {formatMoment(createdAt)}
                    </Cell>
                  </tr>
                );
              })}
            </tbody>
          </Table>
        </ScrollRegion>
      )}
    </>
  );
}
