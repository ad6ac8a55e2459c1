import type { Random } from "../../thought/random.ts";
import type { Split } from "../problem.ts";
import { phrasingWords } from "./phrasing-words.ts";
import { splitOf } from "./splits.ts";
import { commonWords } from "./words.ts";

const alphabet = "abcdefghijklmnopqrstuvwxyz";
const onsets = [
  ..."bcdfghjklmnprstvwyz",
  "ch",
  "sh",
  "th",
  "st",
  "tr",
  "br",
  "cl",
  "gr",
  "pl",
  "qu",
  "ll",
  "ss",
];
const vowels = [..."aeiouaeiou", "ee", "oo", "ai", "ea", "ou"];
const codas = ["", "", "", ..."nrstlmdkpgx", "ck", "ng", "rt", "nd", "tt"];

/** A letter from a to z, each as likely. */
export function drawLetter(random: Random): string {
  return alphabet.charAt(random.integer(0, alphabet.length - 1));
}

/** Something that sounds like a word, of exactly `length` letters. */
function pseudoWord(random: Random, length: number): string {
  let word = "";
  while (word.length < length) word += random.pick(onsets) + random.pick(vowels) + random.pick(codas);
  return word.slice(0, length);
}

/** Letters without any sense; half of the time from a few letters only, so that they repeat. */
function letterString(random: Random, length: number): string {
  const pool = random.chance(0.5) ? alphabet : Array.from({ length: 3 }, () => drawLetter(random)).join("");
  let word = "";
  while (word.length < length) word += pool.charAt(random.integer(0, pool.length - 1));
  return word;
}

/** What kinds of words may be drawn, as shares that need not add up to 1. */
export interface WordShares {
  /** Words of the list. */
  common: number;
  /** Words that a tokenizer may keep whole; they exist in the train split only. */
  phrasing: number;
  /** Made-up words. */
  pseudo: number;
  /** Random letters. */
  letters: number;
}

/**
 * Draws a word of the split with `shortest` to `longest` letters. Made-up words are split by the same hash of
 * their letters as real ones, so no word that is asked in test was ever spelled in training.
 */
export function drawWord(
  random: Random,
  options: { split: Split; shortest: number; longest: number; shares: WordShares },
): string {
  const { split, shortest, longest, shares } = options;
  const total = shares.common + shares.phrasing + shares.pseudo + shares.letters;
  for (;;) {
    const word = ofSomeKind(random, random.next() * total, random.integer(shortest, longest), shares);
    const fits = word.length >= shortest && word.length <= longest;
    if (fits && splitOf(word) === split) return word;
  }
}

function ofSomeKind(random: Random, share: number, length: number, shares: WordShares): string {
  const { common, phrasing, pseudo } = shares;
  if (share < common) return random.pick(commonWords);
  if (share < common + phrasing) return random.pick(phrasingWords);
  return share < common + phrasing + pseudo ? pseudoWord(random, length) : letterString(random, length);
}
