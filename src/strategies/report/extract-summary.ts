import type { SummaryLine } from "./summary-stages.ts";

/** Most lines that are taken out of a stage. */
const MOST_LINES = 5;

/** Longest line of a summary, in characters. */
const LONGEST_LINE = 200;

const DOUBT =
  /\b(?:wait|actually|hm+|however|mistake|wrong|instead|oops|but|again|recheck|double-check|verify|alternatively)\b/i;
const RESULT =
  /\b(?:so|therefore|thus|hence|answer|total|result|gives?|means?|equals?|finally)\b|[=≈⇒→]\s*[-−(]?[\p{L}\d]/iu;

/**
 * Sums up a stretch of thinking in its own words, without a model: its answers, where it turned or doubted, its results,
 * and how it began and ended; at most five lines, in their order.
 *
 * @param said lines of earlier summaries, which are not said again; those of this one are added
 */
export function extractSummary(lines: readonly SummaryLine[], said = new Set<string>()): string {
  const telling = lines
    .map((line, at) => ({ text: shownLine(line), at, weight: weightOf(line, at, lines) }))
    .filter(({ text, at }, _, all) => all.findIndex((other) => other.text === text) === at)
    // Between equals the later one: it stands nearer to the result.
    .sort((left, right) => right.weight - left.weight || right.at - left.at)
    .slice(0, MOST_LINES)
    .sort((left, right) => left.at - right.at);
  const taken = telling.flatMap(({ text }) => (said.has(text) ? [] : text));
  for (const text of taken) said.add(text);
  if (taken.length > 0) return taken.join("\n");
  const answer = lines.findLast(({ kind }) => kind === "answer");
  return answer === undefined ? "the same again" : `${shownLine(answer)}, again`;
}

function weightOf({ kind, text }: SummaryLine, at: number, lines: readonly SummaryLine[]): number {
  if (kind === "answer") return 5;
  if (kind === "returned" || kind === "cut") return 4;
  const steps = lines.filter((line) => line.kind === "step" || line.kind === "spoke");
  const isLast = lines[at] === steps.at(-1);
  const isFirst = lines[at] === steps[0];
  return (DOUBT.test(text) ? 3 : 0) + (RESULT.test(text) ? 2 : 0) + (isLast ? 2 : 0) + (isFirst ? 1 : 0);
}

/** A line of the thinking as a summary shows it. */
export function shownLine({ kind, text }: SummaryLine): string {
  const marks = { step: "", spoke: "", returned: "back to: ", cut: "cut: ", answer: "= " };
  const short = text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE - 1).trimEnd()}…` : text;
  return `${marks[kind]}${short}`;
}
