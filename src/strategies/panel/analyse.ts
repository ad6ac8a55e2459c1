import type { BudgetExhaustedError } from "../../models/budget.ts";
import type { Question } from "../../thought/question.ts";
import { type AgentRequest, askAll, refusalIn } from "../agents/ask-all.ts";
import { questionInContext } from "../agents/question-in-context.ts";
import type { Thinking } from "../strategy.ts";
import type { SubTask } from "./plan.ts";

/** What an analyst worked out. */
export interface Analysis {
  subTask: SubTask;
  text: string;
  /** How often its sub-task was sent back before it. */
  reworked: number;
}

/** An analysis that was sent back, and why. */
export interface SentBack {
  analysis: Analysis;
  reason: string;
}

/** What an analyst is asked: a sub-task for the first time, or again. */
export type Assignment = { subTask: SubTask; memory?: string | undefined; sentBack?: SentBack | undefined };

/**
 * Has all assignments worked on at once. An analyst that fails or says nothing is left out with a warning; the others go
 * on. `failure` is the newest of them, in a line; `refusal` says that the budget did not reach all. Throws what `askAll`
 * throws.
 */
export async function analyse(
  think: Thinking,
  question: Question,
  assignments: readonly Assignment[],
): Promise<{ analyses: Analysis[]; failure: string; refusal: BudgetExhaustedError | undefined }> {
  const replies = await askAll(
    think,
    assignments.map((assignment) => requestFor(think, question, assignment)),
  );
  let failure = "";
  const analyses = replies.flatMap((reply, index) => {
    const assignment = assignments[index];
    if (assignment === undefined) return [];
    const { subTask, sentBack } = assignment;
    const text = "failed" in reply ? "" : reply.sample.text.trim();
    if (text === "") {
      failure = "failed" in reply ? reply.failed.message : "an empty reply";
      think.recorder.emit({
        type: "warning-raised",
        text: `analyst ${subTask.number} brought nothing: ${failure}`,
      });
      return [];
    }
    think.recorder.emit({ type: "agent-spoke", agent: `analyst ${subTask.number}`, text });
    return { subTask, text, reworked: sentBack === undefined ? 0 : sentBack.analysis.reworked + 1 };
  });
  return { analyses, failure, refusal: refusalIn(replies) };
}

function requestFor(
  think: Thinking,
  question: Question,
  { subTask, memory, sentBack }: Assignment,
): AgentRequest {
  const { number, task, check, role } = subTask;
  const context = memory === undefined ? "" : think.prompts("panel-context", { memory });
  const asked = think
    .prompts("panel-task", {
      ...{ question: questionInContext(question), task, check, context },
    })
    .trimEnd();
  const again = sentBack === undefined ? "" : `:again-${sentBack.analysis.reworked + 1}`;
  const rework =
    sentBack === undefined
      ? []
      : [
          { role: "assistant", content: sentBack.analysis.text } as const,
          {
            role: "user",
            content: think.prompts("panel-rework", { reason: sentBack.reason }),
          } as const,
        ];
  return {
    role,
    site: `analyse:${number}${again}`,
    prompt: {
      system: think.prompts("panel-analyst"),
      messages: [{ role: "user", content: asked }, ...rework],
    },
  };
}
