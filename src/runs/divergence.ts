import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { EventBody } from "../thought/event.ts";

/**
 * True when a log would hold the same line for both events, times and usage apart: calls that were cancelled before
 * may have been made and cancelled again, and a log's call events say what they cost.
 */
export function sameBody(left: EventBody, right: EventBody): boolean {
  return isDeepStrictEqual(asLogged(left), asLogged(right));
}

/** How a logged event and the one that a resumed run made in its place differ, in a few words. */
export function differenceOf(logged: EventBody, emitted: EventBody): string {
  if (logged.type !== emitted.type) return `is ${logged.type}, expected ${emitted.type}`;
  const [before, after] = [asLogged(logged), asLogged(emitted)];
  const field = [...new Set([...Object.keys(before), ...Object.keys(after)])].find(
    (name) => !isDeepStrictEqual(before[name], after[name]),
  );
  if (field === undefined) return `is ${logged.type} twice`;
  return `is ${logged.type} with ${field} ${brief(before[field])}, expected ${brief(after[field])}`;
}

/** The event as it comes back from a log, where fields that are undefined are not there. */
function asLogged(body: EventBody): Record<string, unknown> {
  const { usage: _usage, ...compared } = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(JSON.stringify(body)));
  return compared;
}

const BRIEF = 60;

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= BRIEF ? text : `${text.slice(0, BRIEF)}…`;
}
