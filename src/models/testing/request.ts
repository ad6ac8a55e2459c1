import { z } from "zod";
import { hashText } from "../../thought/random.ts";
import type { Prompt } from "../client.ts";

const shared = {
  model: z.string(),
  n: z.int().positive().default(1),
  stream: z.boolean().default(false),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).optional(),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  seed: z.int().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  logprobs: z.union([z.boolean(), z.int()]).nullish(),
  response_format: z.looseObject({ type: z.string() }).nullish(),
};

const contentSchema = z
  .union([z.string(), z.array(z.looseObject({ text: z.string().default("") }))])
  .nullish()
  .transform((content) =>
    typeof content === "string" ? content : (content ?? []).map(({ text }) => text).join(""),
  );

const chatSchema = z.looseObject({
  ...shared,
  messages: z.array(z.looseObject({ role: z.string(), content: contentSchema })).min(1),
});
const completionSchema = z.looseObject({ ...shared, prompt: z.string() });

/** What a client asked, as it came over the wire; unknown parameters are kept. */
export type EndpointBody = z.infer<typeof chatSchema> | z.infer<typeof completionSchema>;

/** One request that reached the endpoint. */
export interface EndpointRequest {
  /** From 0, in the order of arrival. */
  number: number;
  /** A hash of the body: the same for a request that is sent again. */
  key: number;
  /** How often the same body had come before. */
  attempt: number;
  api: "chat" | "completions";
  body: EndpointBody;
  prompt: Prompt;
  /** Most tokens of a choice; infinite where the client set no limit. */
  maxTokens: number;
  stop: readonly string[];
}

/**
 * Reads a request's body. Throws a ZodError or a SyntaxError for one that is not in the form of its API.
 *
 * @param place what the endpoint knows of it besides: its number, and how often a body of this key came before
 */
export function readRequest(
  api: EndpointRequest["api"],
  text: string,
  place: { number: number; attemptOf(key: number): number },
): EndpointRequest {
  const parsed: unknown = JSON.parse(text);
  const key = hashText(text);
  const common = (body: EndpointBody) => ({
    number: place.number,
    key,
    attempt: place.attemptOf(key),
    api,
    body,
    maxTokens: body.max_completion_tokens ?? body.max_tokens ?? Number.POSITIVE_INFINITY,
    stop: typeof body.stop === "string" ? [body.stop] : (body.stop ?? []),
  });
  if (api === "completions") {
    const body = completionSchema.parse(parsed);
    return { ...common(body), prompt: { messages: [{ role: "user", content: body.prompt }] } };
  }
  const body = chatSchema.parse(parsed);
  return { ...common(body), prompt: promptOf(body.messages) };
}

/** The messages as the client's prompt has them: what an assistant's last turn holds is continued. */
function promptOf(messages: readonly { role: string; content: string }[]): Prompt {
  const turns = messages.flatMap(({ role, content }) =>
    role === "user" || role === "assistant" ? [{ role, content } as const] : [],
  );
  const system = messages.filter(({ role }) => role === "system" || role === "developer");
  const prefill = turns.at(-1)?.role === "assistant" ? turns.pop()?.content : undefined;
  return {
    ...(system.length === 0 ? {} : { system: system.map(({ content }) => content).join("\n\n") }),
    messages: turns,
    ...(prefill === undefined ? {} : { prefill }),
  };
}
