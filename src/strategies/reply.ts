import type { Proposal } from "../search/search.ts";

/** The label that our prompts ask for before a result, also in bold or as a heading. */
const ANSWER_LINE = /^[\s>#*_-]*(?:final\s+)?answer[\s*_]*[:：][\s*_]*(.*)$/i;

/** The non-empty lines of a text, trimmed. A step is a line. */
export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/**
 * Reads a reply in which steps are lines and the result follows `Answer:`. The last label with a result counts: the
 * rest of its line, or where the line is bare all that stands after it. Every other line is a step, also behind the
 * result. A reply without a result is all steps and no answer.
 */
export function readLabelledReply(text: string): Pick<Proposal, "steps" | "answer"> {
  const lines = linesOf(text);
  const results = lines.map(resultOf);
  for (let at = lines.length - 1; at >= 0; at--) {
    const onLine = results[at];
    if (onLine === undefined) continue;
    if (onLine !== "") return { steps: [...lines.slice(0, at), ...lines.slice(at + 1)], answer: onLine };
    const below = stripEmphasis(lines.slice(at + 1).join("\n"));
    if (below !== "") return { steps: lines.slice(0, at), answer: below };
  }
  return { steps: lines.filter((_, index) => results[index] === undefined) };
}

/**
 * Reads a reply to a prompt that asked for one step. Some models write on: what follows the first step was not asked
 * for, except a result that stands right behind it.
 */
export function readStepReply(text: string): Pick<Proposal, "steps" | "answer"> {
  const [first = ""] = linesOf(text);
  const result = resultOf(first);
  if (result !== undefined && result !== "") return { steps: [], answer: result };
  const read = readLabelledReply(text);
  return read.steps.length <= 1 ? read : { steps: read.steps.slice(0, 1) };
}

/**
 * Reads a reply of a model that keeps its thinking apart from its text (nano, reasoning models): the thinking's
 * lines are the steps, the text is the answer.
 */
export function readThinkingReply(reasoning: string, text: string): Pick<Proposal, "steps" | "answer"> {
  const answer = text.trim();
  return answer === "" ? { steps: linesOf(reasoning) } : { steps: linesOf(reasoning), answer };
}

/** What a line gives as the result; empty for a bare label, undefined for a line without one. */
function resultOf(line: string): string | undefined {
  const labelled = ANSWER_LINE.exec(line)?.[1];
  return labelled === undefined ? undefined : stripEmphasis(labelled);
}

function stripEmphasis(text: string): string {
  return text.replace(/^[*_\s]+|[*_\s]+$/g, "");
}
