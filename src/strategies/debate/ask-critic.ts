import { z } from "zod";
import { FailureError } from "../../thought/errors.ts";
import type { Question } from "../../thought/question.ts";
import { type CriticAction, roleChoices } from "../../thought/role-choices.ts";
import { pathTo, type TreeNode } from "../../thought/tree.ts";
import { choose } from "../agents/choose.ts";
import { questionInContext } from "../agents/question-in-context.ts";
import { askForObject } from "../agents/structured.ts";
import type { Trajectory } from "../agents/trajectory.ts";
import type { Thinking } from "../strategy.ts";

/** What a critic has against a solution. */
export interface Objection {
  /** The first wrong step; absent where the critic names none. */
  step?: TreeNode | undefined;
  /** Absent where the critic cannot say, or said nothing usable. */
  reason?: string | undefined;
}

const form = z.object({
  reason: z.string().trim().optional(),
  step: z.union([z.number(), z.string()]).nullish(),
  verdict: z
    .string()
    .trim()
    .toLowerCase()
    .refine((word) => word === "good" || word === "bad", 'has to be "good" or "bad"'),
});

/**
 * Asks the critic about a solution; undefined where it agrees. A model that was trained for the role (nano) chooses what
 * to do after the last step, and objects to that step. A critic that gives no usable verdict neither agrees nor objects:
 * the solution is written anew, and stands if it comes to the same answer again. Throws what `askAll` throws.
 */
export async function askCritic(
  think: Thinking,
  question: Question,
  trajectory: Trajectory,
  leaf: TreeNode,
): Promise<Objection | undefined> {
  const trained = think.client.traits("critic").chooses?.includes("critic") === true;
  try {
    const { stands, words, ...objection } = trained
      ? await readChoice(think, question, leaf)
      : await readVerdict(think, question, leaf);
    think.recorder.emit({ type: "agent-spoke", agent: "critic", text: words });
    trajectory.score(leaf, { value: stands, by: "critic", reason: objection.reason });
    return stands >= 0.5 ? undefined : objection;
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const text = `the critic gave no verdict on ${leaf.id}, which is neither agreement nor objection: ${error.message}`;
    think.recorder.emit({ type: "warning-raised", text });
    return {};
  }
}

interface Verdict extends Objection {
  /** The probability that the solution stands. */
  stands: number;
  /** The verdict in words, for the log. */
  words: string;
}

async function readVerdict(think: Thinking, question: Question, leaf: TreeNode): Promise<Verdict> {
  const steps = pathTo(leaf).filter(({ text }) => text !== "");
  const content = think.prompts("debate-critic", {
    question: questionInContext(question),
    steps: steps.map(({ text }, index) => `${index + 1}. ${text}`).join("\n") || "(none)",
    answer: leaf.answer ?? "",
  });
  const said = await askForObject(think, {
    ...{ role: "critic", site: `critic:${leaf.id}`, form },
    prompt: { messages: [{ role: "user", content }] },
  });
  const reason = said.reason?.replace(/\s+/g, " ") || undefined;
  const about = reason === undefined ? "" : `: ${reason}`;
  if (said.verdict === "good") return { stands: 1, words: `good${about}`, reason };
  // A number that no step has says nothing of where the mistake is.
  const step = said.step == null ? undefined : steps[Number(said.step) - 1];
  const where = step === undefined ? "" : ` at step ${steps.indexOf(step) + 1}`;
  return { stands: 0, words: `bad${where}${about}`, step, reason };
}

async function readChoice(think: Thinking, question: Question, leaf: TreeNode): Promise<Verdict> {
  const path = pathTo(leaf).filter(({ text }) => text !== "");
  const { choice, probabilities = { [choice]: 1 } } = await choose(think, {
    ...{ role: "critic", site: `critic:${leaf.id}`, question, prompt: "critique-choose" },
    thought: path.map(({ text }) => text),
  });
  const share = (word: CriticAction): number => probabilities[word] ?? 0;
  const objects = roleChoices.critic.filter((word) => word === "backtrack" || word === "reflect");
  const stands = 1 - objects.reduce((sum, word) => sum + share(word), 0);
  return { stands: Math.min(1, Math.max(0, stands)), words: choice, step: path.at(-1) };
}
