export { type Endpoint, startEndpoint } from "./endpoint.ts";
export {
  type EndpointFault,
  type FaultRule,
  faultPlan,
  oneOfFaults,
  type RefusedParameter,
} from "./fault.ts";
export type { EndpointReply, ReasoningForm, TokenCount } from "./generation.ts";
export type { Latency } from "./latency.ts";
export type { EndpointLedger, LedgerEntry, LedgerSums } from "./ledger.ts";
export type { EndpointOptions } from "./options.ts";
export type { EndpointBody, EndpointRequest } from "./request.ts";
