const boxPattern = /\\(?:boxed|fbox)\s*/g;
const mostBoxes = 20;
const longestJoin = 60;

interface Box {
  content: string;
  start: number;
  end: number;
}

/**
 * What stands in the last box. Boxes that follow each other with only `and`, `or`, commas or names between them are one
 * answer of several parts. Undefined without a box.
 */
export function extractBoxed(text: string): string | undefined {
  const starts = [...text.matchAll(boxPattern)].slice(-mostBoxes);
  const boxes = starts.map((found) => boxAt(text, found.index, found.index + found[0].length));
  const last = boxes.at(-1);
  if (last === undefined) return undefined;
  const group = [last];
  for (let index = boxes.length - 2; index >= 0; index--) {
    const box = boxes[index];
    const next = group[0];
    if (box === undefined || next === undefined || box.end > next.start) break;
    if (!joins(text.slice(box.end, next.start))) break;
    group.unshift(box);
  }
  const contents = group.map((box) => box.content);
  return new Set(contents).size === 1 ? last.content : contents.join(", ");
}

function boxAt(text: string, start: number, inside: number): Box {
  if (text.charAt(inside) !== "{") {
    const word = /^[^\s$]+/.exec(text.slice(inside, inside + 100))?.[0] ?? "";
    return { content: word, start, end: inside + word.length };
  }
  let depth = 0;
  for (let at = inside; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === "\\") at++;
    else if (letter === "{") depth++;
    else if (letter === "}" && --depth === 0)
      return { content: text.slice(inside + 1, at), start, end: at + 1 };
  }
  return { content: text.slice(inside + 1), start, end: text.length };
}

function joins(between: string): boolean {
  if (between.length > longestJoin || /[.?!]\s/.test(between)) return false;
  const bare = between.replace(/\\q?quad|\\[()[\],; ]|\$/g, " ");
  return bare.trim() === "" || /,|\band\b|\bor\b/.test(bare);
}
