import type { Context } from "hono";
import { toApiError } from "./openai/api-error.ts";

/** Answers with what was thrown, in the shape of the OpenAI API. A fault of ours is written down and not told. */
export function sendError(error: Error, c: Context): Response {
  const refusal = toApiError(error);
  // A client that leaves in the middle of its request breaks the reading of it; that is no fault.
  if (refusal.status === 500 && !c.req.raw.signal.aborted) console.error(error);
  if (refusal.retryAfter !== undefined) c.header("retry-after", String(refusal.retryAfter));
  return c.json(refusal.body, refusal.status);
}
