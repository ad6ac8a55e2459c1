import type { ModelClient, Prompt } from "../../models/client.ts";
import type { Question } from "../../thought/question.ts";
import { questionInContext } from "../agents/question-in-context.ts";
import type { Prompts } from "../prompt.ts";
import { shownLine } from "./extract-summary.ts";
import { ungrounded } from "./grounded.ts";
import type { SummaryStage } from "./summary-stages.ts";

/** Most tokens of a summary; a few sentences need no more. */
const MOST_TOKENS = 400;

/** Most characters of a stage that the summarizer is shown. */
const MOST_SHOWN = 12_000;

/** What a summary is asked of. */
export interface SummaryRequest {
  question: Question;
  stage: SummaryStage;
  client: ModelClient;
  prompts: Prompts;
  maxTokens: number;
  signal: AbortSignal;
}

/**
 * Has the summarizer sum a stage up in the question's language. A summary with a number or a name that does not occur in
 * the question or the stage is asked for once more; after that, and where no reply comes, the stage's first and last
 * lines stand in its place, marked as such. Never rejects: a summary is no reason to stop thinking.
 */
export async function summarize({ client, ...request }: SummaryRequest): Promise<string> {
  const { question, stage, prompts, maxTokens, signal } = request;
  const steps = stage.lines.map(shownLine).join("\n").slice(0, MOST_SHOWN);
  const about = questionInContext(question);
  const asked = { role: "user" as const, content: prompts("summarize", { question: about, steps }) };
  const site = `summary:${stage.ordinal}`;
  const ask = async (prompt: Prompt, where: string): Promise<string> => {
    const [pending] = client.sample({
      ...{ role: "summarizer", site: where, prompt, thinking: "none", temperature: 0, signal },
      maxTokens: Math.min(MOST_TOKENS, maxTokens),
    });
    const sample = await pending;
    sample?.settle();
    return sample?.text.trim() ?? "";
  };
  try {
    const first = await ask({ messages: [asked] }, site);
    const wrong = faultOf(first, about, steps);
    if (wrong === undefined) return first;
    const again = { role: "user" as const, content: prompts("summarize-again", { wrong }) };
    const said = { role: "assistant" as const, content: first === "" ? "(nothing)" : first };
    const second = await ask({ messages: [asked, said, again] }, `${site}:again`);
    return faultOf(second, about, steps) === undefined ? second : inPlace(stage);
  } catch {
    return inPlace(stage);
  }
}

function faultOf(summary: string, question: string, steps: string): string | undefined {
  return summary === "" ? "the summary is empty" : ungrounded(summary, [question, steps]);
}

/** What stands in place of a summary: the stage's first and last lines. */
function inPlace({ lines }: SummaryStage): string {
  const [first, last] = [lines[0], lines.at(-1)].map((line) => (line === undefined ? "" : shownLine(line)));
  return first === last ? `(not summed up) ${first}` : `(not summed up) ${first} … ${last}`;
}
