import type { ThoughtRow } from "../store/thought-row.ts";
import { FIELDS, type Field } from "./fields.ts";
import { type Comparison, type Filter, type FilterTerm, foldText } from "./filter.ts";
import { DECIMAL } from "./parse-filter.ts";

/** True where every term of the filter holds for the row, just as {@link filterSql} has a database decide it. */
export function matchesFilter(filter: Filter, row: ThoughtRow): boolean {
  return filter.every((term) => holds(term, row) !== term.negated);
}

function holds({ field, test }: FilterTerm, row: ThoughtRow): boolean {
  const known = FIELDS.get(field);
  switch (test.kind) {
    case "one-of":
      return known?.kind === "name" && test.patterns.some((pattern) => fits(known.of(row), pattern));
    case "compare": {
      const value = numberOf(known, row);
      return value !== null && compares(value, test.comparison, test.value);
    }
    case "truth":
      return known?.kind === "truth" && known.of(row) === test.value;
    case "holds":
      return known?.kind === "text" && foldText(known.of(row)).includes(test.text);
    case "tag":
      return Object.hasOwn(row.tags, test.tag) && row.tags[test.tag] === test.value;
  }
}

function fits(value: string | null, pattern: readonly string[]): boolean {
  if (value === null) return false;
  const [first = "", ...others] = pattern;
  if (others.length === 0) return value === first;
  if (!value.startsWith(first)) return false;
  let at = first.length;
  for (const piece of others.slice(0, -1)) {
    const found = value.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  const last = others.at(-1) ?? "";
  return value.length - last.length >= at && value.endsWith(last);
}

function numberOf(known: Field | undefined, row: ThoughtRow): number | null {
  if (known?.kind === "time") return known.of(row);
  if (known?.kind !== "number") return null;
  const value = known.of(row);
  if (typeof value === "string") return DECIMAL.test(value) ? Number(value) : null;
  return value === null ? null : value / (known.unit ?? 1);
}

function compares(left: number, comparison: Comparison, right: number): boolean {
  switch (comparison) {
    case "=":
      return left === right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}
