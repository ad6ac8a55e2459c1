import { BudgetExhaustedError } from "../../models/budget.ts";
import { FailureError } from "../../thought/errors.ts";
import type { Decision } from "../conclude.ts";
import type { Thinking } from "../strategy.ts";

/**
 * Lets agents take their turns until they are done, the budget ends, or a call that they cannot do without has failed.
 * The last two are no error: what was thought until then is kept, and `conclude` makes the best of it.
 */
export async function untilBudgetEnds(
  think: Thinking,
  turns: () => Promise<void>,
): Promise<Decision["drive"]> {
  try {
    await turns();
    return { ended: "finished" };
  } catch (error) {
    if (error instanceof BudgetExhaustedError) {
      const { limit, allowed } = error;
      think.recorder.emit({ type: "budget-exhausted", limit, allowed });
      return { ended: "budget" };
    }
    // A bug or the user's stop is passed on; a failed call is the end of the turns.
    if (!(error instanceof FailureError)) throw error;
    return { ended: "stalled", lastFailure: error.message };
  }
}
