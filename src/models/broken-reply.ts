import { APICallError, InvalidResponseDataError } from "@ai-sdk/provider";
import { z } from "zod";
import { BrokenReplyError, causesOf } from "./failures.ts";
import { CutReplyError } from "./http.ts";

/** What a reply had brought before it broke. */
export interface Salvage {
  /** Its texts, thinking included, as far as they came. Empty for a stream: that is read as it comes. */
  text: string;
  /** What the backend said of its prompt; 0 where it said nothing. */
  inputTokens: number;
}

const reportSchema = z.object({ usage: z.object({ prompt_tokens: z.int().nonnegative() }) });

/** The fields in which providers' replies hold what a model wrote, up to the string's end or the body's. */
const WRITTEN = /"(?:content|reasoning_content|reasoning|thinking|text)"\s*:\s*"((?:[^"\\]|\\.)*)/gs;

/** Finds in an error what its reply had brought, so that it can be counted although it cannot be used. */
export function salvage(error: unknown): Salvage {
  for (const cause of causesOf(error)) {
    if (cause instanceof BrokenReplyError) return { text: "", inputTokens: cause.inputTokens };
    if (cause instanceof CutReplyError) return { text: writtenIn(cause.received), inputTokens: 0 };
    if (InvalidResponseDataError.isInstance(cause)) return { text: "", inputTokens: reportedIn(cause.data) };
    if (APICallError.isInstance(cause) && cause.statusCode === 200 && cause.responseBody !== undefined) {
      const { responseBody } = cause;
      return { text: writtenIn(responseBody), inputTokens: reportedIn(parsed(responseBody)) };
    }
  }
  return { text: "", inputTokens: 0 };
}

function writtenIn(body: string): string {
  const texts: string[] = [];
  for (const [, escaped = ""] of body.matchAll(WRITTEN)) {
    // A body that ends within an escape leaves its beginning.
    const whole = escaped.replace(/\\(?:u[0-9a-fA-F]{0,3})?$/, "");
    const text = parsed(`"${whole}"`);
    if (typeof text === "string") texts.push(text);
  }
  return texts.join("\n");
}

function reportedIn(reply: unknown): number {
  const read = reportSchema.safeParse(reply);
  return read.success ? read.data.usage.prompt_tokens : 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
