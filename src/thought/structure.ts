/**
 * Words that show a thought turning, doubting or concluding: the frequent ones of o1's published thoughts (O1
 * Journey, part 1, arXiv 2410.18982), and `hmm` and `however` beside them.
 */
const NONE = {
  wait: 0,
  alternatively: 0,
  however: 0,
  but: 0,
  hmm: 0,
  therefore: 0,
  thus: 0,
  so: 0,
  if: 0,
  consider: 0,
  possible: 0,
  first: 0,
};

const NAMES: ReadonlySet<string> = new Set(Object.keys(NONE));

/** A word that shows how a thought moves, such as `wait`. */
export type Marker = keyof typeof NONE;

/** Every marker, in the order in which tables show them. */
export const MARKERS: readonly Marker[] = Object.keys(NONE).filter(isMarker);

/** The outer form of a thought. */
export interface ThoughtStructure {
  /** Lines that are not blank. */
  lines: number;
  /** Runs of characters without white space that hold a letter or a digit. */
  words: number;
  /** 0 for an empty thought. */
  wordsPerLine: number;
  /** How often each marker stands as a word of its own, in any case. `hmmm` counts as `hmm`. */
  markers: Record<Marker, number>;
}

/** Measures the outer form of a thought. */
export function analyzeStructure(thought: string): ThoughtStructure {
  const lines = thought.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "").length;
  const words = thought.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const markers = { ...NONE };
  for (const [word] of thought.toLowerCase().matchAll(/\p{L}+(?:['’]\p{L}+)*/gu)) {
    const marker = word.startsWith("hm") && /^hm+$/.test(word) ? "hmm" : word;
    if (isMarker(marker)) markers[marker]++;
  }
  return { lines, words, wordsPerLine: lines === 0 ? 0 : words / lines, markers };
}

function isMarker(word: string): word is Marker {
  return NAMES.has(word);
}
