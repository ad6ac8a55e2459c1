import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorNote, Loading } from "./notes.tsx";

/** What a query brought; until then that it is under way, or in one line what went wrong, with another try. */
export function Fetched<Data>({
  query: { data, error, refetch },
  what,
  children,
}: {
  query: UseQueryResult<Data>;
  /** What is under way, in the words of the view. Default: loading. */
  what?: string;
  children: (data: Data) => ReactNode;
}): ReactNode {
  if (error !== null)
    return (
      <div className="p-4">
        <ErrorNote error={error} retry={() => void refetch()} />
      </div>
    );
  return data === undefined ? <Loading what={what} /> : children(data);
}
