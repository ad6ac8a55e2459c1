import { deepestNesting, mostParts, TooHardError } from "./limits.ts";

/** A place where brackets are balanced and a separator was found. */
export interface Split {
  parts: string[];
  /** The separators between the parts, one fewer. */
  separators: string[];
}

/**
 * Splits where a separator stands outside all brackets and environments. Brackets of different kinds close each
 * other, as in (1,2]. Throws a TooHardError beyond the limits of parts and nesting.
 *
 * @param separator a sticky pattern
 */
export function splitTopLevel(text: string, separator: RegExp): Split {
  const parts: string[] = [];
  const separators: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; ) {
    if (depth === 0) {
      separator.lastIndex = at;
      const found = separator.exec(text);
      if (found !== null && found[0] !== "") {
        parts.push(text.slice(start, at));
        separators.push(found[0].trim());
        at += found[0].length;
        start = at;
        if (parts.length > mostParts) throw new TooHardError("an answer has too many parts to compare");
        continue;
      }
    }
    const step = stepAt(text, at);
    depth = Math.max(0, depth + step.depth);
    if (depth > deepestNesting) throw new TooHardError("an answer is nested too deeply");
    at += step.length;
  }
  parts.push(text.slice(start));
  return { parts, separators };
}

/** The index just behind the bracket that closes the one at `start`, or -1. */
export function closingIndex(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; ) {
    const step = stepAt(text, at);
    depth += step.depth;
    at += step.length;
    if (depth === 0) return at;
  }
  return -1;
}

const commandPattern = /\\(?:begin|end|langle|rangle|[{}\\])/y;

function stepAt(text: string, at: number): { depth: number; length: number } {
  const letter = text.charAt(at);
  if (letter === "\\") {
    commandPattern.lastIndex = at;
    const command = commandPattern.exec(text)?.[0];
    if (command === undefined) return { depth: 0, length: 1 };
    if (command === "\\begin" || command === "\\{" || command === "\\langle")
      return { depth: 1, length: command.length };
    return { depth: command === "\\\\" ? 0 : -1, length: command.length };
  }
  if ("([{".includes(letter)) return { depth: 1, length: 1 };
  return { depth: ")]}".includes(letter) ? -1 : 0, length: 1 };
}
