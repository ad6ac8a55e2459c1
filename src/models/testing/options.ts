import type { EndpointFault } from "./fault.ts";
import type { EndpointReply, ReasoningForm } from "./generation.ts";
import type { Latency } from "./latency.ts";
import type { EndpointRequest } from "./request.ts";

/** How an endpoint behaves. */
export interface EndpointOptions {
  /** What its model says. Default: `choice K of request R`. */
  reply?: EndpointReply;
  /** How long a reply takes; a stream spreads its pieces over it. Default: no time. */
  latency?: Latency;
  /** The fault of a request, see {@link faultPlan}. Default none. */
  fault?: (request: EndpointRequest) => EndpointFault | undefined;
  /** Where thinking stands. Default `reasoning_content`. */
  reasoning?: ReasoningForm;
  /** What `/v1/models` lists; any name is answered. Default `scripted`. */
  models?: readonly string[];
  /** Is told of each piece of a streamed reply as it is sent, counted from 0, so that it can be timed. */
  onPiece?: (request: EndpointRequest, place: number) => void;
  /** Draws latencies. Default 0. */
  seed?: number;
  /** How many times faster than told its time passes, so that 400 s can be tested in less. Default 1. */
  speed?: number;
}
