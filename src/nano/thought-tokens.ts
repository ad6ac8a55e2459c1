import { markers } from "./format.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** A question with a thought and maybe an answer, as the tokens that nano reads and writes. */
export interface ThoughtTokens {
  readonly ids: readonly number[];
  /** How many of them are given: the question, up to the marker behind it. */
  readonly given: number;
  /** For each line of the thought, the index of the token that ends it: its newline, or the marker of the answer. */
  readonly stepEnds: readonly number[];
}

/**
 * Tokens of a question, the lines of a thought, and the answer with its end. Whatever looks like a marker in them is plain text.
 * Without an answer the last line ends in a newline, as if the thought went on.
 */
export function thoughtTokens(
  tokenizer: Tokenizer,
  {
    question,
    thought,
    answer,
  }: { question: string; thought: readonly string[]; answer?: string | undefined },
): ThoughtTokens {
  const text = (words: string): number[] => tokenizer.encode(words, { markers: "text" });
  const marker = (word: string): number[] => tokenizer.encode(word);
  const thinking = thought.length > 0 || answer === undefined;
  const ids = [
    ...marker(markers.user),
    ...text(question),
    ...marker(thinking ? markers.think : markers.answer),
  ];
  const given = ids.length;
  const stepEnds: number[] = [];
  for (const [index, line] of thought.entries()) {
    const last = index === thought.length - 1 && answer !== undefined;
    ids.push(...text(line), ...(last ? marker(markers.answer) : text("\n")));
    stepEnds.push(ids.length - 1);
  }
  if (answer !== undefined) ids.push(...text(answer), ...marker(markers.end));
  return { ids, given, stepEnds };
}
