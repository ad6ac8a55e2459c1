import { canonicalAnswer } from "../../rewards/equivalent.ts";

/** Where more than this share of the words inside sentences begin with a capital, capitals mark no names (German). */
const NOUNS_ARE_CAPITALISED = 0.2;

/**
 * What a text says that its sources do not: the first number or name that does not occur in them, in one line; undefined
 * where all of them do. A name is a word inside a sentence that begins with a capital letter.
 */
export function ungrounded(text: string, sources: readonly string[]): string | undefined {
  const source = sources.join("\n");
  const numbers = new Set(numbersOf(source));
  const number = numbersOf(text).find((one) => !numbers.has(one));
  if (number !== undefined)
    return `the number ${number.replace(/^number (.*?)(?:\/1)?$/, "$1")} is not in the steps`;
  const { inside, capitals } = wordsInside(source);
  if (capitals.length > 3 && capitals.length > NOUNS_ARE_CAPITALISED * inside) return undefined;
  const words = new Set((source.match(WORD) ?? []).map(bare));
  const name = wordsInside(text).capitals.find((word) => !words.has(bare(word)));
  return name === undefined ? undefined : `the name ${name} is not in the steps`;
}

const WORD = /\p{L}[\p{L}\p{M}'’-]*/gu;

function numbersOf(text: string): string[] {
  return (text.match(/\d+(?:[.,]\d+)*/g) ?? []).map((number) => canonicalAnswer(number));
}

/** How many words stand inside a sentence, and those of them that begin with a capital and are longer than a letter. */
function wordsInside(text: string): { inside: number; capitals: string[] } {
  let inside = 0;
  const capitals: string[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const before = text.slice(Math.max(0, index - 4), index);
    if (!/[\p{L}\p{N},][ \t]+$/u.test(before)) continue;
    inside++;
    if (/^\p{Lu}\p{L}/u.test(word)) capitals.push(word);
  }
  return { inside, capitals };
}

function bare(word: string): string {
  return word.toLowerCase().replace(/['’]s?$/, "");
}
