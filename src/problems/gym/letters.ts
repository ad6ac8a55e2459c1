import type { Random } from "../../thought/random.ts";
import type { Split } from "../problem.ts";
import { drawLetter, drawWord } from "./draw-word.ts";
import type { Family } from "./family.ts";
import { gradeNumber } from "./grade-number.ts";
import { templates } from "./templates.ts";

/** A letter to be counted in a word, both lower case. */
export interface LettersInstance {
  word: string;
  letter: string;
}

function sample(random: Random, difficulty: number, split: Split): LettersInstance {
  const longest = Math.round(5 + 9 * difficulty);
  const training = split === "train";
  const shares = training
    ? { common: 0.5, phrasing: 0.08, pseudo: 0.25, letters: 0.17 }
    : { common: 0.8, phrasing: 0, pseudo: 0.2, letters: 0 };
  const word = drawWord(random, { split, shortest: 3, longest, shares });
  const repeated = [...word].filter((letter, index, all) => all.indexOf(letter) !== index);
  if (repeated.length > 0 && random.chance(0.5)) return { word, letter: random.pick(repeated) };
  return { word, letter: random.chance(0.75) ? random.pick([...word]) : drawLetter(random) };
}

function count(word: string, letter: string): number {
  return word.split(letter).length - 1;
}

/** One line a letter: its place, itself, whether it is the one, how many so far. */
function lineAt({ word, letter }: LettersInstance, index: number): string {
  const current = word.charAt(index);
  const soFar = count(word.slice(0, index + 1), letter);
  return `${String(index + 1).padStart(2, "0")} ${current} ${current === letter ? "yes" : "no"} ${soFar}`;
}

function shortcut(instance: LettersInstance): string[] {
  const { word, letter } = instance;
  return [
    `count ${letter} in ${word}`,
    ...Array.from(word, (_, index) => lineAt(instance, index)),
    `so ${count(word, letter)}`,
  ];
}

/** May begin with a guess, and seldom overlooks a letter and notices. */
function trace(instance: LettersInstance, random: Random): string[] {
  const { word, letter } = instance;
  const [first = "", ...rest] = shortcut(instance);
  const total = count(word, letter);
  const lines = [first];
  if (random.chance(0.3)) {
    lines.push(`maybe ${Math.max(0, total + random.integer(-1, 1))}`, "wait, count letter by letter");
  }
  const places = Array.from(word, (_, index) => index).filter((index) => word.charAt(index) === letter);
  const overlooked = places.length > 0 && random.chance(0.04) ? random.pick(places) : -1;
  for (const [index, line] of rest.entries()) {
    if (index === overlooked) {
      lines.push(line.replace(/yes \d+$/, `no ${count(word.slice(0, index), letter)}`));
      lines.push(`wait, ${letter} is ${letter}`);
    }
    lines.push(line);
  }
  return lines;
}

function writeWord(word: string, random: Random): string {
  if (random.chance(0.12)) return `"${word}"`;
  return random.chance(0.06) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

/** How often a letter occurs in a word, by spelling the word letter by letter. */
export const letters: Family<LettersInstance> = {
  name: "letters",
  description: "Count a letter in a word of up to 14 letters: How many r's are in strawberry?",
  sample,
  keys: ({ word }) => [word],
  phrasings: templates<LettersInstance>({
    prefix: "",
    slots: ({ word, letter }, random) => ({
      letter: random.chance(0.15) ? letter.toUpperCase() : letter,
      word: writeWord(word, random),
    }),
    trained: [
      "How many {letter}'s are in {word}?",
      "How many {letter}'s are there in {word}?",
      "How many {letter}s are in {word}?",
      "How many times does {letter} appear in {word}?",
      "How many times does the letter {letter} occur in the word {word}?",
      "Count the {letter}'s in {word}.",
      "Count the letter {letter} in the word {word}.",
      "Count how many times {letter} appears in {word}.",
      "How often does {letter} occur in {word}?",
      "What is the number of {letter}'s in {word}?",
      "In the word {word}, how many {letter}'s are there?",
      "In {word}, how often does the letter {letter} appear?",
      "Find the number of letters {letter} in {word}.",
      "Tell me how many {letter}'s the word {word} has.",
      "How many letters {letter} does {word} have?",
      "What is the count of the letter {letter} in {word}?",
    ],
    heldOut: [
      "Tell me the number of {letter}'s in the word {word}.",
      "How many times is the letter {letter} in {word}?",
      "In {word}, count the {letter}'s.",
      "What is the count of {letter} in the word {word}?",
    ],
  }),
  gold: ({ word, letter }) => String(count(word, letter)),
  grade: gradeNumber,
  shortcut,
  trace,
};
