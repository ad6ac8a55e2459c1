import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useCallback } from "react";
import { Button } from "../../components/button.tsx";
import { Select } from "../../components/field.tsx";
import { EmptyState, ErrorNote, Loading } from "../../components/notes.tsx";
import { ViewHeader } from "../../components/panel.tsx";
import { useShortcuts } from "../../keyboard/shortcuts.ts";
import { FilterBar } from "./filter-bar.tsx";
import { FilterInput } from "./filter-input.tsx";
import type { RunsSearch } from "./runs-search.ts";
import { ThoughtPeek } from "./thought-peek.tsx";
import { ThoughtsTable } from "./thoughts-table.tsx";
import { type ListedThought, thoughtKey, useThoughts } from "./use-thoughts.ts";

const ORDERS = [
  ["", "Newest first"],
  ["oldest", "Oldest first"],
  ["-tokens", "Most tokens"],
  ["tokens", "Fewest tokens"],
  ["-words", "Longest"],
  ["-steps", "Most steps"],
  ["-reward", "Highest reward"],
  ["reward", "Lowest reward"],
  ["-costUsd", "Dearest"],
  ["-wallMs", "Slowest"],
] as const;

/** All thoughts of all runs: filtered, searched, in any order, and the way into each of them. */
export function RunsView(): ReactNode {
  const search = useSearch({ from: "/runs" });
  const navigate = useNavigate();
  const change = (changes: Partial<RunsSearch>): void =>
    void navigate({
      from: "/runs",
      to: "/runs",
      search: (before) => ({ ...before, ...changes }),
      replace: true,
    });
  const { filter = "", text = "", order = "" } = search;
  const { rows, total, error, isPending, isFetching, hasNextPage, fetchNextPage, refetch } =
    useThoughts(search);
  const picked = (search.pick ?? "").split(",").filter((run) => run !== "");
  const cursor = rows.findIndex((row) => thoughtKey(row) === search.at);
  const current = rows[cursor];
  const open = (row: ListedThought | undefined, to: "/thought" | "/tree" | "/annotate"): void => {
    if (row !== undefined) void navigate({ to, search: { run: row.run, question: row.question } });
  };
  const goTo = (place: number): void => {
    const there = rows[Math.min(rows.length - 1, Math.max(0, place))];
    if (there !== undefined) change({ at: thoughtKey(there) });
  };
  const pick = (run: string): void => {
    const next = picked.includes(run) ? picked.filter((one) => one !== run) : [...picked, run];
    change({ pick: next.length === 0 ? undefined : next.join(",") });
  };
  const compare = (): void => {
    if (picked.length >= 2) void navigate({ to: "/compare", search: { runs: picked.join(",") } });
  };
  useShortcuts([
    { keys: "j", label: "Next thought", group: "Runs", run: () => goTo(cursor + 1) },
    { keys: "k", label: "Thought before", group: "Runs", run: () => goTo(cursor - 1) },
    { keys: "Enter", label: "Read it", group: "Runs", run: () => open(current, "/thought") },
    { keys: "o", label: "Its tree", group: "Runs", run: () => open(current, "/tree") },
    { keys: "e", label: "Annotate it", group: "Runs", run: () => open(current, "/annotate") },
    {
      keys: "x",
      label: "Pick its run to be compared",
      group: "Runs",
      run: () => current && pick(current.run),
    },
    { keys: "c", label: "Compare the picked runs", group: "Runs", run: compare },
  ]);
  const loadMore = useCallback((): void => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const filtered = filter !== "" || text !== "";
  return (
    <>
      <ViewHeader title="Runs" note={countNote(total, rows.length, hasNextPage)}>
        {picked.length > 0 && (
          <Button look="primary" disabled={picked.length < 2} onClick={compare}>
            {picked.length < 2 ? "Pick another run" : `Compare ${picked.length} runs`}
          </Button>
        )}
        <FilterInput
          search
          label="Search in thoughts"
          placeholder="Search in thoughts"
          filter={text}
          onChange={(next) => change({ text: next || undefined, at: undefined })}
          className="w-64"
        />
        <span className="w-40">
          <Select
            aria-label="Order"
            value={order}
            onChange={(event) => change({ order: event.target.value || undefined, at: undefined })}
          >
            {ORDERS.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </span>
      </ViewHeader>
      <FilterBar filter={filter} onChange={(next) => change({ filter: next || undefined, at: undefined })} />
      {error !== null && (
        <div className="px-6 py-3">
          <ErrorNote error={error} retry={() => void refetch()} />
        </div>
      )}
      {isPending ? (
        <Loading />
      ) : rows.length === 0 && error === null ? (
        <EmptyState
          title={filtered ? "No thought fits" : "No runs yet"}
          action={
            filtered ? (
              <Button onClick={() => change({ filter: undefined, text: undefined })}>Clear the filter</Button>
            ) : undefined
          }
        >
          {filtered
            ? "Take a term out of the filter, or search for fewer words."
            : "Ask something, and it is here."}
        </EmptyState>
      ) : (
        <div className="flex min-h-0 flex-1">
          <ThoughtsTable
            rows={rows}
            total={total}
            cursor={cursor}
            picked={picked}
            onPick={pick}
            onChoose={(row) => change({ at: thoughtKey(row) })}
            onOpen={(row) => open(row, "/thought")}
            onEnd={loadMore}
          />
          {current !== undefined && <ThoughtPeek thought={current} />}
        </div>
      )}
    </>
  );
}

function countNote(total: number | undefined, shown: number, more: boolean): string | undefined {
  if (total !== undefined) return `${total.toLocaleString("en")} thoughts`;
  return shown === 0 ? undefined : `${shown.toLocaleString("en")}${more ? " and more" : ""} thoughts`;
}
