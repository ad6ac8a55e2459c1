import { linesOf, readLabelledReply } from "../reply.ts";

/** A reply, taken apart. */
export interface Monologue {
  /** The scratch pad's lines. */
  steps: string[];
  /** What is meant for the reader; absent where the reply never came to it. */
  answer?: string | undefined;
}

/** A tag of either part, opening or closing, also with spaces or attributes in it. */
const TAG = /<\s{0,3}(\/?)\s{0,3}(scratch[ _-]?pad|final[ _-]?answer)\b[^<>]{0,80}>/gi;

/** Code: a fenced block that is closed, or a span between backticks on one line. */
const CODE = /```[\s\S]*?```|`[^`\n]+`/g;

/**
 * Reads a scratch pad and a final answer from a reply, whatever became of its tags:
 *
 * - tags in code are text, unless the answer is only found if they count (a reply wrapped in a code fence);
 * - a part that is not closed ends where the other begins, or with the reply;
 * - of several answers the last with a text counts; one behind the pad goes before one that stands in it;
 * - where the answer's tags are missing, what stands behind the closed pad is the answer;
 * - where that is missing too, the reply is read for an `Answer:` label.
 *
 * Everything that is not the answer is a step, line by line.
 */
export function parseMonologue(text: string): Monologue {
  const outsideCode = cut(text, codeIn(text));
  const found = answerIn(outsideCode);
  if (found !== undefined && (found.kind === "answer" || found.text.replace(CODE, "").trim() !== "")) {
    return read(outsideCode, found);
  }
  const everywhere = cut(text, []);
  return read(everywhere, answerIn(everywhere));
}

/** A stretch of the reply. `outside` is what stands in neither part; an answer may stand inside a pad. */
interface Piece {
  kind: "pad" | "answer" | "outside";
  insidePad: boolean;
  text: string;
}

/** Cuts a text at its tags, those within the given stretches left as they are. At least one piece. */
function cut(text: string, code: readonly [start: number, end: number][]): Piece[] {
  let piece: Piece = { kind: "outside", insidePad: false, text: "" };
  const pieces = [piece];
  let from = 0;
  let block = 0;
  for (const tag of text.matchAll(TAG)) {
    while (block < code.length && (code[block]?.[1] ?? 0) <= tag.index) block++;
    if (tag.index >= (code[block]?.[0] ?? Number.POSITIVE_INFINITY)) continue;
    piece.text += text.slice(from, tag.index);
    from = tag.index + tag[0].length;
    piece = next(piece, { closes: tag[1] === "/", name: /^s/i.test(tag[2] ?? "") ? "pad" : "answer" });
    pieces.push(piece);
  }
  piece.text += text.slice(from);
  return pieces;
}

/** What begins behind a tag. */
function next({ kind, insidePad }: Piece, tag: { closes: boolean; name: "pad" | "answer" }): Piece {
  const inPad = kind === "pad" || insidePad;
  if (tag.name === "pad") return { kind: tag.closes ? "outside" : "pad", insidePad: false, text: "" };
  if (!tag.closes) return { kind: "answer", insidePad: inPad, text: "" };
  // Behind an answer in the pad the pad goes on; a closing tag that closes nothing changes nothing.
  if (kind !== "answer") return { kind, insidePad, text: "" };
  return { kind: inPad ? "pad" : "outside", insidePad: false, text: "" };
}

function read(pieces: readonly Piece[], answer: Piece | undefined): Monologue {
  const rest = pieces.filter((piece) => piece !== answer).map(({ text }) => text);
  if (answer === undefined) return readLabelledReply(rest.join("\n"));
  return { steps: rest.flatMap(linesOf), answer: bare(answer.text) };
}

/** The piece that is meant for the reader. */
function answerIn(pieces: readonly Piece[]): Piece | undefined {
  const said = pieces.filter(({ text }) => text.trim() !== "");
  const answers = said.filter(({ kind }) => kind === "answer");
  const marked = answers.findLast(({ insidePad }) => !insidePad) ?? answers.at(-1);
  if (marked !== undefined) return marked;
  const last = said.at(-1);
  return last?.kind === "outside" && said.some(({ kind }) => kind === "pad") ? last : undefined;
}

/** The answer without the label and the emphasis that some models put before it. */
function bare(text: string): string {
  const { steps, answer } = readLabelledReply(text);
  return steps.length === 0 && answer !== undefined ? answer : text.trim();
}

function codeIn(text: string): [start: number, end: number][] {
  return [...text.matchAll(CODE)].map((block) => [block.index, block.index + block[0].length]);
}
