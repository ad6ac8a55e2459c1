import { BudgetExhaustedError } from "../../models/budget.ts";
import type { Sample, SampleRequest } from "../../models/client.ts";
import { FailureError, messageOf } from "../../thought/errors.ts";
import type { Thinking } from "../strategy.ts";

/** One call of an agent. Its site is unique within the question, such as `propose:3`. */
export type AgentRequest = Omit<SampleRequest, "samples" | "firstSample" | "maxTokens" | "onDelta"> & {
  /** Default: the settings' own. */
  maxTokens?: number | undefined;
};

/** What came of an agent's call; it failed with a BudgetExhaustedError where the budget did not reach it. */
export type AgentReply = { sample: Sample } | { failed: FailureError | BudgetExhaustedError };

/**
 * Makes several calls at once, one sample each, and returns what came of them in their order. A call that failed for
 * good is logged as a failed task of its site's name, so that a resumed question sees it fail again; the others stay.
 *
 * Budget is reserved and settled in the order of the requests, whatever arrives first. A call that it does not reach while
 * others hold reservations is made when these have settled. What it does not reach even then has failed with a
 * BudgetExhaustedError, which the caller throws ({@link refusalIn}) once what did come is in the tree. Throws the
 * signal's reason.
 */
export async function askAll(think: Thinking, requests: readonly AgentRequest[]): Promise<AgentReply[]> {
  const outcomes: PromiseSettledResult<Sample>[] = [];
  let open = requests.map((request, index) => ({ request, index }));
  let insisted = false;
  while (open.length > 0) {
    const ended = await Promise.allSettled(open.map(({ request }) => ask(think, request)));
    think.signal.throwIfAborted();
    for (const [place, outcome] of ended.entries()) {
      if (outcome.status === "fulfilled") outcome.value.settle();
      const { index } = open[place] ?? { index: place };
      outcomes[index] = outcome;
    }
    const refused = open.filter(({ index }) => isRefused(outcomes[index]));
    // A logged call that is paid for comes when it is asked for once more, although failed calls have used up the rest.
    if (refused.length === open.length && insisted) break;
    insisted = refused.length === open.length;
    open = refused;
  }
  return outcomes.map((outcome, index) => {
    if (outcome.status === "fulfilled") return { sample: outcome.value };
    if (isRefused(outcome)) return { failed: outcome.reason };
    const error = messageOf(outcome.reason);
    think.recorder.emit({
      ...{ type: "task-told", task: requests[index]?.site ?? "", outcome: "failed", error },
    });
    return { failed: new FailureError(error, outcome.reason) };
  });
}

/** Makes one call. Throws a FailureError where it failed for good, BudgetExhaustedError, and the signal's reason. */
export async function askOne(think: Thinking, request: AgentRequest): Promise<Sample> {
  const [reply] = await askAll(think, [request]);
  if (reply === undefined || "failed" in reply) throw reply?.failed ?? new RangeError("no reply");
  return reply.sample;
}

/** Why the budget did not reach one of several calls; undefined where it reached all of them. */
export function refusalIn(replies: readonly object[]): BudgetExhaustedError | undefined {
  const failures = replies.map((reply) => ("failed" in reply ? reply.failed : undefined));
  return failures.find((failure) => failure instanceof BudgetExhaustedError);
}

async function ask({ client, recorder, settings, show }: Thinking, request: AgentRequest): Promise<Sample> {
  const { site, schema } = request;
  const logged = recorder.loggedFailure(site);
  if (logged !== undefined) throw new FailureError(logged.error ?? "failed");
  const [sample] = client.sample({
    temperature: settings.temperature,
    topP: settings.topP,
    ...request,
    maxTokens: request.maxTokens ?? settings.maxTokens,
    // What has a schema is data, which nobody wants to read while it is written; the events say what came of it.
    onDelta:
      show &&
      ((delta) => {
        if (schema === undefined || delta.kind !== "text") show({ ...delta, site });
      }),
  });
  if (sample === undefined) throw new RangeError("the client gave no sample");
  return sample;
}

function isRefused(
  outcome: PromiseSettledResult<Sample> | undefined,
): outcome is PromiseRejectedResult & { reason: BudgetExhaustedError } {
  return outcome?.status === "rejected" && outcome.reason instanceof BudgetExhaustedError;
}
