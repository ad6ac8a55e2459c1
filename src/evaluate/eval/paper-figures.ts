import type { Marker } from "../../thought/structure.ts";

/** The outer form of a published thought. */
export interface PaperThought {
  name: string;
  tokens: number;
  lines: number;
  wordsPerLine: number;
}

/** The thoughts that OpenAI published with o1, one a subject, as measured in O1 Journey, part 1 (arXiv 2410.18982), table 3. */
export const o1Thoughts: readonly PaperThought[] = [
  { name: "Cipher", tokens: 8915, lines: 668, wordsPerLine: 4.29 },
  { name: "Coding", tokens: 3259, lines: 197, wordsPerLine: 3.64 },
  { name: "Crossword", tokens: 5311, lines: 396, wordsPerLine: 5.75 },
  { name: "English", tokens: 757, lines: 49, wordsPerLine: 9.88 },
  { name: "Health", tokens: 1010, lines: 86, wordsPerLine: 6.14 },
  { name: "Math", tokens: 18751, lines: 521, wordsPerLine: 9.49 },
  { name: "Safety", tokens: 510, lines: 41, wordsPerLine: 8.27 },
  { name: "Science", tokens: 2411, lines: 91, wordsPerLine: 7.62 },
];

/** The words that the same table names as frequent in those thoughts. */
export const o1Markers: readonly Marker[] = [
  "so",
  "first",
  "alternatively",
  "wait",
  "but",
  "therefore",
  "thus",
  "if",
  "consider",
  "possible",
];

/** What a model reached at which mean number of output tokens. */
export interface PaperBudget {
  model: string;
  /** From 0 to 1. */
  accuracy: number;
  outputTokens: number;
}

/** Accuracy by inference budget as published in O1 Journey, part 2 (arXiv 2411.16489), by our name of the benchmark. */
export const paperBudgets: Readonly<Record<string, readonly PaperBudget[]>> = {
  aime24: [
    { model: "o1-preview", accuracy: 12 / 30, outputTokens: 9083 },
    { model: "o1-mini", accuracy: 21 / 30, outputTokens: 9903 },
    { model: "O1 Journey 72B", accuracy: 13 / 30, outputTokens: 8016 },
  ],
  math500: [
    { model: "o1-preview", accuracy: 0.855, outputTokens: 1501 },
    { model: "o1-mini", accuracy: 0.9, outputTokens: 944 },
    { model: "O1 Journey 72B", accuracy: 0.872, outputTokens: 2235 },
  ],
};
