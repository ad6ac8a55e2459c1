/** How a number is compared. */
export type Comparison = "=" | "<" | "<=" | ">" | ">=";

/** What one term of a filter asks of its field. */
export type FilterTest =
  /** The field is one of these. Each is cut where it may hold anything between: `["openai/", ""]` is `openai/*`. */
  | { kind: "one-of"; patterns: string[][] }
  | { kind: "compare"; comparison: Comparison; value: number }
  /** Null asks that it is not known. */
  | { kind: "truth"; value: boolean | null }
  /** The field holds this text, in any case. Folded by {@link foldText}. */
  | { kind: "holds"; text: string }
  | { kind: "tag"; tag: string; value: string };

/** One term of a filter: what a field has to be, or with `negated` must not be. */
export interface FilterTerm {
  /** A name of `FIELDS`. */
  field: string;
  negated: boolean;
  test: FilterTest;
}

/** What thoughts are asked for: all terms have to hold. Empty: every thought. */
export type Filter = readonly FilterTerm[];

/** Text without its case, as text is compared and as the `folded` column holds it. */
export function foldText(text: string): string {
  return text.toLowerCase();
}
