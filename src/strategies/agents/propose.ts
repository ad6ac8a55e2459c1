import { BudgetExhaustedError } from "../../models/budget.ts";
import type { Proposal } from "../../search/search.ts";
import { FailureError, messageOf } from "../../thought/errors.ts";
import type { Policy, ProposalRequest } from "../policy.ts";
import type { Thinking } from "../strategy.ts";

/** One proposal that an agent wants of the policy. */
export type ProposeRequest = Pick<ProposalRequest, "node" | "kind" | "hint"> & {
  /** How many proposals of this kind were asked for below the node before. */
  ordinal: number;
};

/** What came of it. */
export type ProposeReply = { proposal: Proposal } | { failed: FailureError };

/**
 * Asks the policy for one proposal. One that failed for good is logged as a failed task, so that a resumed question sees
 * it fail again. Throws BudgetExhaustedError where the budget does not reach it, and the signal's reason.
 */
export async function propose(
  think: Thinking,
  policy: Policy,
  { node, kind, ordinal, hint }: ProposeRequest,
): Promise<ProposeReply> {
  const { recorder, signal } = think;
  const task = `${kind}:${node.id}#${ordinal}`;
  try {
    const logged = recorder.loggedFailure(task);
    if (logged !== undefined) throw new FailureError(logged.error ?? "failed");
    const [pending] = policy({ node, kind, first: ordinal, count: 1, hint });
    if (pending === undefined) throw new RangeError(`the policy left out proposal ${task}`);
    const { proposal, settle } = await pending;
    signal.throwIfAborted();
    settle();
    return { proposal };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof BudgetExhaustedError) throw error;
    const message = messageOf(error);
    recorder.emit({ type: "task-told", task, outcome: "failed", error: message });
    return { failed: new FailureError(message, error) };
  }
}
