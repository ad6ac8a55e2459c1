import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { runsReplySchema } from "sojourn/schemas/store-schema.ts";
import { callApi } from "../../api/client.ts";
import { VerdictBadge } from "../../components/badge.tsx";
import { visibleText } from "../../components/text-parts.ts";

/** So many are listed. */
const SHOWN = 5;

/** The questions that were thought about last, each with its answer and the way to its tree. Nothing where there are none. */
export function RecentRuns(): ReactNode {
  const runs = useQuery({
    queryKey: ["runs", "recent"],
    queryFn: ({ signal }) =>
      callApi("/api/runs", { schema: runsReplySchema, query: { limit: SHOWN }, signal }),
  });
  const asked =
    runs.data?.rows.flatMap((row) => (row.asked === null ? [] : { ...row, asked: row.asked })) ?? [];
  if (asked.length === 0) return null;
  return (
    <section aria-labelledby="recent-title" className="flex flex-col gap-2">
      <h2 id="recent-title" className="text-fine font-medium text-muted">
        Thought about lately
      </h2>
      <ul className="divide-y divide-line overflow-hidden rounded-panel border border-line bg-panel">
        {asked.map(({ run, asked: question, answer, thoughts, graded, correct, strategies }) => (
          <li key={run}>
            <Link
              to="/tree"
              search={{ run }}
              className="flex items-center gap-4 px-4 py-2 text-body transition-colors hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate">{visibleText(question.slice(0, 200))}</span>
              <span className="max-w-40 truncate font-medium">{visibleText(answer?.slice(0, 80) ?? "")}</span>
              {thoughts === 1 && graded === 1 && <VerdictBadge correct={correct === 1} />}
              <span className="w-28 shrink-0 truncate text-right text-fine text-muted">
                {thoughts > 1 ? `${thoughts} questions` : strategies.at(-1)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
