/** Shapes that stand for contents; every other shape is a word or mark of nano's phrasings. */
export const contentShapes = {
  /** A run of digits, without or with a point and more digits. */
  number: "<number>",
  decimal: "<decimal>",
  /** A letter by itself, and a letter in the plural, such as `rs`. */
  letter: "<letter>",
  letters: "<letter>s",
  /** A word that no phrasing uses. */
  word: "<word>",
  /** A mark that no phrasing uses, such as `%`. */
  mark: "<mark>",
} as const;

/** Other writings of phrasing words that people use and the gym does not. */
const sameWords: ReadonlyMap<string, string> = new Map([
  ["vs", "or"],
  ["versus", "or"],
  ["whats", "what"],
  ["biggest", "bigger"],
  ["largest", "larger"],
  ["highest", "higher"],
  ["greatest", "greater"],
  ["smallest", "smaller"],
  ["lowest", "lower"],
  ["fewer", "less"],
  ["contain", "have"],
  ["contains", "has"],
  ["occurs", "appears"],
  ["evaluate", "calculate"],
  ["decipher", "decode"],
  ["decrypt", "decode"],
  ["could", "can"],
  ["using", "with"],
  ["produce", "make"],
  ["obtain", "get"],
]);

const piecePattern = /\d+\.\d+|\d+|[a-z]+(?:'s\b)?|'s\b|[^\s\da-z]/g;

/** A question cut into lower-case words, letters, numbers and marks; an `'s` stands for itself. */
export function piecesOf(question: string): string[] {
  const pieces = question.toLowerCase().replace(/[’`]/g, "'").replace(/[−–]/g, "-").match(piecePattern) ?? [];
  return pieces.flatMap((piece) => (/^[a-z]+'s$/.test(piece) ? [piece.slice(0, -2), "'s"] : [piece]));
}

/**
 * The shape of a piece: words and marks of nano's own phrasings stand for themselves, everything else becomes one of
 * {@link contentShapes}.
 */
export function shapeOf(piece: string, lexicon: ReadonlySet<string>): string {
  if (/^\d/.test(piece)) return piece.includes(".") ? contentShapes.decimal : contentShapes.number;
  if (/^[a-z]$/.test(piece)) return contentShapes.letter;
  const word = sameWords.get(piece) ?? piece;
  if (lexicon.has(word)) return word;
  if (!/^[a-z]/.test(piece)) return contentShapes.mark;
  return /^[a-z]s$/.test(piece) ? contentShapes.letters : contentShapes.word;
}

/** The pairs of neighbouring letters in a word. */
export function letterPairsOf(word: string): string[] {
  return Array.from({ length: Math.max(0, word.length - 1) }, (_, index) => word.slice(index, index + 2));
}
