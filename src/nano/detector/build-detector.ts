import { countBigrams } from "./bigram-model.ts";
import {
  type DetectorFile,
  describe,
  type FamilyShape,
  QuestionDetector,
  type QuestionShape,
} from "./detector.ts";
import { letterPairsOf, piecesOf } from "./shape.ts";

/** Questions that a detector is made of and calibrated on. */
export interface DetectorQuestions {
  /** Trained phrasings, by family. */
  training: ReadonlyMap<string, readonly string[]>;
  /** Held-out phrasings. */
  calibration: readonly string[];
  /** Questions of other kinds. */
  foreign: readonly string[];
  /** Natural words, to know their letter pairs. */
  words: readonly string[];
}

/** A word or mark belongs to the phrasings when it occurs in at least this share of some family's questions. */
const lexiconShare = 0.004;
/** The fewest contents leave out this share of a family's questions: in `How many is are in fish?`, no letter is seen. */
const outliers = 0.006;
/** Natural words that have a letter pair, for it to be a natural one. */
const naturalPairCount = 2;

/**
 * Builds a detector: counts the bigrams of each family's shapes, then puts the surprise limit where held-out phrasings
 * and foreign questions come apart best.
 */
export function buildDetector(questions: DetectorQuestions): DetectorFile {
  const lexicon = lexiconOf(questions.training.values());
  const letterPairs = naturalPairs(questions.words);
  const families: Record<string, FamilyShape> = {};
  for (const [family, texts] of questions.training) {
    families[family] = familyShape(texts.map((text) => describe(text, { lexicon, letterPairs })));
  }
  const file: DetectorFile = {
    lexicon: [...lexicon].sort(),
    letterPairs: [...letterPairs].sort(),
    surpriseLimit: Number.MAX_VALUE,
    families,
  };
  const unlimited = new QuestionDetector(file);
  const surprises = (texts: readonly string[]): number[] => texts.map((text) => unlimited.surprise(text));
  return {
    ...file,
    surpriseLimit: balancedLimit(surprises(questions.calibration), surprises(questions.foreign)),
  };
}

function naturalPairs(words: readonly string[]): Set<string> {
  const counts = new Map<string, number>();
  for (const pair of words.flatMap(letterPairsOf)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count >= naturalPairCount).map(([pair]) => pair));
}

function lexiconOf(families: Iterable<readonly string[]>): Set<string> {
  const lexicon = new Set<string>();
  for (const questions of families) {
    const seen = new Map<string, number>();
    for (const question of questions) {
      for (const piece of new Set(piecesOf(question))) seen.set(piece, (seen.get(piece) ?? 0) + 1);
    }
    for (const [piece, count] of seen) {
      if (count >= lexiconShare * questions.length && belongsToPhrasings(piece)) lexicon.add(piece);
    }
  }
  return lexicon;
}

/** Marks, and words of two letters and more, but no plural of a letter such as `rs`. */
function belongsToPhrasings(piece: string): boolean {
  return /^[a-z]/.test(piece) ? piece === "is" || !/^[a-z]s?$/.test(piece) : !/^\d/.test(piece);
}

function familyShape(questions: readonly QuestionShape[]): FamilyShape {
  const range = (kind: keyof FamilyShape["contents"]): [number, number] => {
    const counts = questions.map(({ contents }) => contents[kind]).sort((left, right) => left - right);
    return [counts[Math.floor(outliers * counts.length)] ?? 0, counts.at(-1) ?? 0];
  };
  return {
    ...countBigrams(questions.map(({ shapes }) => shapes)),
    contents: {
      numbers: range("numbers"),
      letters: range("letters"),
      words: range("words"),
      oddPairs: range("oddPairs"),
      marks: range("marks"),
    },
    length: questions.reduce((most, { shapes }) => Math.max(most, shapes.length), 1),
    digits: questions.reduce((most, { digits }) => Math.max(most, digits), 0),
  };
}

/** The limit in the middle of the gap at which the shares of "own accepted" and "others refused" have the largest sum. */
function balancedLimit(own: readonly number[], others: readonly number[]): number {
  const candidates = [...own, ...others].filter(Number.isFinite).sort((left, right) => left - right);
  const separation = (limit: number): number =>
    own.filter((surprise) => surprise <= limit).length / own.length -
    others.filter((surprise) => surprise <= limit).length / others.length;
  let best = candidates[0] ?? 1;
  for (const limit of candidates) if (separation(limit) > separation(best)) best = limit;
  const next = candidates.find((candidate) => candidate > best) ?? best;
  return (best + next) / 2;
}
