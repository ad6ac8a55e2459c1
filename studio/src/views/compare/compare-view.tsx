import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import { compareReplySchema } from "sojourn/schemas/compare-schema.ts";
import { callApi } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { EmptyState, ErrorNote, Loading } from "../../components/notes.tsx";
import { ViewHeader } from "../../components/panel.tsx";
import { useShortcuts } from "../../keyboard/shortcuts.ts";
import { FilterInput } from "../runs/filter-input.tsx";
import { CELLS, rowKey, rowsOfCell } from "./cells.ts";
import type { CompareSearch } from "./compare-search.ts";
import { FourCells } from "./four-cells.tsx";
import { PairDetail } from "./pair-detail.tsx";
import { ProblemList } from "./problem-list.tsx";
import { RunCards } from "./run-cards.tsx";
import { RunPicker } from "./run-picker.tsx";

/** Runs on the same problems: what flipped, by how much, at what cost, and each pair of thoughts side by side. */
export function CompareView(): ReactNode {
  const search = useSearch({ from: "/compare" });
  const navigate = useNavigate({ from: "/compare" });
  const change = (changes: Partial<CompareSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const runs = (search.runs ?? "").split(",").filter((run) => run !== "");
  if (runs.length < 2)
    return (
      <RunPicker
        chosen={runs}
        onCompare={(chosen) => change({ runs: chosen.join(","), problem: undefined })}
      />
    );
  return <Comparison search={search} runs={runs} change={change} />;
}

function Comparison({
  search,
  runs,
  change,
}: {
  search: CompareSearch;
  runs: readonly string[];
  change: (changes: Partial<CompareSearch>) => void;
}): ReactNode {
  const { cell, filter } = search;
  const { data, error, refetch } = useQuery({
    queryKey: ["compare", search.runs, filter],
    queryFn: ({ signal }) =>
      callApi("/api/compare", { schema: compareReplySchema, query: { runs: search.runs, filter }, signal }),
    placeholderData: (before) => before,
  });
  const against = Math.min(search.against ?? 1, runs.length - 1);
  const rows = useMemo(() => rowsOfCell(data?.rows ?? [], against, cell), [data, against, cell]);
  const found = rows.findIndex((row) => rowKey(row) === search.problem);
  const at = Math.max(0, found);
  const row = rows[at];
  const goTo = (place: number): void => {
    const there = rows[Math.min(rows.length - 1, Math.max(0, place))];
    if (there !== undefined) change({ problem: rowKey(there) });
  };
  const cells = [undefined, ...CELLS.map((one) => one.cell)];
  useShortcuts([
    { keys: "j", label: "Next problem", group: "Compare", run: () => goTo(at + 1) },
    { keys: "k", label: "Problem before", group: "Compare", run: () => goTo(at - 1) },
    {
      keys: "x",
      label: "Text or tree",
      group: "Compare",
      run: () => change({ show: search.show === "tree" ? undefined : "tree" }),
    },
    {
      keys: "f",
      label: "Next of the four cells",
      group: "Compare",
      run: () => change({ cell: cells[(cells.indexOf(cell) + 1) % cells.length], problem: undefined }),
    },
    { keys: "s", label: "Swap base and other", group: "Compare", run: () => change(swapped()) },
  ]);
  const swapped = (): Partial<CompareSearch> => {
    const turned = [...runs];
    [turned[0], turned[against]] = [turned[against] ?? "", turned[0] ?? ""];
    return { runs: turned.join(",") };
  };
  const contrast = data?.contrasts[against - 1];
  return (
    <>
      <ViewHeader
        title="Compare"
        note={data === undefined ? undefined : `${data.problems} problems, ${data.samples} pairs`}
      >
        <FilterInput
          filter={filter ?? ""}
          placeholder="family:countdown level:5"
          onChange={(next) => change({ filter: next || undefined })}
        />
        <Button onClick={() => change(swapped())}>Swap</Button>
        <Button onClick={() => change({ runs: undefined, problem: undefined, cell: undefined })}>
          Other runs
        </Button>
      </ViewHeader>
      {error !== null && (
        <div className="p-4">
          <ErrorNote error={error} retry={() => void refetch()} />
        </div>
      )}
      {data === undefined ? (
        error === null && <Loading what="Pairing" />
      ) : (
        <div className="flex min-h-0 flex-1 flex-col max-lg:overflow-auto lg:flex-row">
          <div className="flex min-h-0 w-full shrink-0 flex-col border-line max-lg:h-[40rem] max-lg:border-b lg:w-[27rem] lg:border-r">
            <div className="flex max-h-[60%] shrink-0 flex-col gap-2 overflow-auto border-b border-line p-3">
              <RunCards sets={data.sets} against={against} onAgainst={(next) => change({ against: next })} />
              {contrast !== undefined && (
                <FourCells
                  contrast={contrast}
                  samples={data.samples}
                  paired={data.samples === data.problems}
                  cell={cell}
                  onCell={(next) => change({ cell: next, problem: undefined })}
                />
              )}
              {data.leftOut.map(({ name, lacks, such }) => (
                <p key={name} title={such.join(", ")} className="text-fine text-caution">
                  {lacks} left out: {name} lacks them
                </p>
              ))}
            </div>
            <ProblemList
              rows={rows}
              chosen={row === undefined ? undefined : rowKey(row)}
              onChoose={(problem) => change({ problem })}
            />
          </div>
          {row === undefined ? (
            <div className="flex-1">
              <EmptyState title="No problem of this kind">Press f for the next of the four cells.</EmptyState>
            </div>
          ) : (
            <PairDetail
              row={row}
              names={data.sets.map(({ name }) => name)}
              against={against}
              show={search.show}
              onShow={(show) => change({ show })}
            />
          )}
        </div>
      )}
    </>
  );
}
