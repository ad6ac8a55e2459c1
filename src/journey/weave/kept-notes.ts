import type { WovenLine } from "./wording.ts";

/**
 * Reads what a writer made of numbered notes: one passage a note. The writer's work is refused, with the reason in one
 * line, where a passage is missing, stands in another order or comes twice, or where a step has lost a number of its own
 * or most of its words.
 */
export function readPassages(
  text: string,
  notes: readonly WovenLine[],
): { passages: string[] } | { fault: string } {
  const pieces = [...text.matchAll(/\[(\d+)\]\s*([\s\S]*?)(?=\n\s*\[\d+\]|$)/g)];
  const passages: string[] = [];
  for (const [index, note] of notes.entries()) {
    const [, number, said = ""] = pieces[index] ?? [];
    const wanted = index + 1;
    if (number === undefined) return { fault: `note ${wanted} of ${notes.length} is missing` };
    if (Number(number) !== wanted) return { fault: `note ${number} stands where note ${wanted} should` };
    const passage = said.replace(/\s+/g, " ").trim();
    if (passage === "") return { fault: `note ${wanted} is empty` };
    const lost = note.kind === "step" || note.kind === "wrong" ? lostOf(note.text, passage) : undefined;
    if (lost !== undefined) return { fault: `note ${wanted} has lost ${lost}` };
    passages.push(passage);
  }
  if (pieces.length > notes.length) return { fault: `there is a passage beyond note ${notes.length}` };
  return { passages };
}

/** What a passage has lost of its step: a number, or most of its words. Undefined where it keeps the step. */
function lostOf(step: string, passage: string): string | undefined {
  const there = new Map<string, number>();
  for (const number of numbersOf(passage)) there.set(number, (there.get(number) ?? 0) + 1);
  for (const number of numbersOf(step)) {
    const count = there.get(number) ?? 0;
    if (count === 0) return number;
    there.set(number, count - 1);
  }
  const words = new Set(wordsOf(step));
  const said = new Set(wordsOf(passage));
  const kept = [...words].filter((word) => said.has(word)).length;
  return kept * 2 < words.size ? "most of its words" : undefined;
}

function numbersOf(text: string): string[] {
  return text.match(/\d+(?:[.,]\d+)*/g) ?? [];
}

/** Words that carry a meaning: from four letters on. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
}
