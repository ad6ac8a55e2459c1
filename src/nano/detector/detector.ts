import { readFileSync } from "node:fs";
import { z } from "zod";
import { FailureError, messageOf } from "../../thought/errors.ts";
import { BigramModel, bigramModelSchema } from "./bigram-model.ts";
import { contentShapes, letterPairsOf, piecesOf, shapeOf } from "./shape.ts";

const rangeSchema = z.tuple([z.int().nonnegative(), z.int().nonnegative()]);

/** What a detector knows of one family of questions. */
export const familyShapeSchema = bigramModelSchema.extend({
  /** Fewest and most of each content that its questions have. */
  contents: z.strictObject({
    /** Whole numbers and decimals. */
    numbers: rangeSchema,
    /** Single letters, and plurals of such. */
    letters: rangeSchema,
    /** Words outside the lexicon. */
    words: rangeSchema,
    /** Pairs of letters in these words that natural words seldom have. */
    oddPairs: rangeSchema,
    /** Marks outside the lexicon. */
    marks: rangeSchema,
  }),
  /** Most shapes that a question has. */
  length: z.int().positive(),
  /** Most digits that a number has before the point or after it. */
  digits: z.int().nonnegative(),
});
export type FamilyShape = z.infer<typeof familyShapeSchema>;

/** A checkpoint's `detector.json`. */
export const detectorFileSchema = z.strictObject({
  /** Words and marks of the phrasings. */
  lexicon: z.array(z.string()),
  /** Pairs of letters that natural words have. */
  letterPairs: z.array(z.string().length(2)),
  /** Mean bits a shape above which a question is foreign. */
  surpriseLimit: z.number().positive(),
  families: z.record(z.string(), familyShapeSchema),
});
export type DetectorFile = z.infer<typeof detectorFileSchema>;

/** The words and letter pairs by which questions are described. */
export interface Vocabulary {
  lexicon: ReadonlySet<string>;
  letterPairs: ReadonlySet<string>;
}

/** What a question looks like: its shapes in order, and how many contents of each kind it has. */
export interface QuestionShape {
  shapes: readonly string[];
  contents: Record<keyof FamilyShape["contents"], number>;
  /** Digits of the longest run of digits. */
  digits: number;
}

/** Describes a question. */
export function describe(question: string, { lexicon, letterPairs }: Vocabulary): QuestionShape {
  const pieces = piecesOf(question).map((piece) => ({ piece, shape: shapeOf(piece, lexicon) }));
  const of = (...shapes: string[]): string[] =>
    pieces.filter(({ shape }) => shapes.includes(shape)).map(({ piece }) => piece);
  const numbers = of(contentShapes.number, contentShapes.decimal);
  const words = of(contentShapes.word);
  const contents = {
    numbers: numbers.length,
    letters: of(contentShapes.letter, contentShapes.letters).length,
    words: words.length,
    oddPairs: words.flatMap(letterPairsOf).filter((pair) => !letterPairs.has(pair)).length,
    marks: of(contentShapes.mark).length,
  };
  const digits = Math.max(0, ...numbers.flatMap((number) => number.split(".")).map((run) => run.length));
  return { shapes: pieces.map(({ shape }) => shape), contents, digits };
}

/**
 * Tells whether a question is of a kind that nano was trained on, so that nano is not asked what it can only answer
 * with nonsense. It looks at the shape of the question alone: which words of nano's phrasings follow each other, and
 * how many numbers, letters and other words stand between them. It reads no number and no word, and knows no answer.
 */
export class QuestionDetector {
  readonly #limit: number;
  readonly #vocabulary: Vocabulary;
  readonly #families: readonly { shape: FamilyShape; model: BigramModel }[];

  constructor(file: DetectorFile) {
    this.#limit = file.surpriseLimit;
    this.#vocabulary = { lexicon: new Set(file.lexicon), letterPairs: new Set(file.letterPairs) };
    this.#families = Object.values(file.families).map((shape) => ({ shape, model: new BigramModel(shape) }));
  }

  /** True for a question of nano's families. */
  accepts(question: string): boolean {
    return this.surprise(question) <= this.#limit;
  }

  /**
   * Mean surprise in bits a shape under the family that fits best; infinite where the question has too many or too few
   * contents for every family. {@link DetectorFile.surpriseLimit} is compared with it.
   */
  surprise(question: string): number {
    const described = describe(question, this.#vocabulary);
    const fitting = this.#families.filter(({ shape }) => fits(described, shape));
    return Math.min(...fitting.map(({ model }) => model.surprise(described.shapes)));
  }
}

function fits({ shapes, contents, digits }: QuestionShape, family: FamilyShape): boolean {
  const within = (kind: keyof typeof contents): boolean => {
    const [least, most] = family.contents[kind];
    return contents[kind] >= least && contents[kind] <= most;
  };
  return (
    shapes.length <= family.length &&
    digits <= family.digits &&
    within("numbers") &&
    within("letters") &&
    within("words") &&
    within("oddPairs") &&
    within("marks")
  );
}

/** Reads a checkpoint's detector. Throws a FailureError when the file is missing or not a detector. */
export function readDetector(file: string | URL): QuestionDetector {
  try {
    return new QuestionDetector(detectorFileSchema.parse(JSON.parse(readFileSync(file, "utf8"))));
  } catch (error) {
    throw new FailureError(
      `cannot read nano's question detector: ${messageOf(error)}; reinstall sojourn`,
      error,
    );
  }
}
