const functionNames = /^(?:sqrt|sin|cos|tan|cot|sec|csc|log|ln|exp|pi|theta|infty|frac|cdot|times)$/;

/** An answer in words without case, punctuation around it, and LaTeX's `\text`. */
export function plainText(text: string): string {
  return text
    .replace(/\\text\s*\{([^{}]*)\}/g, "$1")
    .replace(/[{}]/g, "")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/^[\s"'.,;:!?]+|[\s"'.,;:!?]+$/g, "")
    .replace(/^\(([a-z])\)$/, "$1");
}

/** Whether a text is words, which must not be read as a product of their letters. */
export function isWords(text: string): boolean {
  if (/\\text\s*\{[^{}]*[a-zA-Z]/.test(text)) return true;
  const words = text.replace(/\\[a-zA-Z]+/g, " ").match(/(?<![a-zA-Z_])[a-zA-Z]{2,}/g) ?? [];
  return (
    words.some((word) => (word.length > 2 || /\d:\d/.test(text)) && !functionNames.test(word)) ||
    /^\d+:\d/.test(text)
  );
}
