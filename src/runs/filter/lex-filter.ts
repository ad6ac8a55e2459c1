import { InputError } from "../../thought/errors.ts";

/** A piece of a term's value: `a` and `"b c"` in `field:a,"b c"`. */
export interface ValuePiece {
  text: string;
  /** Quoted text is taken as it stands: no wildcard, no comparison. */
  quoted: boolean;
}

/** One term as it is written, not yet understood. */
export interface RawTerm {
  negated: boolean;
  /** Undefined for words without a field. */
  field: string | undefined;
  pieces: ValuePiece[];
  /** Column at which the term begins, and at which its value does, counted from 1. */
  column: number;
  valueColumn: number;
}

/** A filter that cannot be understood: says at which column, and what to write. */
export function filterError(column: number, message: string): InputError {
  return new InputError(`filter, column ${column}: ${message}`);
}

/** Cuts a filter into its terms: at white space outside quotes. Throws InputError for a quote without its end. */
export function lexFilter(text: string): RawTerm[] {
  const terms: RawTerm[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) at++;
    else at = lexTerm(text, at, terms);
  }
  return terms;
}

function lexTerm(text: string, start: number, terms: RawTerm[]): number {
  const negated = text.charAt(start) === "-" && /\S/.test(text.charAt(start + 1));
  const field = /^[\p{L}_][\p{L}\p{N}_-]*(?=:)/u.exec(text.slice(start + (negated ? 1 : 0)))?.[0];
  let at = start + (negated ? 1 : 0) + (field === undefined ? 0 : field.length + 1);
  const valueColumn = at + 1;
  const pieces: ValuePiece[] = [];
  for (let open = true; open; ) {
    const piece = lexPiece(text, at);
    pieces.push(piece);
    at = piece.end;
    open = text.charAt(at) === ",";
    if (open) at++;
    else if (at < text.length && !/\s/.test(text.charAt(at)))
      throw filterError(at + 1, `put a space behind the closing quote, or a comma before another value`);
  }
  terms.push({ negated, field, pieces, column: start + 1, valueColumn });
  return at;
}

function lexPiece(text: string, start: number): ValuePiece & { end: number } {
  if (text.charAt(start) !== '"') {
    const piece = /^[^\s,]*/.exec(text.slice(start))?.[0] ?? "";
    return { text: piece, quoted: false, end: start + piece.length };
  }
  let value = "";
  for (let at = start + 1; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === '"') return { text: value, quoted: true, end: at + 1 };
    const next = text.charAt(at + 1);
    if (letter === "\\" && (next === '"' || next === "\\")) {
      value += next;
      at++;
    } else value += letter;
  }
  throw filterError(start + 1, 'this quote has no end: write text:"free words"');
}
