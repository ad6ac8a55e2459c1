import type { z } from "zod";

/** Longest reply that is searched for an object. */
const LONGEST = 200_000;

/** Most places at which an object is looked for in a reply. */
const MOST_PLACES = 200;

/**
 * Reads the JSON object in a reply: the whole reply, else the last object in it that has the form, whatever prose or
 * code fence stands around it. Returns what is wrong, in one line, where there is none.
 */
export function readObject<Value>(
  text: string,
  form: z.ZodType<Value>,
): { value: Value } | { wrong: string } {
  if (text.trim() === "") return { wrong: "the reply is empty" };
  if (text.length > LONGEST) return { wrong: `the reply is longer than ${LONGEST} characters` };
  let wrong: string | undefined;
  for (const candidate of objectsIn(text)) {
    const parsed = form.safeParse(candidate);
    if (parsed.success) return { value: parsed.data };
    wrong ??= complaint(parsed.error);
  }
  return { wrong: wrong ?? "the reply holds no JSON object" };
}

/** The values that stand in a text as JSON objects: the whole text first, then from the last opening brace back. */
function* objectsIn(text: string): Generator<unknown> {
  const whole = parsed(text);
  if (whole !== undefined) yield whole;
  let places = 0;
  const outermost = outermostObjects(text).reverse();
  for (const part of outermost) {
    if (places++ === MOST_PLACES) return;
    const value = parsed(part);
    if (value !== undefined) yield value;
  }
}

/** The pieces of a text between an opening brace and the one that closes it, those inside another left out. */
function outermostObjects(text: string): string[] {
  const found: string[] = [];
  let start = 0;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
    } else if (character === '"' && depth > 0) inString = true;
    else if (character === "{") {
      if (depth === 0) start = at;
      depth++;
    } else if (character === "}" && depth > 0) {
      depth--;
      if (depth === 0) found.push(text.slice(start, at + 1));
    }
  }
  return found;
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function complaint(error: z.ZodError): string {
  const [issue] = error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "the object" : issue.path.join(".");
  return `${where}: ${issue?.message.toLowerCase() ?? "not in the form asked for"}`;
}
