import type { BudgetExhaustedError } from "../models/budget.ts";
import { equivalent } from "../rewards/equivalent.ts";
import { FailureError } from "../thought/errors.ts";
import type { Question } from "../thought/question.ts";
import { latestScore, pathTo, type Tree, type TreeNode } from "../thought/tree.ts";
import { askOne, refusalIn } from "./agents/ask-all.ts";
import { askForObjects } from "./agents/structured.ts";
import { Trajectory } from "./agents/trajectory.ts";
import { untilBudgetEnds } from "./agents/until-budget-ends.ts";
import { conclude } from "./conclude.ts";
import { bestProposal, type Decided, decide, oneLine } from "./plan/decide.ts";
import { plannedStepSchema } from "./plan/form.ts";
import { actionLines, plannerPrompt, writerPrompt } from "./plan/words.ts";
import { readLabelledReply } from "./reply.ts";
import type { Strategy, Thinking } from "./strategy.ts";

/**
 * Plans step by step (after P1; Beibin Li 2024). At each step a planner reflects on the steps so far, scores at least
 * four actions and carries one of them out, all in one reply whose form is checked; `width` planners propose at once and
 * the highest-scored proposal is the step. Planning ends where the planner says so, where the answer has stayed the same
 * for two steps, where a checker verifies it, or after `depth` steps. Then a
 * writer answers from the trajectory: one call more than there are steps stand one after the other.
 *
 * A planner that cannot keep to the form ends the planning too; if what it wrote is prose, that is the last step.
 */
export const plan: Strategy = async (question, think) => {
  const trajectory = new Trajectory(think);
  const verifies = ({ answer }: TreeNode): boolean =>
    answer !== undefined && (think.checker?.check(question, answer).correct ?? false);
  let at = trajectory.root;
  let ended = `${think.settings.depth} steps were taken`;
  let written: TreeNode | undefined;

  const drive = await untilBudgetEnds(think, async () => {
    for (let step = 1; step <= think.settings.depth; step++) {
      const taken = await takeStep(question, think, { trajectory, at, step });
      const before = at.answer;
      at = taken.at;
      if (verifies(at)) {
        ended = "a rule verified the answer";
        return;
      }
      if (taken.refusal !== undefined) throw taken.refusal;
      const stable = before !== undefined && at.answer !== undefined && equivalent(before, at.answer);
      const reason = taken.ended ?? (stable ? "the answer stayed the same" : undefined);
      if (reason === undefined) continue;
      ended = reason;
      break;
    }
    written = await write(question, think, { trajectory, at });
  });

  const best = bestAnswer(trajectory.tree, at);
  const chosen = best !== undefined && verifies(best) ? best : (written ?? best);
  const from = chosen === written ? "written from the plan" : "best answer of the plan";
  const reason = drive.ended === "finished" ? `${from}: ${ended}` : from;
  return conclude(think, { question, tree: trajectory.tree, drive, chosen, reason });
};

/** Where the trajectory stands, and for steps what step it is. */
interface Place {
  trajectory: Trajectory;
  /** The last step that was taken. */
  at: TreeNode;
}

/** A step that was taken. */
interface Taken {
  at: TreeNode;
  /** Why it is the last one, where it is. */
  ended?: string | undefined;
  /** Why the budget did not reach all planners, where it did not: then it is the last one too. */
  refusal?: BudgetExhaustedError | undefined;
}

