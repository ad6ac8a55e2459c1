/** Bytes of the longest line that is read: far above any record, far below what fills the memory. */
const LONGEST_LINE = 64 * 2 ** 20;

/** A line without its end, or why it cannot be read. */
export type FoundLine = { line: number; text: string } | { line: number; wrong: string };

/**
 * The lines of a stream of UTF-8, counted from 1. Only `\n` and `\r\n` end a line: U+2028 may stand inside a JSON
 * text. A byte order mark is left out. At most one line of `longest` bytes is held at a time; a longer one is
 * skipped and reported.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  longest: number = LONGEST_LINE,
): AsyncGenerator<FoundLine> {
  let line = 1;
  let size = 0;
  let held: Uint8Array[] = [];
  const take = (): FoundLine => {
    const found = size > longest ? tooLong(line, longest) : decodedLine(line, Buffer.concat(held));
    line++;
    size = 0;
    held = [];
    return found;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(10, from);
      const piece = chunk.subarray(from, end < 0 ? chunk.length : end);
      size += piece.length;
      if (size <= longest) held.push(piece);
      else held = [];
      if (end < 0) break;
      yield take();
      from = end + 1;
    }
  }
  if (size > 0) yield take();
}

function tooLong(line: number, longest: number): FoundLine {
  return { line, wrong: `is longer than ${longest} bytes` };
}

function decodedLine(line: number, bytes: Uint8Array): FoundLine {
  const text = decodeUtf8(bytes);
  if (text === undefined) return { line, wrong: "is not UTF-8" };
  return { line, text: text.endsWith("\r") ? text.slice(0, -1) : text };
}

/** The text of these bytes without a byte order mark; undefined where they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
