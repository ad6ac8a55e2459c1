import type { Prompt } from "../../models/client.ts";
import type { Question } from "../../thought/question.ts";
import { pathTo, type TreeNode } from "../../thought/tree.ts";
import type { Prompts } from "../prompt.ts";
import type { PlannedStep } from "./form.ts";

/** What a planner is shown: the question and the trajectory, nothing of what it has said before. */
export function plannerPrompt(
  question: Question,
  at: TreeNode,
  { prompts, step, most }: { prompts: Prompts; step: number; most: number },
): Prompt {
  const values = { question: question.text, steps: stepList(at), step: String(step), most: String(most) };
  return promptOf(question, prompts("plan-step"), prompts("plan-so-far", values));
}

/** What the writer is shown: the question and the whole trajectory. */
export function writerPrompt(question: Question, at: TreeNode, prompts: Prompts): Prompt {
  const values = { question: question.text, steps: stepList(at) };
  return promptOf(question, prompts("plan-write"), prompts("plan-trajectory", values));
}

/** The actions of a step with their scores, a line each; an arrow stands before the planner's decision. */
export function actionLines({ actions, decision }: PlannedStep): string {
  return actions
    .map(({ action, score, reason }, index) => {
      const mark = index + 1 === decision ? "→" : " ";
      return `${mark} ${index + 1}. [${score}] ${action}${reason === "" ? "" : ` (${reason})`}`;
    })
    .join("\n");
}

function promptOf(question: Question, instructions: string, content: string): Prompt {
  const system = question.system === undefined ? instructions : `${question.system}\n\n${instructions}`;
  return { system, messages: [...(question.turns ?? []), { role: "user", content }] };
}

function stepList(at: TreeNode): string {
  const steps = pathTo(at).map(({ text, answer }, index) => {
    const soFar = answer === undefined ? "" : `\n   Best answer then: ${answer}`;
    return `${index + 1}. ${text}${soFar}`;
  });
  return steps.length === 0 ? "(none yet)" : steps.join("\n");
}
