import { z } from "zod";
import type { BudgetExhaustedError } from "../../models/budget.ts";
import { FailureError } from "../../thought/errors.ts";
import type { Thinking } from "../strategy.ts";
import { type AgentRequest, askAll } from "./ask-all.ts";
import { readObject } from "./read-object.ts";

/** How often a model that did not keep to the schema is asked again. */
export const MOST_REPAIRS = 2;

/** What an agent is to say, as validated data. */
export interface StructuredRequest<Value> extends AgentRequest {
  /** The form of the reply. The prompt has to describe it too: not every backend holds a reply to a schema. */
  form: z.ZodType<Value>;
}

/** What came of a structured request: the value, or why there is none and what was said last in its place. */
export type StructuredReply<Value> =
  | { value: Value }
  | { failed: FailureError | BudgetExhaustedError; said?: string | undefined };

/**
 * Asks several agents at once for validated data. A reply that does not have the form is shown to its model again with
 * what is wrong with it, at most twice; each time a `warning-raised` says so. Where the budget ends before, what came of
 * the others stays, as with {@link askAll}; throws the signal's reason.
 */
export async function askForObjects<Value>(
  think: Thinking,
  requests: readonly StructuredRequest<Value>[],
): Promise<StructuredReply<Value>[]> {
  const replies: (StructuredReply<Value> | undefined)[] = requests.map(() => undefined);
  let open: Open<Value>[] = requests.map((request, index) => ({
    ...{ request: plain(request), form: request.form, index },
  }));
  for (let repairs = 0; open.length > 0; repairs++) {
    const answers = await askAll(
      think,
      open.map(({ request }) => request),
    );
    const again: typeof open = [];
    for (const [place, { request, form, index, said }] of open.entries()) {
      const answer = answers[place];
      if (answer === undefined || "failed" in answer) {
        replies[index] = { failed: answer?.failed ?? new FailureError("no reply"), said };
        continue;
      }
      const { text } = answer.sample;
      const read = readObject(text, form);
      if ("value" in read) {
        replies[index] = read;
        continue;
      }
      think.recorder.emit({
        type: "warning-raised",
        text: `${request.role} at ${request.site}: ${read.wrong}`,
      });
      if (repairs === MOST_REPAIRS) {
        const times = MOST_REPAIRS + 1;
        replies[index] = {
          failed: new FailureError(
            `the ${request.role} gave no usable reply in ${times} tries: ${read.wrong}`,
          ),
          said: text,
        };
      } else {
        const repair = repairOf(think, request, text, read.wrong, repairs);
        again.push({ request: repair, form, index, said: text });
      }
    }
    open = again;
  }
  return replies.map((reply) => reply ?? { failed: new FailureError("no reply") });
}

/** One of several requests that has no usable reply yet. */
interface Open<Value> {
  request: AgentRequest;
  form: z.ZodType<Value>;
  index: number;
  /** Its last reply, which was not usable. */
  said?: string;
}

/** Asks one agent for validated data. Throws a FailureError where it gave none, and what `askOne` throws. */
export async function askForObject<Value>(
  think: Thinking,
  request: StructuredRequest<Value>,
): Promise<Value> {
  const [reply] = await askForObjects(think, [request]);
  if (reply === undefined || "failed" in reply) throw reply?.failed ?? new RangeError("no reply");
  return reply.value;
}

function plain<Value>({ form, ...request }: StructuredRequest<Value>): AgentRequest {
  return { ...request, schema: z.toJSONSchema(form, { io: "input" }) };
}

/** The request that shows a model its reply again with what is wrong with it, as repair number `repairs`, from 0. */
export function repairOf(
  think: Thinking,
  request: AgentRequest,
  said: string,
  wrong: string,
  repairs: number,
): AgentRequest {
  const { prompt } = request;
  const site = repairs === 0 ? `${request.site}:repair` : `${request.site}-again`;
  const messages = [
    ...prompt.messages,
    { role: "assistant", content: said.trim() === "" ? "(nothing)" : said } as const,
    { role: "user", content: think.prompts("repair", { wrong }) } as const,
  ];
  return { ...request, site, prompt: { ...prompt, messages } };
}
