import type { z } from "zod";
import { type Event, eventSchema } from "../thought/event.ts";

/** Reads one event from parsed JSON, or says in one line why it is none. Never throws. */
export function readEvent(value: unknown): { event: Event } | { refused: string } {
  const parsed = eventSchema.safeParse(value);
  return parsed.success ? { event: parsed.data } : { refused: refusal(value, parsed.error.issues[0]) };
}

function refusal(value: unknown, issue: z.core.$ZodIssue | undefined): string {
  const type = typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
  if (typeof type !== "string") return "it is not an event";
  if (issue?.code === "invalid_union" && issue.path.join() === "type")
    return `it has the unknown type ${type}`;
  return `it is no valid ${type}: ${[issue?.path.join("."), issue?.message].filter(Boolean).join(": ")}`;
}
