import { BudgetExhaustedError } from "../../models/budget.ts";
import { FailureError } from "../../thought/errors.ts";
import type { Question } from "../../thought/question.ts";
import type { Hardness } from "../../thought/role-choices.ts";
import { choose } from "../agents/choose.ts";
import type { Thinking } from "../strategy.ts";
import { lookOf, readFeatures } from "./features.ts";

/** How hard a question is taken to be, and who says so. */
export interface Difficulty {
  hardness: Hardness;
  /** For the log: `easy by its form`, `hard, the router is 0.83 sure`. */
  reason: string;
}

/** The place from which the router is asked. */
const SITE = "route";

/**
 * Judges how hard a question is before anything is thought about it. A model that was trained as a router, or one that
 * plays the role by itself, is asked; elsewhere, and where it fails, the form of the text decides. A model that does all
 * roles is not asked: its call would come before the first thought and cost about as much as an easy question.
 *
 * Throws the signal's reason.
 */
export async function judgeDifficulty(question: Question, think: Thinking): Promise<Difficulty> {
  const look = lookOf(readFeatures(question.text));
  const signs = look.signs.length === 0 ? "" : ` (${look.signs.join(", ")})`;
  const byForm = (trouble = "") => ({
    hardness: look.hardness,
    reason: `${look.hardness} by its form${signs}${trouble}`,
  });
  if (!hasRouter(question, think)) return byForm();
  try {
    const routed = await choose(think, {
      role: "router",
      site: SITE,
      question,
      thought: [],
      prompt: "route",
    });
    const { choice, probabilities, reason } = routed;
    const sure = probabilities?.[choice];
    const said = sure === undefined ? (reason ?? "") : `${sure.toFixed(2)} sure`;
    return { hardness: choice, reason: `${choice} by the router${said === "" ? "" : `, ${said}`}` };
  } catch (error) {
    if (error instanceof BudgetExhaustedError) return byForm("; no budget for the router");
    if (!(error instanceof FailureError)) throw error;
    return byForm(`; the router failed: ${error.message}`);
  }
}

function hasRouter({ text }: Question, { client }: Thinking): boolean {
  const router = client.traits("router");
  if (router.accepts?.(text) === false) return false;
  if (router.chooses?.includes("router") === true) return true;
  return router.followsInstructions && router.name !== client.traits("policy").name;
}
