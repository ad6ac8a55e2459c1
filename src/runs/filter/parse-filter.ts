import { nearestName } from "../../thought/nearest-name.ts";
import { MARKERS } from "../../thought/structure.ts";
import { FIELDS, type Field } from "./fields.ts";
import { type Comparison, type Filter, type FilterTerm, type FilterTest, foldText } from "./filter.ts";
import { filterError, lexFilter, type RawTerm } from "./lex-filter.ts";

/**
 * Reads a filter such as `correct:false strategy:mcts reward:<0.5 thought:wait -level:5 text:"free words"`. Terms are
 * joined by and; a leading `-` negates; words without a field are looked for in the text of the thought.
 *
 * @throws InputError that says at which column the filter is not understood, and what to write
 */
export function parseFilter(text: string): Filter {
  return lexFilter(text).map(readTerm);
}

function readTerm(raw: RawTerm): FilterTerm {
  const { negated, field = "text" } = raw;
  const known = FIELDS.get(field);
  if (known === undefined) {
    const near = nearestName(field, [...FIELDS.keys()]);
    const hint = near === undefined ? `fields are ${listed([...FIELDS.keys()])}` : `did you mean ${near}:?`;
    throw filterError(raw.column + (negated ? 1 : 0), `no field "${field}"; ${hint}`);
  }
  if (raw.pieces.some(({ text, quoted }) => text === "" && !quoted))
    throw filterError(raw.valueColumn, `${field}: has no value; write ${exampleOf(field, known)}`);
  if (known.kind === "marker") return readMarker(raw, negated);
  return { field, negated, test: readTest(raw, field, known) };
}

function readTest(raw: RawTerm, field: string, known: Exclude<Field, { kind: "marker" }>): FilterTest {
  switch (known.kind) {
    case "name":
      return {
        kind: "one-of",
        patterns: raw.pieces.map(({ text, quoted }) => [
          ...(quoted ? [text] : text.split("*")),
          ...(known.prefix === true ? [""] : []),
        ]),
      };
    case "number":
      return { kind: "compare", ...readComparison(raw, field, readNumber(field)) };
    case "time":
      return { kind: "compare", ...readComparison(raw, field, readTime) };
    case "truth":
      return { kind: "truth", value: readTruth(raw, field) };
    case "text":
      return { kind: "holds", text: foldText(joined(raw)) };
    case "tag":
      return readTag(raw);
  }
}

/** `thought:wait` asks for a marker, which is counted when a thought is written down. */
function readMarker(raw: RawTerm, negated: boolean): FilterTerm {
  const word = foldText(joined(raw));
  const marker = MARKERS.find((one) => one === word);
  if (marker === undefined) {
    throw filterError(
      raw.valueColumn,
      `thought: takes one of ${listed(MARKERS)}; for other words write text:"${word}"`,
    );
  }
  return { field: marker, negated, test: { kind: "compare", comparison: ">", value: 0 } };
}

function readComparison(
  raw: RawTerm,
  field: string,
  read: (text: string, column: number) => number,
): { comparison: Comparison; value: number } {
  const text = joined(raw);
  const sign = /^(<=|>=|<|>|=)?/.exec(text)?.[0] ?? "";
  const comparison = COMPARISONS.find((one) => one === sign) ?? "=";
  const rest = text.slice(sign.length);
  if (rest === "")
    throw filterError(raw.valueColumn, `${field}:${sign} has no number; write ${field}:${sign || ">"}5`);
  return { comparison, value: read(rest, raw.valueColumn + sign.length) };
}

const COMPARISONS: readonly Comparison[] = ["=", "<", "<=", ">", ">="];

/** A decimal number, and nothing else that JavaScript would take for one. */
export const DECIMAL = /^-?\d+(\.\d+)?$/;

function readNumber(field: string): (text: string, column: number) => number {
  return (text, column) => {
    if (DECIMAL.test(text)) return Number(text);
    throw filterError(column, `"${text}" is no number; write ${field}:5, ${field}:>5 or ${field}:<=0.5`);
  };
}

function readTime(text: string, column: number): number {
  const time = /^\d{4}-\d\d-\d\d(T[\d:.]+Z?)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw filterError(
    column,
    `"${text}" is no date; write created:>2026-11-20 or created:<2026-11-20T18:00:00Z`,
  );
}

const TRUTHS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["open", null],
]);

function readTruth(raw: RawTerm, field: string): boolean | null {
  const value = TRUTHS.get(joined(raw));
  if (value !== undefined) return value;
  throw filterError(
    raw.valueColumn,
    `${field}: is true, false, or open where it is not known; write ${field}:false`,
  );
}

function readTag(raw: RawTerm): FilterTest {
  const [, tag, value] = /^([\p{L}\p{N}_-]+)=(.+)$/su.exec(joined(raw)) ?? [];
  if (tag !== undefined && value !== undefined) return { kind: "tag", tag, value };
  throw filterError(raw.valueColumn, "a tag has a name and a value; write tag:subject=Algebra");
}

function joined({ pieces }: RawTerm): string {
  return pieces.map(({ text }) => text).join(",");
}

function exampleOf(field: string, { kind }: Field): string {
  if (kind === "truth") return `${field}:false`;
  if (kind === "number") return `${field}:>5`;
  if (kind === "time") return `${field}:>2026-11-20`;
  if (kind === "text") return `${field}:"free words"`;
  if (kind === "marker") return `${field}:wait`;
  return kind === "tag" ? `${field}:subject=Algebra` : `${field}:NAME`;
}

function listed(names: readonly string[]): string {
  return names.join(", ");
}
