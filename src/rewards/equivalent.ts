const longestNumber = 200;

/**
 * Whether two answers say the same. Case, spaces and closing punctuation do not matter, numbers are compared
 * exactly as fractions (`7`, `7.0`, `14/2`, `1,000` and `1000`), a named unknown is left out (`x = 7`), `\boxed{}`
 * and `$` around the whole are taken off. Anything else has to agree literally: a missed match costs a vote, a false
 * one gives a wrong answer.
 */
export function equivalent(left: string, right: string): boolean {
  return left === right || canonicalAnswer(left) === canonicalAnswer(right);
}

/** The form in which {@link equivalent} answers are equal, for use as a key. Not for showing. */
export function canonicalAnswer(answer: string): string {
  const bare = unwrap(answer.normalize("NFC").toLowerCase().replace(/\s+/g, " "));
  const value = bare.replace(/^[a-z] ?= ?/, "");
  const number = canonicalNumber(value);
  if (number !== undefined) return `number ${number}`;
  return `text ${value.replace(/ ?([^\p{L}\p{N}\s]) ?/gu, "$1")}`;
}

/** Takes closing punctuation, `$...$` and `\boxed{...}` off, as long as they enclose the whole. */
function unwrap(text: string): string {
  const trimmed = text.trim();
  // An exclamation mark closes a word; behind a number or an unknown it is a factorial.
  const bare = trimmed.replace(/(?:[.,;:?\s]|(?<=\p{L}{2})!)+$/u, "") || trimmed;
  const inner = /^\$+([^$]*)\$+$/.exec(bare)?.[1] ?? boxed(bare);
  return inner === undefined ? bare : unwrap(inner);
}

function boxed(text: string): string | undefined {
  const opening = /^\\boxed ?\{/.exec(text)?.[0];
  if (opening === undefined || !text.endsWith("}")) return undefined;
  const inner = text.slice(opening.length, -1);
  let depth = 0;
  for (const character of inner) {
    if (character === "{") depth++;
    if (character === "}") depth--;
    if (depth < 0) return undefined;
  }
  return depth === 0 ? inner : undefined;
}

/** The reduced fraction of a whole number, decimal or fraction; undefined for anything else. */
function canonicalNumber(text: string): string | undefined {
  if (text.length > longestNumber) return undefined;
  const plain = text
    .replaceAll("\u2212", "-")
    .replace(/^(-?)\\[dt]?frac ?\{([^{}]*)\} ?\{([^{}]*)\}$/, "$1$2/$3");
  const parts = plain.split("/").map((part) => decimal(part.trim()));
  const [above, below = { digits: 1n, scale: 1n }, extra] = parts;
  if (above === undefined || extra !== undefined || parts.includes(undefined) || below.digits === 0n)
    return undefined;
  const numerator = above.digits * below.scale;
  const denominator = above.scale * below.digits;
  const divisor = greatestCommonDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n);
  return `${numerator / divisor}/${denominator / divisor}`;
}

/** A decimal numeral, exactly: its digits as a whole number, over a power of ten. Commas only between thousands. */
function decimal(text: string): { digits: bigint; scale: bigint } | undefined {
  const match = /^([+-]?) ?(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?$/.exec(text);
  const [, sign = "", whole = "", places = ""] = match ?? [];
  if (match === null || whole + places === "") return undefined;
  const digits = BigInt(whole.replaceAll(",", "") + places);
  return { digits: sign === "-" ? -digits : digits, scale: 10n ** BigInt(places.length) };
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [a, b] = [left < 0n ? -left : left, right < 0n ? -right : right];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
