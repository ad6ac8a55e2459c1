import { BudgetExhaustedError } from "../../models/budget.ts";
import type { Sample, SampleRequest } from "../../models/client.ts";
import { FailureError, messageOf } from "../../thought/errors.ts";
import type { Thinking } from "../strategy.ts";

/** One call of an agent. Its site is unique within the question, such as `propose:3`. */
export type AgentRequest = Omit<SampleRequest, "samples" | "firstSample" | "maxTokens" | "onDelta"> & {
  /** Default: the settings' own. */
  maxTokens?: number | undefined;
};

/** What came of an agent's call. */
export type AgentReply = { sample: Sample } | { failed: FailureError };

/**
 * Makes several calls at once, one sample each, and returns what came of them in their order. A call that failed for
 * good is logged as a failed task of its site's name, so that a resumed question sees it fail again; the others stay.
 *
 * Budget is reserved and settled in the order of the requests, whatever arrives first. Throws BudgetExhaustedError where
 * it does not reach all of them (those that were under way are awaited and kept in the log), and the signal's reason.
 */
export async function askAll(think: Thinking, requests: readonly AgentRequest[]): Promise<AgentReply[]> {
  const { client, recorder, settings, signal } = think;
  const asked = requests.map((request) => {
    const logged = recorder.loggedFailure(request.site);
    if (logged !== undefined) return Promise.reject(new FailureError(logged.error ?? "failed"));
    const { site, schema } = request;
    const [sample] = client.sample({
      temperature: settings.temperature,
      topP: settings.topP,
      ...request,
      maxTokens: request.maxTokens ?? settings.maxTokens,
      // What has a schema is data, which nobody wants to read while it is written; the events say what came of it.
      onDelta:
        think.show &&
        ((delta) => {
          if (schema === undefined || delta.kind !== "text") think.show?.({ ...delta, site });
        }),
    });
    return sample ?? Promise.reject(new RangeError("the client gave no sample"));
  });
  const outcomes = await Promise.allSettled(asked);
  signal.throwIfAborted();
  for (const outcome of outcomes) if (outcome.status === "fulfilled") outcome.value.settle();
  const refused = outcomes.find(
    (outcome) => outcome.status === "rejected" && outcome.reason instanceof BudgetExhaustedError,
  );
  if (refused?.status === "rejected") throw refused.reason;
  return outcomes.map((outcome, index) => {
    if (outcome.status === "fulfilled") return { sample: outcome.value };
    const error = messageOf(outcome.reason);
    recorder.emit({ type: "task-told", task: requests[index]?.site ?? "", outcome: "failed", error });
    return { failed: new FailureError(error, outcome.reason) };
  });
}

/** Makes one call. Throws a FailureError where it failed for good, and what {@link askAll} throws. */
export async function askOne(think: Thinking, request: AgentRequest): Promise<Sample> {
  const [reply] = await askAll(think, [request]);
  if (reply === undefined || "failed" in reply) throw reply?.failed ?? new RangeError("no reply");
  return reply.sample;
}
