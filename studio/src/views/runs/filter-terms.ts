/**
 * A filter as terms, such as `correct:false`, `-strategy:mcts` or `"free words"`: enough of its grammar to put terms in and
 * take them out. What a term means, and whether it is right, the server says.
 */

/** One term of a filter, as it is written. */
interface FilterTerm {
  /** The term stands for what does not fit it. */
  negated: boolean;
  /** What stands before the colon; undefined for free words. */
  key: string | undefined;
  /** What stands behind it: `mcts`, `>2000`, `a,"b c"`. */
  written: string;
}

/** The value of the first term with a key that is not negated, without its quotes; undefined where there is none. */
export function termValue(filter: string, key: string): string | undefined {
  const written = parseTerms(filter).find((term) => term.key === key && !term.negated)?.written;
  const quoted = written === undefined ? null : /^"((?:[^"\\]|\\.)*)"?$/u.exec(written);
  return quoted === null ? written : quoted[1]?.replace(/\\(["\\])/g, "$1");
}

/**
 * The filter with one value for a key: in place of all terms of that key, else at the end. Undefined or empty takes the
 * terms of that key out. A value with spaces or quotes is put in quotes.
 */
export function withTerm(filter: string, key: string, value: string | undefined): string {
  const terms = parseTerms(filter);
  const place = terms.findIndex((term) => term.key === key && !term.negated);
  const others = terms.filter((term) => term.key !== key || term.negated);
  if (value !== undefined && value !== "") {
    const written = /^[^\s"\\]+$/u.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`;
    others.splice(place === -1 ? others.length : place, 0, { negated: false, key, written });
  }
  return others
    .map((term) => `${term.negated ? "-" : ""}${term.key === undefined ? "" : `${term.key}:`}${term.written}`)
    .join(" ");
}

/** Takes a filter apart. Never fails: an open quote ends with the text. */
function parseTerms(filter: string): FilterTerm[] {
  return [...filter.matchAll(/(-?)(?:([a-z]+):)?((?:"(?:[^"\\]|\\.)*(?:"|$)|[^\s"])+)/giu)].map(
    ([, minus, key, written = ""]) => ({ negated: minus === "-", key: key?.toLowerCase(), written }),
  );
}
