/** Unicode signs and the LaTeX that means the same. */
const signs: Readonly<Record<string, string>> = {
  "−": "-",
  "–": "-",
  "×": "\\times ",
  "·": "\\cdot ",
  "÷": "/",
  π: "\\pi ",
  "∞": "\\infty ",
  "°": "^\\circ ",
  "≤": "\\le ",
  "≥": "\\ge ",
  "≠": "\\ne ",
  "≈": "\\approx ",
  "∪": "\\cup ",
  "∩": "\\cap ",
  "∈": "\\in ",
  "±": "\\pm ",
  "²": "^{2}",
  "³": "^{3}",
  "½": "\\frac{1}{2}",
  "¼": "\\frac{1}{4}",
  "¾": "\\frac{3}{4}",
  θ: "\\theta ",
  "⟨": "\\langle ",
  "⟩": "\\rangle ",
  "’": "'",
  "′": "'",
  "\u00a0": " ",
  "\u2009": " ",
  "£": "\\$",
  "€": "\\$",
  "∅": "\\emptyset ",
  "…": "\\ldots ",
};
const signPattern = new RegExp(`[${Object.keys(signs).join("")}]`, "g");

const rewrites: readonly (readonly [RegExp, string])[] = [
  [/\\(?:left|right|[bB]igg?[lr]?|displaystyle|limits|bf|rm|it)(?![a-zA-Z])\.?/g, ""],
  [/(?<!\\)\\[!,;:> ]|~|\\q?quad(?![a-zA-Z])|\\(?:thin|med)space(?![a-zA-Z])/g, " "],
  [/\\[dtc]frac(?![a-zA-Z])/g, "\\frac"],
  [/\\[dt]binom(?![a-zA-Z])/g, "\\binom"],
  [/\\varnothing(?![a-zA-Z])/g, "\\emptyset"],
  [/\\bar(?![a-zA-Z])/g, "\\overline"],
  [/√\s*(\d+(?:\.\d+)?|[a-zA-Z])/g, "\\sqrt{$1}"],
  [/√\s*(?=[({])/g, "\\sqrt"],
  // 0.333... and 0.1666...; twice the same digits may be chance.
  [/(\d\.\d{0,9}?)(\d{1,9}?)\2{2,}\s*(?:\\[lc]?dots(?![a-zA-Z])|\.\.\.)/g, "$1\\overline{$2}"],
  [/(?<![\w.\\])(\d+(?:\.\d+)?)[eE]([-+]?\d{1,3})(?!\w|\.\d)/g, "$1\\times 10^{$2}"],
  // The command before it must not grow by a letter: \in\mathbb{R}.
  [/\\(?=(?:mathrm|operatorname|mathit|mathbf|mathbb)\s*\{)(?<=\\[a-zA-Z]+\\)/g, " \\"],
  [/\\frac\s*(\d)\s*(\d)(?!\d)/g, "\\frac{$1}{$2}"],
  [/\\(?:mathrm|operatorname|mathit|mathbf|mathbb)\s*\{([a-zA-Z])\}/g, "$1"],
  [/\\(?:mathrm|mathit|mathbf|boldsymbol|bm|text)\s*\{\s*([-+]?[\d.,]+)\s*\}/g, "{$1}"],
  [/`+/g, " "],
  [
    /\\(?:mathrm|textbf|textit|textrm|textnormal|mathbf|mathit|operatorname|mbox|textsf)(?![a-zA-Z])/g,
    "\\text",
  ],
  [/\\leqslant(?![a-zA-Z])|\\leq(?![a-zA-Z])|<=/g, "\\le "],
  [/\\geqslant(?![a-zA-Z])|\\geq(?![a-zA-Z])|>=/g, "\\ge "],
  [/\\neq(?![a-zA-Z])|!=/g, "\\ne "],
  [/\\lt(?![a-zA-Z])/g, "<"],
  [/\\gt(?![a-zA-Z])/g, ">"],
  [/\\lbrace(?![a-zA-Z])/g, "\\{"],
  [/\\rbrace(?![a-zA-Z])/g, "\\}"],
  [/\\(?:vert|lvert|rvert|mid)(?![a-zA-Z])/g, "|"],
  [/\\colon(?![a-zA-Z])/g, ":"],
  [/\\(?:tiny|small|large|Large)(?![a-zA-Z])/g, ""],
  [/\{,\}/g, "THOUSANDS"],
  // Two stars around the whole are Markdown, elsewhere a power.
  [/^\s*\*\*|\*\*\s*$/g, ""],
  [/\*\*/g, "^"],
];

/**
 * Brings an answer's LaTeX into one spelling: one kind of fraction, of text and of brackets, no spacing, no dollar
 * signs, thousands without commas, mixed numbers as sums. Linear in the length.
 */
export function normalizeLatex(text: string): string {
  let read = text.replace(signPattern, (sign) => signs[sign] ?? sign);
  // A doubled backslash before a letter is an escape that was escaped twice; in a matrix it ends a row.
  if (!read.includes("\\begin")) read = read.replace(/\\\\(?=[a-zA-Z({)}])/g, "\\");
  read = thousandsWithSpacing(read);
  for (const [pattern, replacement] of rewrites) read = read.replace(pattern, replacement);
  read = read.replace(/(\d)THOUSANDS(?=\d{3})/g, "$1").replace(/THOUSANDS/g, ",");
  read = read.replace(/\\?\$/g, " ").trim();
  read = thousandsWithCommas(read);
  read = mixedNumbers(read);
  return read
    .replace(/\s+/g, " ")
    .replace(/(?<=[^.])[.;,:\s]+$/, "")
    .trim();
}

function thousandsWithSpacing(text: string): string {
  return text.replace(/(\d),?\\[!,]\s*,?(?=\d{3}(?!\d))/g, "$1");
}

/** Not within brackets, where a comma separates: (1,000) may be a pair. */
function thousandsWithCommas(text: string): string {
  if (/[([{]\s*[^\])}]*,/.test(text.slice(0, 2_000))) return text;
  return text.replace(
    /(?<![\d.,])([1-9]\d{0,2})((?:,\d{3})+)(?![\d,])/g,
    (_, head, rest) => `${head}${String(rest).replaceAll(",", "")}`,
  );
}

function mixedNumbers(text: string): string {
  return text.replace(
    /(?<![\d._^}{a-zA-Z])(\d{1,9})(?:\s*\\frac\s*\{(\d{1,9})\}\s*\{(\d{1,9})\}|\s+(\d{1,9})\/(\d{1,9})(?!\d))/g,
    (all, whole, top, bottom, plainTop, plainBottom) => {
      const [above, below] = [String(top ?? plainTop), String(bottom ?? plainBottom)];
      return Number(above) < Number(below) ? `(${whole}+\\frac{${above}}{${below}})` : all;
    },
  );
}
