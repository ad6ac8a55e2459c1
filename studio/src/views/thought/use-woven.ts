import { useQuery } from "@tanstack/react-query";
import { type WovenReply, wovenReplySchema } from "sojourn/schemas/woven-schema.ts";
import { callApi } from "../../api/client.ts";
import type { LiveQuestion } from "../../thought/live-question.ts";

/** The long thoughts that a question was woven into, with their drafts; none while it is thought about. */
export function useWoven({ run, question, connection }: LiveQuestion): WovenReply["pairs"] {
  const { data } = useQuery({
    queryKey: ["woven", run, question],
    queryFn: ({ signal }) =>
      callApi(`/api/runs/${encodeURIComponent(run)}/questions/${encodeURIComponent(question ?? "")}/woven`, {
        ...{ schema: wovenReplySchema, signal },
      }),
    enabled: connection === "ended" && question !== undefined,
  });
  return data?.pairs ?? [];
}
