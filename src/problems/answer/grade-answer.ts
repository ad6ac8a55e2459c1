import { type EngineMaker, loadAlgebraEngine } from "./algebra-engine.ts";
import { compareAnswers } from "./compare-answer.ts";
import { type Extracted, extractAnswers } from "./extract-answer.ts";
import { type GradeOptions, gradeOptionsSchema } from "./grade-options.ts";
import { longestAnswer, longestText, TooHardError } from "./limits.ts";
import { normalizeLatex } from "./normalize-latex.ts";
import { readStructure } from "./read-structure.ts";
import { type Comparison, no, type Verdict, yes } from "./verdict.ts";

type Settings = ReturnType<typeof gradeOptionsSchema.parse>;

const mostComparisons = 3_000;

/**
 * Whether a prediction gives the gold answer, and why. Both may be an answer alone or a whole text that ends in one.
 * They are not symmetric: see docs/grading.md. Takes bounded time on any input, and never throws for its content.
 * Throws a ZodError for options out of range.
 */
export async function gradeAnswer(
  gold: string,
  prediction: string,
  options: GradeOptions = {},
): Promise<Verdict> {
  const settings = gradeOptionsSchema.parse(options);
  const first = decide(gold, prediction, settings);
  if (first.verdict.equal || !first.undecided) return first.verdict;
  return decide(gold, prediction, settings, await loadAlgebraEngine()).verdict;
}

interface Decision {
  verdict: Verdict;
  /** Whether the algebra engine could find the pair equal after all. */
  undecided: boolean;
}

function decide(gold: string, prediction: string, settings: Settings, engine?: EngineMaker): Decision {
  const golds = candidates(gold, settings);
  const predictions = extractAnswers(prediction, settings.matchTypes);
  const [wanted] = golds;
  if (wanted === undefined || wanted.text.trim() === "")
    return { verdict: no("no answer in the gold text"), undecided: false };
  if (predictions.length === 0) return { verdict: no(noAnswer(prediction)), undecided: false };
  let decision: Decision = { verdict: no(noAnswer(prediction)), undecided: false };
  for (const [index, predicted] of predictions.entries()) {
    const next = compareTexts(wanted, predicted, settings, engine);
    if (next.verdict.equal) return next;
    const undecided = next.undecided || decision.undecided;
    decision = { verdict: index === 0 ? next.verdict : decision.verdict, undecided };
  }
  return decision;
}

function noAnswer(prediction: string): string {
  return prediction.length > longestText
    ? "no answer at the end of a very long text"
    : "no answer in the prediction";
}

/** A gold answer without any mark around it is the whole text, however long. */
function candidates(gold: string, settings: Settings): Extracted[] {
  const found = extractAnswers(gold, settings.matchTypes);
  if (found[0] !== undefined && found[0].from !== "last") return found;
  return [{ text: gold, from: "whole" }];
}

function compareTexts(
  wanted: Extracted,
  predicted: Extracted,
  settings: Settings,
  engine?: EngineMaker,
): Decision {
  if (wanted.text.length > longestAnswer)
    return { verdict: no("the gold answer is too long"), undecided: false };
  if (predicted.text.length > longestAnswer)
    return { verdict: no("the prediction's answer is too long"), undecided: false };
  if (isMoneyAgainstOther(wanted.text, predicted.text) || isMoneyAgainstOther(predicted.text, wanted.text))
    return { verdict: no("an amount of money is no angle, percentage or number of cents"), undecided: false };
  const plain = wanted.from === "whole" && predicted.from === "whole";
  const comparison: Comparison = {
    precision: settings.precision,
    strict: settings.strict,
    allowSetRelations: settings.allowSetRelations,
    ordered: plain && !/[{};]|\b(?:and|or)\b/.test(`${wanted.text}${predicted.text}`),
    engine: engine?.(),
    undecided: false,
    left: mostComparisons,
  };
  try {
    const gold = normalizeLatex(decimalComma(wanted.text, wanted));
    const text = normalizeLatex(predicted.text);
    if (gold === text && gold !== "") return { verdict: yes("the same text"), undecided: false };
    if (plain && isUndoneDivision(gold, text))
      return { verdict: no("the gold answer is a division that is left undone"), undecided: false };
    let verdict = compareAnswers(readStructure(gold), readStructure(text), comparison);
    const point = normalizeLatex(decimalComma(predicted.text));
    if (!verdict.equal && point !== text && /^\d*\.\d+$/.test(gold))
      verdict = compareAnswers(readStructure(gold), readStructure(point), comparison);
    return { verdict, undecided: comparison.undecided };
  } catch (error) {
    if (error instanceof TooHardError) return { verdict: no(error.message), undecided: false };
    throw error;
  }
}

/** `2,74` is 2.74 in half of the world; a gold answer is read so only where nothing else is meant. */
function decimalComma(text: string, gold?: Extracted): string {
  const pattern = gold === undefined ? /^([^\d]*\d+),(\d+)(?=\D*$)/ : /^(\s*(?:0|\d{4,})),(\d+)(?=\s*$)/;
  return gold !== undefined && gold.from !== "whole" ? text : text.replace(pattern, "$1.$2");
}

function isMoneyAgainstOther(one: string, other: string): boolean {
  return /^\s*(?:\\\$|[£€])/.test(one) && /(?:\\circ\s*\}?|°|degrees?|%|cents?\}?|¢)\s*$/.test(other);
}

/** `3245/5` asks for that division, as openai/simple-evals has it; working it out is more than another spelling. */
function isUndoneDivision(gold: string, prediction: string): boolean {
  const [, top, bottom] = /^(\d{1,15})\s*\/\s*(\d{1,15})$/.exec(gold) ?? [];
  if (top === undefined || bottom === undefined || BigInt(bottom) < 2n || !/^\d+$/.test(prediction))
    return false;
  return BigInt(top) % BigInt(bottom) === 0n;
}