/** Asks the planners for one step and takes the best of what came. */
async function takeStep(
  question: Question,
  think: Thinking,
  { trajectory, at, step }: Place & { step: number },
): Promise<Taken> {
  const { recorder, settings, prompts } = think;
  const prompt = plannerPrompt(question, at, { prompts, step, most: settings.depth });
  const requests = Array.from({ length: settings.width }, (_, index) => {
    const site = index === 0 ? `plan:${at.id}` : `plan:${at.id}#${index + 1}`;
    return { role: "planner" as const, site, prompt, form: plannedStepSchema };
  });
  const replies = await askForObjects(think, requests);

  const proposals: (Decided & { node: TreeNode })[] = [];
  for (const [index, reply] of replies.entries()) {
    if ("failed" in reply) continue;
    const agent = index === 0 ? "planner" : `planner ${index + 1}`;
    if (reply.value.reflection !== "") {
      recorder.emit({ type: "agent-spoke", agent, text: reply.value.reflection });
    }
    recorder.emit({ type: "agent-spoke", agent, text: actionLines(reply.value) });
    const decided = decide(reply.value);
    if (decided.overruled !== undefined) {
      recorder.emit({ type: "warning-raised", text: `${agent} at step ${step} ${decided.overruled}` });
    }
    const node = trajectory.add(at, { steps: [decided.text], answer: decided.answer });
    trajectory.score(node, { value: (decided.score - 1) / 4, by: "planner", reason: decided.reason });
    proposals.push({ ...decided, node });
  }
  const best = bestProposal(proposals);
  const refusal = refusalIn(replies);
  if (best === undefined) return { ...withoutPlan(think, replies, { trajectory, at, step }), refusal };
  for (const { node, score } of proposals) {
    if (node !== best.node) trajectory.prune(node, `scored ${score}; the step taken, ${best.score}`);
  }
  return { at: best.node, ended: best.done ? "the planner was done" : undefined, refusal };
}

/** Goes on where no planner gave a step in the form: with the prose of the first that wrote any, else without a step. */
function withoutPlan(
  think: Thinking,
  replies: Awaited<ReturnType<typeof askForObjects>>,
  { trajectory, at, step }: Place & { step: number },
): Taken {
  const failures = replies.flatMap((reply) => ("failed" in reply ? reply : []));
  const prose = failures.map(({ said = "" }) => said).find(isProse);
  const read = prose === undefined ? undefined : readLabelledReply(prose);
  // The end of the budget is told as such.
  if (read === undefined && refusalIn(replies) !== undefined) return { at };
  const what = read === undefined ? "there is no step" : "its prose is taken as the step";
  const why = failures[0]?.failed.message ?? "no reply";
  const text = `planning ends at step ${step}, where ${what}: ${why}`;
  think.recorder.emit({ type: "warning-raised", text });
  const ended = "the planner gave no plan";
  if (read === undefined) return { at, ended };
  const steps = read.steps.length === 0 ? [] : [oneLine(read.steps.join(" "))];
  return { at: trajectory.add(at, { steps, answer: read.answer }), ended };
}

/** Whether a reply is prose, and not an object that broke off or was never right. */
function isProse(said: string): boolean {
  return /\p{L}{2}/u.test(said) && !/^\s*(?:```\w*\s*)?[[{]/.test(said);
}

/** Has the writer answer from the trajectory. Where it fails, the plan's own answers have to do, if there are any. */
async function write(
  question: Question,
  think: Thinking,
  { trajectory, at }: Place,
): Promise<TreeNode | undefined> {
  const prompt = writerPrompt(question, at, think.prompts);
  let why: string;
  try {
    const { text } = await askOne(think, { role: "writer", site: `write:${at.id}`, prompt });
    const { steps, answer } = readLabelledReply(text);
    if (answer !== undefined) return trajectory.add(at, { steps, answer });
    // A writer that forgets the label has still written the answer.
    if (text.trim() !== "") return trajectory.add(at, { steps: [], answer: text.trim() });
    why = "the writer wrote nothing";
  } catch (error) {
    if (!(error instanceof FailureError) || bestAnswer(trajectory.tree, at) === undefined) throw error;
    why = `the writer gave no answer: ${error.message}`;
  }
  think.recorder.emit({ type: "warning-raised", text: `${why}; the plan's own answer has to do` });
  return undefined;
}

/** The newest answer of the steps taken, else the highest-scored one of the proposals left aside. */
function bestAnswer(tree: Tree, at: TreeNode): TreeNode | undefined {
  const taken = pathTo(at).findLast(({ answer }) => answer !== undefined);
  if (taken !== undefined) return taken;
  let best: TreeNode | undefined;
  for (const node of tree.nodes()) {
    if (node.answer === undefined) continue;
    if (best === undefined || scoreOf(node) > scoreOf(best)) best = node;
  }
  return best;
}

function scoreOf(node: TreeNode): number {
  return latestScore(node)?.value ?? 0;
}
