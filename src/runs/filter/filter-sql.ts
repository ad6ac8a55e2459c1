import { FIELDS, type Field } from "./fields.ts";
import type { Filter, FilterTerm } from "./filter.ts";

/** The values of a statement's parameters, which stand in it as `$1`, `$2` and so on. */
export class SqlParameters {
  readonly values: (string | number | boolean)[] = [];

  /** Adds a value. Returns what stands for it in the statement. */
  add(value: string | number | boolean): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/**
 * A filter as a condition over the `questions` view. Nothing of what a user wrote is in its text: values are
 * parameters, and columns are those of `FIELDS`.
 */
export function filterSql(filter: Filter, parameters: SqlParameters): string {
  if (filter.length === 0) return "true";
  return filter
    .map((term) => {
      const condition = termSql(term, parameters);
      return term.negated ? `((${condition}) IS NOT TRUE)` : `(${condition})`;
    })
    .join(" AND ");
}

function termSql({ field, test }: FilterTerm, parameters: SqlParameters): string {
  const known = FIELDS.get(field);
  switch (test.kind) {
    case "one-of": {
      const column = columnOf(known);
      return test.patterns.map((pattern) => patternSql(column, pattern, parameters)).join(" OR ");
    }
    case "compare":
      return `${numberSql(known)} ${test.comparison} ${parameters.add(test.value)}::DOUBLE`;
    case "truth":
      return test.value === null
        ? `${columnOf(known)} IS NULL`
        : `${columnOf(known)} = ${parameters.add(test.value)}`;
    case "holds":
      return known?.kind === "text" && known.folded
        ? `contains(${columnOf(known)}, ${parameters.add(test.text)})`
        : `contains(lower(${columnOf(known)}), ${parameters.add(test.text)})`;
    case "tag":
      return `json_extract_string(${columnOf(known)}, ${parameters.add(`$."${test.tag}"`)}) = ${parameters.add(test.value)}`;
  }
}

function patternSql(column: string, pattern: readonly string[], parameters: SqlParameters): string {
  const [first = "", ...others] = pattern;
  if (others.length === 0) return `${column} = ${parameters.add(first)}`;
  if (others.length === 1 && others[0] === "") return `starts_with(${column}, ${parameters.add(first)})`;
  const like = pattern.map((piece) => piece.replace(/[\\%_]/g, "\\$&")).join("%");
  return `${column} LIKE ${parameters.add(like)} ESCAPE '\\'`;
}

function numberSql(known: Field | undefined): string {
  const column = columnOf(known);
  if (known?.kind === "time") return `epoch_ms(${column})`;
  if (column === '"level"')
    return `(CASE WHEN regexp_full_match(${column}, '-?\\d+(\\.\\d+)?') THEN ${column}::DOUBLE END)`;
  const unit = known?.kind === "number" ? (known.unit ?? 1) : 1;
  return unit === 1 ? column : `(${column} / ${unit})`;
}

function columnOf(known: Field | undefined): string {
  if (known === undefined || known.kind === "marker") throw new RangeError("a term without a column");
  return `"${known.column}"`;
}
