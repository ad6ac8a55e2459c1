import { equivalent } from "../../rewards/equivalent.ts";
import type { PlannedStep } from "./form.ts";

/** How far below the best-scored action the decision may lie. */
const MOST_BELOW_BEST = 1;

/** A step as it goes into the trajectory: what the planner decided for, held to its own scores. */
export interface Decided {
  /** The step's text, on one line. */
  text: string;
  /** The score of the action that is taken, 1 to 5. */
  score: number;
  /** Why it has that score. */
  reason: string;
  answer: string | undefined;
  /** Whether planning is to end here. */
  done: boolean;
  /** What the planner wanted and did not get, in one line; undefined where its decision stands. */
  overruled?: string | undefined;
}

/**
 * Holds a planner to its scores. Its decision stands if its action lies at most one point below the best-scored one.
 * Otherwise the first of the best-scored actions is the step, to be carried out next; what the planner has carried out,
 * its answer and its wish to end rest on an action that it thinks little of itself, and are dropped.
 */
export function decide(step: PlannedStep): Decided {
  const best = Math.max(...step.actions.map(({ score }) => score));
  const own = step.actions[step.decision - 1];
  if (own !== undefined && own.score >= best - MOST_BELOW_BEST) {
    return {
      text: oneLine(step.execution),
      score: own.score,
      reason: own.reason,
      answer: answerOf(step),
      done: step.done,
    };
  }
  const taken = step.actions.findIndex(({ score }) => score === best);
  const { action = "", reason = "" } = step.actions[taken] ?? {};
  return {
    text: `${oneLine(action)} (still to be carried out)`,
    score: best,
    reason,
    answer: undefined,
    done: false,
    overruled: `decided for action ${step.decision} (score ${own?.score}) against action ${taken + 1} (score ${best}); action ${taken + 1} is taken`,
  };
}

/**
 * Which of several proposals for one step is carried out: the one with the highest score; among equals the one whose
 * answer more of the others share, then the first.
 */
export function bestProposal<Proposal extends Decided>(proposals: readonly Proposal[]): Proposal | undefined {
  let best: { proposal: Proposal; agreeing: number } | undefined;
  for (const proposal of proposals) {
    const agreeing = proposals.filter((other) => sameAnswer(other, proposal)).length;
    const better =
      best === undefined ||
      proposal.score > best.proposal.score ||
      (proposal.score === best.proposal.score && agreeing > best.agreeing);
    if (better) best = { proposal, agreeing };
  }
  return best?.proposal;
}

/** A text with its line breaks and runs of spaces as single spaces: a step is a line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function sameAnswer(left: Decided, right: Decided): boolean {
  return left.answer !== undefined && right.answer !== undefined && equivalent(left.answer, right.answer);
}

/** A model that has no answer sometimes writes the word `null`. */
function answerOf({ answer }: PlannedStep): string | undefined {
  const text = answer === null ? "" : String(answer).trim();
  return text === "" || text.toLowerCase() === "null" ? undefined : text;
}
