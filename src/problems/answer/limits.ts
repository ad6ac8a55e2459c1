/** Longest end of a prediction that is searched for an answer, in characters. */
export const longestText = 64_000;

/** Longest answer that is compared, in characters; a longer one is never equal. */
export const longestAnswer = 4_000;

/** Longest single expression that is parsed, in characters. */
export const longestExpression = 1_500;

/** Deepest nesting of brackets, sets and tuples. */
export const deepestNesting = 40;

/** Most parts of a list, rows of a matrix, and so on. */
export const mostParts = 100;

/** Largest integer exponent that is carried out; a larger power stays as it is written. */
export const largestExponent = 2_500;

/** Most bits of a numerator or denominator. */
export const mostBits = 10_000;

/** Most terms of a polynomial. */
export const mostTerms = 300;

/** Thrown where an answer would cost too much to read or to compare; its message becomes the reason. */
export class TooHardError extends Error {}

/** Thrown where a text is not an expression that we read. */
export class UnreadableError extends Error {}
