import { readFile } from "node:fs/promises";
import { z } from "zod";
import { InputError, messageOf } from "../thought/errors.ts";
import { markerList, markers } from "./format.ts";

/**
 * Where text is cut before the vocabulary is asked: a word, a digit or a mark, each with the space before it if there
 * is one; a newline; a space that is followed by none of these. Every character belongs to exactly one piece.
 */
export const pieceRegex = " ?[A-Za-z]+| ?[0-9]| ?[^ \\nA-Za-z0-9]|\\n| ";

/** The part of a Hugging Face `tokenizer.json` that nano's tokenizer consists of. */
export const tokenizerSchema = z.object({
  version: z.literal("1.0"),
  truncation: z.null(),
  padding: z.null(),
  added_tokens: z.array(
    z.object({
      id: z.number().int(),
      content: z.string(),
      single_word: z.literal(false),
      lstrip: z.literal(false),
      rstrip: z.literal(false),
      normalized: z.literal(false),
      special: z.literal(true),
    }),
  ),
  normalizer: z.null(),
  pre_tokenizer: z.object({
    type: z.literal("Sequence"),
    pretokenizers: z.tuple([
      z.object({
        type: z.literal("Split"),
        pattern: z.object({ Regex: z.literal(pieceRegex) }),
        behavior: z.literal("Isolated"),
        invert: z.literal(false),
      }),
      z.object({
        type: z.literal("ByteLevel"),
        add_prefix_space: z.literal(false),
        trim_offsets: z.literal(false),
        use_regex: z.literal(false),
      }),
    ]),
  }),
  post_processor: z.null(),
  decoder: z.object({
    type: z.literal("ByteLevel"),
    add_prefix_space: z.literal(false),
    trim_offsets: z.literal(false),
    use_regex: z.literal(false),
  }),
  model: z.object({
    type: z.literal("BPE"),
    dropout: z.null(),
    unk_token: z.null(),
    continuing_subword_prefix: z.null(),
    end_of_word_suffix: z.null(),
    fuse_unk: z.literal(false),
    byte_fallback: z.literal(false),
    ignore_merges: z.literal(true),
    vocab: z.record(z.string(), z.number().int()),
    merges: z.array(z.never()),
  }),
});

/** A parsed `tokenizer.json`, see {@link tokenizerSchema}. */
export type TokenizerFile = z.infer<typeof tokenizerSchema>;

/** The printable stand-in of each byte in a byte-level vocabulary: itself if it prints, else a letter from U+0100 on. */
export const byteLetters: readonly string[] = (() => {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const prints = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    return String.fromCharCode(prints ? byte : next++);
  });
})();

const utf8 = new TextEncoder();

/** Text in the byte-level alphabet of vocabularies: each byte of its UTF-8 form as one letter. */
export function byteLevel(text: string): string {
  let letters = "";
  for (const byte of utf8.encode(text)) letters += byteLetters[byte];
  return letters;
}

/**
 * Byte-level tokenizer whose vocabulary is looked up in whole pieces: a piece of text (see {@link pieceRegex}) that the
 * vocabulary has is one token, any other is spelled in bytes. Nothing is ever unknown, and decoding gives the text back.
 */
export class Tokenizer {
  /** How many token ids there are, markers included. */
  readonly size: number;
  /** Ids of the markers that {@link markers} names. */
  readonly special: Readonly<Record<"pad" | "user" | "think" | "answer" | "end", number>>;
  readonly #vocabulary = new Map<string, number>();
  readonly #markers = new Map<string, number>();
  readonly #bytes: Uint8Array[] = [];
  readonly #pieces = new Map<string, readonly number[]>();
  readonly #markerPattern: RegExp;

  /** Throws {@link InputError} when bytes or markers are missing from the vocabulary. */
  constructor(file: TokenizerFile) {
    const byteOf = new Map(byteLetters.map((letter, byte) => [letter, byte]));
    const added = new Set(file.added_tokens.map(({ content }) => content));
    for (const [letters, id] of Object.entries(file.model.vocab)) {
      if (added.has(letters)) continue;
      this.#vocabulary.set(letters, id);
      this.#bytes[id] = Uint8Array.from([...letters].map((letter) => byteOf.get(letter) ?? 0));
    }
    for (const { content, id } of file.added_tokens) {
      this.#markers.set(content, id);
      this.#bytes[id] = new Uint8Array();
    }
    this.size = this.#bytes.length;
    const idOf = (marker: string): number => {
      const id = this.#markers.get(marker);
      if (id === undefined)
        throw new InputError(`the tokenizer has no ${marker}: use the one beside the model`);
      return id;
    };
    this.special = {
      pad: idOf(markers.pad),
      user: idOf(markers.user),
      think: idOf(markers.think),
      answer: idOf(markers.answer),
      end: idOf(markers.end),
    };
    if (byteLetters.some((letter) => !this.#vocabulary.has(letter))) {
      throw new InputError("the tokenizer lacks single bytes: use the one beside the model");
    }
    const escaped = markerList.map((marker) => marker.replace(/[|]/g, "\\$&"));
    this.#markerPattern = new RegExp(`(${escaped.join("|")})`, "u");
  }

  /** Reads and checks a `tokenizer.json`. Throws {@link InputError} if it is not of nano's kind. */
  static async read(path: string): Promise<Tokenizer> {
    try {
      return new Tokenizer(tokenizerSchema.parse(JSON.parse(await readFile(path, "utf8"))));
    } catch (error) {
      if (error instanceof InputError) throw error;
      throw new InputError(
        `${path} is not a tokenizer of nano's kind: ${messageOf(error).slice(0, 200)}`,
        error,
      );
    }
  }

  /** Token ids of a text. Markers in the text become their tokens unless `markers: "text"`, for text from outside. */
  encode(text: string, options: { markers: "tokens" | "text" } = { markers: "tokens" }): number[] {
    const ids: number[] = [];
    const parts = options.markers === "text" ? [text] : text.split(this.#markerPattern);
    for (const part of parts) {
      const marker = options.markers === "tokens" ? this.#markers.get(part) : undefined;
      if (marker !== undefined) ids.push(marker);
      else
        for (const piece of part.match(new RegExp(pieceRegex, "gu")) ?? []) ids.push(...this.#idsOf(piece));
    }
    return ids;
  }

  /** Text of token ids, without markers; bytes that are no valid UTF-8 become U+FFFD. */
  decode(ids: Iterable<number>): string {
    const parts: Uint8Array[] = [];
    for (const id of ids) parts.push(this.bytesOf(id));
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Buffer.concat(parts));
  }

  /** The bytes that a token stands for; none for a marker. Throws {@link InputError} for an id out of range. */
  bytesOf(id: number): Uint8Array {
    const bytes = this.#bytes[id];
    if (bytes === undefined) throw new InputError(`token ${id} is not in the vocabulary of ${this.size}`);
    return bytes;
  }

  #idsOf(piece: string): readonly number[] {
    const known = this.#pieces.get(piece);
    if (known !== undefined) return known;
    const letters = byteLevel(piece);
    const whole = this.#vocabulary.get(letters);
    const ids =
      whole === undefined ? [...letters].map((letter) => this.#vocabulary.get(letter) ?? 0) : [whole];
    if (this.#pieces.size < 50_000) this.#pieces.set(piece, ids);
    return ids;
  }
}
