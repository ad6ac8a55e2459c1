import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type AnnotationRequest,
  type AnnotationsReply,
  annotationsReplySchema,
} from "sojourn/schemas/annotations-schema.ts";
import { callApi } from "../../api/client.ts";

/** One annotation that stands. */
export type Annotation = AnnotationsReply["annotations"][number];

/** What people said about one question, and how to say more; what is said shows at once. */
export function useAnnotations(run: string, question: string) {
  const client = useQueryClient();
  const key = ["annotations", run, question];
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      callApi("/api/annotations", { schema: annotationsReplySchema, query: { run, question }, signal }),
    enabled: question !== "",
  });
  const say = useMutation({
    mutationFn: (body: AnnotationRequest) =>
      callApi("/api/annotations", { schema: annotationsReplySchema, query: { run, question }, body }),
    // One after the other, so that the last word said is the last one kept.
    scope: { id: key.join("\n") },
    onMutate: async (body) => {
      await client.cancelQueries({ queryKey: key });
      client.setQueryData<AnnotationsReply>(key, (before) => ({
        unreadable: before?.unreadable ?? 0,
        annotations: withWord(before?.annotations ?? [], body),
      }));
    },
    onSuccess: (reply) => {
      client.setQueryData(key, reply);
      void client.invalidateQueries({ queryKey: ["annotated"] });
    },
    onError: () => void client.invalidateQueries({ queryKey: key }),
  });
  return { annotations: query.data?.annotations ?? [], error: say.error ?? query.error, say: say.mutate };
}

/** The annotations once something more was said: the author's word on a thing takes the place of their last. */
export function withWord(
  annotations: readonly Annotation[],
  said: AnnotationRequest,
  at: number = Date.now(),
): Annotation[] {
  const others = annotations.filter((one) => !isSameThing(one, said));
  const takenBack = said.type === "step-labelled" ? said.label === null : said.parts.length === 0;
  return takenBack ? others : [...others, { ...said, at }];
}

function isSameThing(one: Annotation, other: AnnotationRequest): boolean {
  if (one.author !== other.author || one.question !== other.question) return false;
  return one.type === "step-labelled"
    ? other.type === "step-labelled" && one.node === other.node
    : other.type === "thought-written" && one.thought === other.thought;
}
