import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type ThoughtsReply, thoughtsReplySchema } from "sojourn/schemas/store-schema.ts";
import { callApi } from "../../api/client.ts";
import type { RunsSearch } from "./runs-search.ts";

/** One thought in the list. */
export type ListedThought = ThoughtsReply["rows"][number];

/** Rows that are asked for at once. */
const PAGE = 100;

/** The thoughts of a filter, page after page by key: however many there are, only those that were scrolled to are here. */
export function useThoughts({ filter, text, order }: Pick<RunsSearch, "filter" | "text" | "order">) {
  const query = useInfiniteQuery({
    queryKey: ["thoughts", filter, text, order],
    queryFn: ({ pageParam, signal }) =>
      callApi("/api/thoughts", {
        schema: thoughtsReplySchema,
        query: { filter, text, order, after: pageParam, limit: PAGE },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  return { ...query, rows, total: query.data?.pages[0]?.total };
}

/** How a thought is named in an address. */
export function thoughtKey({ run, question }: { run: string; question: string }): string {
  return `${run}/${question}`;
}
