import { deepestNesting, TooHardError } from "./limits.ts";
import { closingIndex, splitTopLevel } from "./split-top-level.ts";

/** An answer taken apart down to single expressions, which stay text. */
export type Answer =
  | { kind: "leaf"; text: string }
  /** Several answers, `{1, 2}`, `1 and 2`, `\pm 3`: without order. */
  | { kind: "list"; parts: readonly Answer[]; braced: boolean }
  /** `(1, 2)`, `[1, 2)`: a tuple or an interval, with its brackets. */
  | { kind: "tuple"; open: string; close: string; parts: readonly Answer[] }
  | { kind: "union"; sign: "cup" | "cap" | "setminus"; parts: readonly Answer[] }
  | { kind: "matrix"; rows: readonly (readonly Answer[])[] }
  /** `a < b \le c`: the sides and the signs between them. */
  | { kind: "relation"; sides: readonly Answer[]; texts: readonly string[]; signs: readonly string[] };

const commas = /\s*[,，]\s*/y;
const semicolons = /\s*;\s*/y;
const joins =
  /\\text\s*\{\s*,?\s*(?:and|or)\s*\}|(?<![a-zA-Z\\])(?:and|or)(?![a-z])|(?<=[)\]\d])(?:and|or)(?=[A-Z(\d-])/g;
const unions = /\s*\\(?:cup|cap|setminus)(?![a-zA-Z])\s*|(?<=[)\]]\s?)U(?=\s?[([])/y;
const relations = /\s*(?:\\(?:le|ge|ne|approx|in|equiv|sim)(?![a-zA-Z])|[<>=])\s*/y;

/** Takes a normalised answer apart. Throws a TooHardError beyond the limits. */
export function readStructure(text: string, depth = 0): Answer {
  if (depth > deepestNesting) throw new TooHardError("an answer is nested too deeply");
  const trimmed = unbrace(text.trim());
  if (trimmed === "\\emptyset") return { kind: "list", parts: [], braced: true };
  const inner = (part: string) => readStructure(part, depth + 1);
  const joined = trimmed.replace(joins, ",");
  const items = itemsOf(joined);
  if (items.length > 1) return { kind: "list", parts: items.map(inner), braced: false };
  const relation = splitTopLevel(trimmed, relations);
  if (relation.separators.length > 0)
    return {
      kind: "relation",
      sides: relation.parts.map(inner),
      texts: relation.parts.map((part) => part.trim()),
      signs: relation.separators,
    };
  const union = splitTopLevel(trimmed, unions);
  if (union.separators.length > 0) {
    const first = union.separators[0] ?? "";
    const sign = first.includes("cap") ? "cap" : first.includes("setminus") ? "setminus" : "cup";
    return { kind: "union", sign, parts: union.parts.map(inner) };
  }
  return readBracketed(trimmed, inner);
}

function readBracketed(text: string, inner: (part: string) => Answer): Answer {
  const enclosed = enclosedBy(text);
  if (enclosed !== undefined) {
    const { open, close, inside } = enclosed;
    const items = itemsOf(inside);
    if (open === "{") return { kind: "list", parts: items.map(inner), braced: true };
    if (items.length > 1) return { kind: "tuple", open, close, parts: items.map(inner) };
    const bare = /^\s*\\begin[\s\S]*\}\s*$/.test(inside) || (open === "(" && /^\s*[A-Za-z]\s*$/.test(inside));
    if (bare && close === (open === "(" ? ")" : "]")) return inner(inside);
  }
  const matrix = readMatrix(text);
  if (matrix !== undefined) return { kind: "matrix", rows: matrix.map((row) => row.map(inner)) };
  if (/\\(?:pm|mp)(?![a-zA-Z])/.test(text)) {
    const plus = text.replace(/\\pm(?![a-zA-Z])/g, "+").replace(/\\mp(?![a-zA-Z])/g, "-");
    const minus = text.replace(/\\pm(?![a-zA-Z])/g, "-").replace(/\\mp(?![a-zA-Z])/g, "+");
    return { kind: "list", parts: [inner(plus), inner(minus)], braced: false };
  }
  return { kind: "leaf", text };
}

function itemsOf(text: string): string[] {
  const bySemicolon = splitTopLevel(text, semicolons).parts;
  const parts = bySemicolon.length > 1 ? bySemicolon : splitTopLevel(text, commas).parts;
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** Braces around the whole are a group of LaTeX's and mean nothing. */
function unbrace(text: string): string {
  let read = text;
  while (read.startsWith("{") && closingIndex(read, 0) === read.length && read.endsWith("}"))
    read = read.slice(1, -1).trim();
  return read;
}

function enclosedBy(text: string): { open: string; close: string; inside: string } | undefined {
  const opening = /^(?:\\\{|\\langle|[([])/.exec(text)?.[0];
  if (opening === undefined || closingIndex(text, 0) !== text.length) return undefined;
  const closing = /(?:\\\}|\\rangle|[)\]])$/.exec(text)?.[0];
  if (closing === undefined) return undefined;
  const inside = text.slice(opening.length, text.length - closing.length);
  const open = opening === "\\langle" ? "(" : opening.replace("\\", "");
  return { open, close: closing === "\\rangle" ? ")" : closing.replace("\\", ""), inside };
}

/** The cells of a matrix, or of sums and multiples of matrices, as text. */
function readMatrix(text: string): string[][] | undefined {
  if (!text.includes("\\begin")) return undefined;
  let sum: string[][] | undefined;
  const terms = splitTopLevel(text.replace(/^\s*(?=[^-+\s])/, "+"), /\s*[+-]\s*/y);
  for (const [index, part] of terms.parts.slice(1).entries()) {
    const found =
      /^([^\\[]*|\\frac\{[^{}]*\}\{[^{}]*\}\s*)\[?\\begin\{([a-z]*matrix|array)\}(?:\{[^{}]*\})?([\s\S]*)\\end\{\2\}\]?$/.exec(
        part.trim(),
      );
    if (found === null || (found[3] ?? "").includes("\\begin")) return undefined;
    const factor = `${terms.separators[index] ?? "+"}${(found[1] ?? "").trim() || "1"}`;
    const plain = terms.parts.length === 2 && factor === "+1";
    const rows = (found[3] ?? "")
      .split(/\\\\/)
      .map((row) => row.replaceAll("\\hline", "").trim())
      .filter((row) => row !== "")
      .map((row) => row.split("&").map((cell) => (plain ? cell.trim() : `(${factor})*(${cell})`)));
    if (sum === undefined) sum = rows;
    else sum = addRows(sum, rows);
    if (sum === undefined) return undefined;
  }
  return sum;
}

function addRows(a: string[][], b: string[][]): string[][] | undefined {
  const fits = a.length === b.length && a.every((row, index) => row.length === b[index]?.length);
  return fits ? a.map((row, index) => row.map((cell, at) => `${cell}+${b[index]?.[at] ?? "0"}`)) : undefined;
}
