import type { Random } from "../../thought/random.ts";

const opposites: Readonly<Record<string, string>> = {
  "<": ">",
  ">": "<",
  yes: "no",
  no: "yes",
  larger: "smaller",
  smaller: "larger",
};
/** What a slip may hit: a digit, a letter that stands alone, a comparison. */
const spots = /\d|(?<![a-z])[a-z](?![a-z])|[<>]|\b(?:yes|no|larger|smaller)\b/g;

/**
 * Makes a line wrong in one place, as a slip would: another digit or letter, a comparison turned round. The last spot is
 * hit in half of the cases, since that is where a line's result stands. A line without a spot changes one letter of its
 * last word; one without letters stays as it is.
 */
export function spoil(line: string, random: Random): string {
  const found = [...line.matchAll(spots)];
  const hit = random.chance(0.5) ? found.at(-1) : found[random.integer(0, found.length - 1)];
  if (hit === undefined) return spoilWord(line, random);
  const by = opposites[hit[0]] ?? another(hit[0], random);
  return `${line.slice(0, hit.index)}${by}${line.slice(hit.index + hit[0].length)}`;
}

function spoilWord(line: string, random: Random): string {
  const word = /[a-z]+$/.exec(line);
  if (word === null) return line;
  const at = word.index + random.integer(0, word[0].length - 1);
  return `${line.slice(0, at)}${another(line.charAt(at), random)}${line.slice(at + 1)}`;
}

/** Another digit for a digit, another small letter for a letter. */
function another(character: string, random: Random): string {
  const alphabet = /\d/.test(character) ? "0123456789" : "abcdefghijklmnopqrstuvwxyz";
  return random.pick([...alphabet].filter((other) => other !== character));
}
