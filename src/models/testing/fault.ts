import { Random } from "../../thought/random.ts";
import type { EndpointRequest } from "./request.ts";

/** Parameters that real servers are known to refuse. */
export type RefusedParameter = "n" | "seed" | "logprobs" | "stop" | "response_format";

/** What one request is made to suffer. */
export type EndpointFault =
  /** Another status than 200, with an error body. Nothing is generated. */
  | { kind: "status"; status: number; message?: string; headers?: Readonly<Record<string, string>> }
  /** 429 with `Retry-After`, in `retry-after-ms` too where it is no whole number of seconds. */
  | { kind: "rate-limit"; retryAfterMs: number }
  /** 400 that names the parameter; a request that does not use it is answered. */
  | { kind: "refuses"; parameter: RefusedParameter }
  /** One choice, whatever `n` says. */
  | { kind: "ignores-n" }
  /** The connection is dropped after so many pieces; of the last choice, where the reply is whole. Default: half. */
  | { kind: "cut"; afterPieces?: number }
  /** JSON that ends in the middle of the last choice; in a stream, a piece that is no JSON. */
  | { kind: "truncated" }
  /** A reply without choices. */
  | { kind: "no-choices" }
  /** A reply without usage. */
  | { kind: "no-usage" }
  /** The completion tokens are so many times the truth. */
  | { kind: "wrong-usage"; times: number }
  /** The generation takes this long, whatever the latency. */
  | { kind: "long"; ms: number }
  /** Pieces keep coming and the stream never ends; a whole reply never comes. */
  | { kind: "never-ending" }
  /** The request is read, and nothing ever comes. */
  | { kind: "silent" };

/** When a fault comes: by lot for each request, or at the requests of these numbers. */
export type FaultRule = { fault: EndpointFault } & (
  | { probability: number }
  | { requests: readonly number[] }
);

/**
 * The fault of each request by rules: the first one that comes true. Lots are drawn from the seed, the request's body
 * and how often that body came before, so that they do not depend on which request arrives first.
 */
export function faultPlan(
  rules: readonly FaultRule[],
  seed = 0,
): (request: EndpointRequest) => EndpointFault | undefined {
  return ({ number, key, attempt }) => {
    const random = new Random(`${seed}/fault/${key}/${attempt}`);
    return rules.find((rule) =>
      "requests" in rule ? rule.requests.includes(number) : random.chance(rule.probability),
    )?.fault;
  };
}

/**
 * One rule for each fault, together of the given probability. Each is as likely as the others.
 *
 * @param faults what may happen
 * @param probability of any fault at all, in [0, 1]
 */
export function oneOfFaults(faults: readonly EndpointFault[], probability: number): FaultRule[] {
  return faults.map((fault, place) => ({
    fault,
    // Each rule is tried only where those before it have not come true.
    probability: probability / faults.length / (1 - (probability * place) / faults.length),
  }));
}
