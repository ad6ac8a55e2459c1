import { BudgetExhaustedError } from "../../models/budget.ts";
import type { ModelClient } from "../../models/client.ts";
import { equivalent } from "../../rewards/equivalent.ts";
import type { Recorder } from "../../runs/recorder.ts";
import { messageOf } from "../../thought/errors.ts";
import type { EventBody } from "../../thought/event.ts";
import type { Question } from "../../thought/question.ts";
import type { Prompts } from "../prompt.ts";
import { readLabelledReply } from "../reply.ts";

/** A longer answer is a text already, and is not written once more. */
const LONGEST_ANSWER = 200;

/** The place from which the writer is asked. */
const SITE = "write";

/** What the writer is given. */
export interface WritingRequest {
  question: Question;
  /** The chosen answer and the steps to it. */
  answer: string;
  thought: readonly string[];
  client: ModelClient;
  recorder: Recorder;
  prompts: Prompts;
  maxTokens: number;
  signal: AbortSignal;
}

/** What came of it: the text, or why there is none, as an event for the log; neither where none is wanted. */
export interface Written {
  text?: string | undefined;
  trouble?: EventBody | undefined;
}

/**
 * Has the writer put the chosen answer and its thought into words for the user, in the conversation that the question
 * belongs to. What it states as the answer has to be equivalent to the chosen one, or its text is not used.
 * Never rejects: the answer is there already.
 */
export async function write({ client, ...request }: WritingRequest): Promise<Written> {
  const { question, answer, thought, recorder, prompts, maxTokens, signal } = request;
  if (thought.length === 0 || answer.length > LONGEST_ANSWER) return {};
  const failed = (error: string): Written => ({
    trouble: { type: "task-told", task: SITE, outcome: "failed", error },
  });
  const logged = recorder.loggedFailure(SITE);
  if (logged !== undefined) return failed(logged.error ?? "failed");
  const values = { question: question.text, thought: thought.join("\n"), answer };
  const messages = [
    ...(question.turns ?? []),
    { role: "user" as const, content: prompts("write-answer", values) },
  ];
  try {
    const [pending] = client.sample({
      ...{ role: "writer", site: SITE, prompt: { system: question.system, messages } },
      ...{ thinking: "none", maxTokens, signal },
    });
    const sample = await pending;
    sample?.settle();
    return readWritten(sample?.text ?? "", answer);
  } catch (error) {
    if (!(error instanceof BudgetExhaustedError)) return failed(messageOf(error));
    const text = "no budget left for the writer; the answer stands as it was thought";
    return { trouble: { type: "warning-raised", text } };
  }
}

function readWritten(text: string, answer: string): Written {
  const lines = text.trim().split("\n");
  const at = lines.findLastIndex((line) => readLabelledReply(line).answer !== undefined);
  const stated = readLabelledReply(lines[at] ?? "").answer;
  if (stated === undefined || !equivalent(stated, answer)) {
    const what = stated === undefined ? "no answer" : `"${stated}"`;
    const warning = `the writer stated ${what}, not "${answer}"; the answer stands as it was thought`;
    return { trouble: { type: "warning-raised", text: warning } };
  }
  const body = [...lines.slice(0, at), ...lines.slice(at + 1)].join("\n").trim();
  if (body === "") return {};
  const says = body.toLowerCase().includes(answer.toLowerCase());
  return { text: says ? body : `${body}\n\n${answer}` };
}
