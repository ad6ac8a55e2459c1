import { extractBoxed } from "./extract-boxed.ts";
import { longestText } from "./limits.ts";

/** What a text gives as its answer. */
export interface Extracted {
  /** As it is written, without the dollars or box around it. */
  text: string;
  /** Where it was found. */
  from: "tag" | "box" | "hashes" | "phrase" | "math" | "whole" | "last" | "choice";
}

const tags = /<(answer|final_answer|final-answer)>([\s\S]*?)(?:<\/\1>|$)/gi;
const phrase =
  /(?:final\s+answer|answer)\s*(?:\*\*)?\s*(?:is\s*:?|:|=)\s*(?:\*\*)?\s*(?:the\s+(?:final\s+)?answer\s+is:?\s*)?/gi;
const math =
  /\$\$([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\]|\\\(([\s\S]+?)\\\)|(?<!\\)\$((?:\\\$|[^$\n])+?)(?<!\\)\$/g;
const number =
  /(?<![a-zA-Z\d_.])[-+−]?\s?\\?\$?(?:\d[\d,]*\d|\d)(?:\.\d+)?(?:\s*\/\s*\d+(?:\.\d+)?)?(?:\s*(?:\\?%|percent\b))?|(?<![\d.])[-+−]?\.\d+/g;
const commandTokens = /<\|(?:im_|end|eot)[\s\S]*$/;

/**
 * The answers that a text may give, the likeliest first: a final-answer tag, the last box, `####`, "the answer is",
 * then the last formula in dollars; without any of these the whole text if it is short, and the last number of prose.
 *
 * @param kinds what may count: `latex` for boxes and formulas in dollars, `expr` for plain text
 */
export function extractAnswers(source: string, kinds: readonly ("latex" | "expr")[]): Extracted[] {
  const text = source.slice(-longestText).replace(commandTokens, "").trim();
  const latex = kinds.includes("latex");
  const plain = kinds.includes("expr");
  const tag = [...text.matchAll(tags)].at(-1)?.[2];
  if (tag !== undefined && tag.trim() !== "")
    return extractAnswers(tag, kinds).map(({ text: found }) => ({ text: found, from: "tag" }));
  const box = latex ? extractBoxed(text) : undefined;
  if (box !== undefined) return [{ text: box, from: "box" }];
  const hashes = /####\s*([^\n]+)(?![\s\S]*####)/.exec(text.slice(-2_000))?.[1];
  if (hashes !== undefined && plain) return [{ text: hashes, from: "hashes" }];
  const said = plain ? extractPhrase(text) : undefined;
  if (said !== undefined) return [{ text: said, from: "phrase" }];
  const concluded = plain ? extractConclusion(text) : undefined;
  if (concluded !== undefined) return [{ text: concluded, from: "last" }];
  const formula = latex ? extractMath(text) : undefined;
  if (formula !== undefined) return [{ text: formula, from: "math" }];
  return plain ? extractPlain(text) : [];
}

function extractPhrase(text: string): string | undefined {
  const found = [...text.matchAll(phrase)].at(-1);
  if (found === undefined) return undefined;
  let rest = text.slice(found.index + found[0].length);
  rest = rest.split(/\n|\.\s+(?=[A-Z])|I hope/)[0]?.trim() ?? "";
  if (rest === "" || rest.length > 600) return undefined;
  const formula = extractMath(rest);
  if (formula !== undefined && !/\sis\s+[^$]*\d[^$]*$/.test(rest)) return formula;
  const isAt = rest.lastIndexOf(" is ");
  if (isAt >= 0) rest = rest.slice(isAt + 4);
  rest = rest.replace(/\*\*|\.$/g, "").trim();
  if (wordsIn(rest) < 3) return rest;
  return lastNumber(rest) ?? rest;
}

/** The last number of a closing sentence such as "Therefore it grows by 100%.", where no formula follows. */
function extractConclusion(text: string): string | undefined {
  const sentence =
    /(?:^|[.!\]$\n])\s*(?:therefore|thus|hence|so)\b[^.$\\\n]*(?:\.\d[^.$\\\n]*)?\.?\s*$/i.exec(
      text.slice(-300),
    )?.[0];
  return sentence === undefined ? undefined : lastNumber(sentence);
}

/** The last formula in dollars; all of a text that is formulas joined by `and`, or one with its unit behind it. */
function extractMath(text: string): string | undefined {
  const found = [...text.matchAll(math)];
  const last = found.at(-1);
  if (last === undefined) return undefined;
  const outside = text.replace(math, " ").trim();
  const isUnit = /^\s*(?:percent|pct|%|degrees?|dollars?|cents?|[a-z]+s)\.?\s*$/.exec(outside);
  if (found.length > 1 && /^(?:\s|,|;|and|or)*$/.test(outside)) return text.replace(/\$/g, " ");
  const inside = last.slice(1).find((part) => part !== undefined) ?? "";
  // Escaped dollars in a formula are money, or slips.
  const formula = inside.replace(/\\\$/g, " ").trim();
  return isUnit !== null && last.index === 0 ? `${formula} ${outside}` : formula;
}

function extractPlain(text: string): Extracted[] {
  const answers: Extracted[] = [];
  const prose = wordsIn(text) >= 3 || /[a-zA-Z]{2}\s*:\s/.test(text);
  if (text.length <= 600) answers.push({ text, from: "whole" });
  if (!prose) return answers;
  const last = lastNumber(text);
  if (last !== undefined) answers.push({ text: last, from: "last" });
  const end = text.slice(-300);
  const choice =
    /\(([A-E])\)[^()]*$/.exec(end)?.[1] ?? /\b(?:option|choice) (?:is )?([A-J])\W*$/.exec(end)?.[1];
  if (choice !== undefined && last === undefined) answers.push({ text: choice, from: "choice" });
  return answers;
}

function lastNumber(text: string): string | undefined {
  return [...text.matchAll(number)].at(-1)?.[0].trim();
}

function wordsIn(text: string): number {
  return (text.replace(/\\[a-zA-Z]+/g, " ").match(/[a-zA-Z]{2,}/g) ?? []).length;
}
