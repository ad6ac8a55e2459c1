import type { Random } from "../../thought/random.ts";
import type { Grade, Split } from "../problem.ts";
import { padded } from "./columns.ts";
import { drawWord } from "./draw-word.ts";
import type { Family } from "./family.ts";
import { templates } from "./templates.ts";

/**
 * A text in the letter-pair cipher of OpenAI's announcement of o1 ("Learning to reason with LLMs", 2024): two letters
 * stand for the letter at the average of their places in the alphabet.
 */
export interface CipherInstance {
  /** The plain words, lower case. */
  words: readonly string[];
  /** Each word in cipher, twice as long. */
  codes: readonly string[];
}

const placeOf = (letter: string): number => letter.charCodeAt(0) - 96;
const letterAt = (place: number): string => String.fromCharCode(96 + place);

/** Writes a word in the cipher; each pair is chosen at random among those with the right average. */
function encode(word: string, random: Random): string {
  return Array.from(word, (letter) => {
    const place = placeOf(letter);
    const most = Math.min(place - 1, 26 - place);
    const away = most === 0 ? 0 : random.integer(1, Math.min(most, 12)) * (random.chance(0.5) ? 1 : -1);
    return letterAt(place + away) + letterAt(place - away);
  }).join("");
}

function sample(random: Random, difficulty: number, split: Split): CipherInstance {
  const training = split === "train";
  const shares = { common: 0.6, phrasing: training ? 0.05 : 0, pseudo: training ? 0.35 : 0, letters: 0 };
  const most = difficulty < 0.3 ? 2 : difficulty < 0.6 ? 3 : 4;
  // Twelve letters in all keep the longest thought within a small model's context.
  for (;;) {
    const count = difficulty < 0.3 ? random.integer(1, most) : random.integer(2, most);
    const longest = count === 4 ? 4 : 6;
    const words = Array.from({ length: count }, () =>
      drawWord(random, { split, shortest: 3, longest, shares }),
    );
    if (words.join("").length <= 12) return { words, codes: words.map((word) => encode(word, random)) };
  }
}

const spaced = (text: string): string => [...text].join(" ");
const pairsOf = (code: string): string[] => code.match(/../g) ?? [];

/** One line a pair: both places, their sum, half of it, and the word so far. */
function decodeWord(code: string): string[] {
  let plain = "";
  const lines = pairsOf(code).map((pair) => {
    const [first, second] = [placeOf(pair.charAt(0)), placeOf(pair.charAt(1))];
    const sum = first + second;
    plain += letterAt(sum / 2);
    const places = `${padded(first, 2)} + ${padded(second, 2)} = ${padded(sum, 2)}`;
    return `${spaced(pair)} ${places} half ${padded(sum / 2, 2)} ${spaced(plain)}`;
  });
  return [...lines, `word ${plain}`];
}

function canonical({ codes }: CipherInstance): string {
  return `decode ${codes.map((code) => pairsOf(code).map(spaced).join(", ")).join(" / ")}`;
}

function shortcut(instance: CipherInstance): string[] {
  return [canonical(instance), ...instance.codes.flatMap(decodeWord)];
}

/** Sometimes tries the first letters of the first word's pairs before it turns to the average. */
function trace(instance: CipherInstance, random: Random): string[] {
  const [first = "", ...rest] = shortcut(instance);
  if (!random.chance(0.2)) return [first, ...rest];
  const initials = pairsOf(instance.codes[0] ?? "").map((pair) => pair.charAt(0));
  return [first, `first letters ${initials.join(" ")}`, "wait, take the average", ...rest];
}

/** Letter case, doubled spaces, quotes and closing marks are let pass. */
function grade(gold: string, answer: string): Grade {
  const said = answer
    .toLowerCase()
    .replace(/["'.!?]/g, "")
    .replace(/\s+/g, " ")
    .trim();
  const correct = said === gold;
  return { correct, reason: correct ? "equals the reference" : `expected "${gold}", got "${said}"` };
}

/** Solved examples are made of words that training may show. */
function exampleSlots(random: Random): { exampleCode: string; exampleText: string } {
  const shares = { common: 1, phrasing: 0, pseudo: 0, letters: 0 };
  const words = Array.from({ length: random.integer(1, 2) }, () =>
    drawWord(random, { split: "train", shortest: 3, longest: 5, shares }),
  );
  return { exampleCode: words.map((word) => encode(word, random)).join(" "), exampleText: words.join(" ") };
}

/** Short plain texts in the letter-pair cipher. */
export const cipher: Family<CipherInstance> = {
  name: "cipher",
  description:
    "Read the letter pair cipher of two to four words: Decode nrjhtlai aaiexf with the letter pair cipher.",
  sample,
  keys: ({ words }) => [...words],
  phrasings: templates<CipherInstance>({
    prefix: "",
    slots: ({ codes }, random) => ({ code: codes.join(" "), ...exampleSlots(random) }),
    trained: [
      "Each pair of letters stands for the letter between them. Decode {code}",
      "Decode this text: {code}. Each two letters average to one.",
      "In the letter pair cipher, what does {code} say?",
      "Solve the letter pair cipher: {code}",
      "If {exampleCode} means {exampleText}, what does {code} mean?",
      "{exampleCode} -> {exampleText}. Use this example to decode: {code}",
      "Decode {code} with the letter pair cipher.",
      "The cipher turns {exampleText} into {exampleCode}. Decode {code}",
      "What does {code} mean in the letter pair cipher?",
      "Two letters make one: add their places in the alphabet and take half. Decode {code}",
      "Use the pair cipher to read {code}.",
      "Read this secret text: {code}. Each pair is the average of two letters.",
      "Given that {exampleCode} says {exampleText}, what does {code} say?",
      "The secret text is {code}. Take two letters at a time and find the letter between them.",
      "Example: {exampleCode} is {exampleText}. What is {code}?",
    ],
    heldOut: [
      "What does {code} say in the pair cipher?",
      "Example: {exampleCode} means {exampleText}. Decode this: {code}",
      "Find the text: {code}. Two letters average to one letter.",
      "Decode the secret text {code} with the pair cipher.",
    ],
  }),
  hardness: () => "medium",
  gold: ({ words }) => words.join(" "),
  grade,
  shortcut,
  trace,
};
