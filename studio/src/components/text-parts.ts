/** A piece of a model's text: words as they are, or a formula in LaTeX. */
export type TextPart = { kind: "words"; text: string } | { kind: "formula"; tex: string; display: boolean };

/** Longer formulas are shown as they were written: setting them would hold the page. The pattern ends there, too. */
const LONGEST_FORMULA = 2_000;

/** Deeper formulas too: each brace is seven elements in each other, and some thousand of those end a browser's page. */
const DEEPEST_FORMULA = 40;

/** So many formulas of one text are set; further ones are shown as they were written. */
const MOST_FORMULAS = 200;

/**
 * `$$...$$`, `\[...\]`, `\(...\)`, a bare `\boxed{...}`, and `$...$` by pandoc's rule, so that two prices in one line are no
 * formula: no blank behind the first sign and before the last, no digit behind the last.
 */
const FORMULA =
  /\$\$([^$]{1,2000}?)\$\$|\\\[([\s\S]{1,2000}?)\\\]|\\\(([\s\S]{1,2000}?)\\\)|(\\boxed\{(?:[^{}]|\{[^{}]*\})*\})|\$(?!\s)((?:[^$\\\n]|\\.){1,2000}?)(?<!\s)\$(?!\d)/g;

/** Whether braces stand deeper in each other than a page can bear once they are set as a formula. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [sign] of text.matchAll(/[{}]/g)) {
    depth = sign === "{" ? depth + 1 : Math.max(0, depth - 1);
    if (depth > DEEPEST_FORMULA) return true;
  }
  return false;
}

/** Cuts a text into words and formulas. Joined again, the parts hold all of the text but the formulas' signs. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(FORMULA)) {
    const [whole, double, bracket, parenthesis, boxed, single] = match;
    const tex = double ?? bracket ?? parenthesis ?? boxed ?? single ?? "";
    if (tex.length > LONGEST_FORMULA || isTooDeep(tex) || parts.length / 2 > MOST_FORMULAS) continue;
    if (match.index > end) parts.push({ kind: "words", text: text.slice(end, match.index) });
    parts.push({ kind: "formula", tex, display: double !== undefined || bracket !== undefined });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ kind: "words", text: text.slice(end) });
  return parts;
}

/**
 * A text with nothing in it that acts on what stands around it: controls of the writing direction are spelt out, since they
 * can make a line read otherwise than it is, and so are characters that nobody sees.
 */
export function visibleText(text: string): string {
  return text.replace(
    ACTING,
    (sign) => `⟨U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`,
  );
}

// Controls but for tab and line break, and the controls of bidirectional text.
const ACTING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
