import type { Hardness } from "../../thought/role-choices.ts";

/** What the text of a question shows of its difficulty, before any model has seen it. */
export interface QuestionFeatures {
  /** Words; for a script without spaces, half its characters. */
  words: number;
  numbers: number;
  /** Digits of the longest number. */
  digits: number;
  /** Signs of arithmetic between numbers, unknowns and brackets, the equals sign included. */
  operators: number;
  /** Things asked for: question marks, items of a list, and what is to be done "then". At least 1. */
  parts: number;
  /** Whether it shows code. */
  code: boolean;
  /** Words that ask for a proof, an optimum, a count of possibilities, a puzzle and the like; each once. */
  demands: string[];
}

const DEMANDS =
  /\b(?:prove|proof|show that|derive|optimal|optimi[sz]e|minimi[sz]e|maximi[sz]e|minimum|maximum|how many (?:different )?ways|probability|expected (?:value|number)|integral|differential|theorem|polynomial|algorithm|implement|refactor|debug|complexity|puzzle|crossword|cipher|decode|decrypt|schedule|trade-?offs?|exactly once|no two|at least one|to make \d+|reach \d+)(?![\p{L}\p{N}])/giu;

/** Reads the features of a question's text. Knows no answer and asks no model. */
export function readFeatures(text: string): QuestionFeatures {
  const numbers = text.match(/\d+(?:[.,]\d+)*/g) ?? [];
  const spaced = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const unspaced = text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/gu)?.length ?? 0;
  const items = text.match(/^\s*(?:\d+[.)]|[-*•]|\(?[a-h]\))\s+\S/gm)?.length ?? 0;
  const marks = text.match(/[?？]/g)?.length ?? 0;
  const further = text.match(/\b(?:and then|after that|finally)\b/gi)?.length ?? 0;
  return {
    words: Math.max(spaced, Math.ceil(unspaced / 2)),
    numbers: numbers.length,
    digits: Math.max(0, ...numbers.map((number) => number.replace(/[^\d]/g, "").length)),
    operators: text.match(/(?<=[\p{L}\d)\s])[-+*/^=×÷·−<>≤≥](?=[\p{L}\d(\s])/gu)?.length ?? 0,
    parts: Math.max(1, items, marks) + further,
    code: /```|[;{}]\s*$|\b(?:def|function|class|import|const|return|SELECT|#include)\b.*[({:=;]/m.test(text),
    demands: [...new Set((text.match(DEMANDS) ?? []).map((found) => found.toLowerCase()))],
  };
}

/** How hard a question looks, and what makes it look so. */
export interface Look {
  hardness: Hardness;
  /** In a few words each, such as `9 numbers`; empty for a question without any such sign. */
  signs: string[];
}

/**
 * How hard a question with these features looks: one point for each sign, two for strong ones. Two points are `medium`,
 * four are `hard`. A rule of thumb: it costs nothing, and a router that was trained for it goes before it.
 */
export function lookOf(features: QuestionFeatures): Look {
  const { words, numbers, digits, operators, parts, code, demands } = features;
  const found: [number, string][] = [
    [steps(words, 20, 60, 150), `${words} words`],
    [steps(numbers, 4, 8), `${numbers} numbers`],
    [steps(digits, 4), `${digits} digits`],
    [steps(operators, 3, 6), `${operators} operators`],
    [steps(parts, 2, 4), `${parts} parts`],
    [code ? 1 : 0, "code"],
    [
      demands.length === 0 ? 0 : 1 + Math.min(2, demands.length),
      demands.map((word) => `"${word}"`).join(", "),
    ],
  ];
  const signs = found.filter(([points]) => points > 0);
  const points = signs.reduce((sum, [more]) => sum + more, 0);
  return {
    hardness: points >= 4 ? "hard" : points >= 2 ? "medium" : "easy",
    signs: signs.map(([, sign]) => sign),
  };
}

/** How many of these thresholds a value reaches. */
function steps(value: number, ...thresholds: number[]): number {
  return thresholds.filter((threshold) => value >= threshold).length;
}
