import { normalizeLatex } from "../../problems/answer/normalize-latex.ts";
import { numericValue } from "../../problems/answer/numeric-value.ts";
import { parseExpression } from "../../problems/answer/parse-expression.ts";
import type { Problem } from "../../problems/problem.ts";

/** What a problem has to be for its answer to be checked by rule, by the name of the rule that drops others. */
const drops: Readonly<Record<string, (problem: Problem) => boolean>> = {
  images: ({ question }) =>
    /!\[[^\]]*\]\(|\\includegraphics|\[asy\]|<img\b|\b(?:figure|diagram|picture|graph) (?:below|above|shown)\b/i.test(
      question.text,
    ),
  proofs: ({ question }) => /\b(?:dis)?prove\b|\bproof\b|\bshow that\b/i.test(question.text),
  unlabelled: ({ gold }) => gold.trim() === "",
  "no-number": ({ gold }) => gold.trim() !== "" && !isNumber(gold),
};

/** The names of the rules: a problem with an image, a proof, without an answer, with an answer that is no number. */
export const filterRules: readonly string[] = Object.keys(drops);

/** Problems that stay, and how many each rule dropped. */
export interface FilteredProblems {
  problems: Problem[];
  dropped: Record<string, number>;
}

/**
 * Keeps the problems whose answers a rule can check (O1 Journey, part 2, arXiv 2411.16489: no images, no proofs, none
 * without a label, numbers for answers). A problem that several rules drop counts for the first.
 */
export function filterProblems(problems: readonly Problem[], rules: readonly string[]): FilteredProblems {
  const dropped: Record<string, number> = {};
  const kept = problems.filter((problem) => {
    const rule = rules.find((name) => drops[name]?.(problem) === true);
    if (rule !== undefined) dropped[rule] = (dropped[rule] ?? 0) + 1;
    return rule === undefined;
  });
  return { problems: kept, dropped };
}

function isNumber(gold: string): boolean {
  try {
    const [, value = gold] = /^\s*[a-z]\s*=(.*)$/is.exec(gold) ?? [];
    const { re, im } = numericValue(parseExpression(normalizeLatex(value)), () => Number.NaN);
    return Number.isFinite(re) && im === 0;
  } catch {
    // The reader throws for what is no formula.
    return false;
  }
}
