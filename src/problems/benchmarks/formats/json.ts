import type { FoundRecord } from "../record.ts";
import { parseRecord } from "./jsonl.ts";

/**
 * The records of a JSON text: the elements of an array, one object, or several objects that each begin on a line of
 * their own. Records are parsed one by one, so that a broken one is reported by its line and costs none of the others.
 */
export function* readJson(text: string): Generator<FoundRecord> {
  const start = text.search(/\S/);
  if (start < 0) return;
  if (text[start] === "[") yield* elements(text);
  else yield* objects(text);
}

/** Within an object a line begins with a brace only where nothing is indented: then the whole text is one object. */
function* objects(text: string): Generator<FoundRecord> {
  const whole = parseRecord(1, text);
  const parts = "value" in whole ? [text] : text.split(/^(?=\{)/m);
  let line = 1;
  for (const part of parts) {
    const blank = part.length - part.trimStart().length;
    if (part.trim() !== "") yield parseRecord(line + lineEnds(part.slice(0, blank)), part);
    line += lineEnds(part);
  }
}

function lineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** Splits at the commas outside strings and inside one bracket; what lies between them is left to the parser. */
function* elements(text: string): Generator<FoundRecord> {
  let line = 1;
  let depth = 0;
  let quoted = false;
  let found = 0;
  let start: { at: number; line: number } | undefined;
  const element = (end: number): FoundRecord =>
    start === undefined
      ? { line, wrong: "is empty: a comma stands where a record should" }
      : parseRecord(start.line, text.slice(start.at, end));

  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "\n") line++;
    if (quoted) {
      if (character === "\\" && text[at + 1] !== "\n") at++;
      else if (character === '"') quoted = false;
      continue;
    }
    if (character === undefined || /\s/.test(character)) continue;
    if (depth === 1 && (character === "," || character === "]")) {
      if (character === "," || start !== undefined || found > 0) yield element(at);
      found++;
      start = undefined;
      if (character === ",") continue;
    } else if (depth === 1) start ??= { at, line };
    if (character === '"') quoted = true;
    else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    if (depth === 0) {
      if (text.slice(at + 1).trim() !== "") yield { line, wrong: "has text after the end of its array" };
      return;
    }
  }
  yield start === undefined
    ? { line, wrong: "ends before its array is closed" }
    : { line: start.line, wrong: "is cut off: the file ends within it" };
}
