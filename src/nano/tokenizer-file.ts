import { markerList } from "./format.ts";
import { byteLetters, byteLevel, pieceRegex, type TokenizerFile } from "./tokenizer.ts";

const byteLevelStep = {
  type: "ByteLevel",
  add_prefix_space: false,
  trim_offsets: false,
  use_regex: false,
} as const;

/**
 * A `tokenizer.json` with the markers (ids 0 to 7), the 256 bytes (ids 8 to 263) and the given pieces of text as whole
 * tokens, in their order. Pieces that are a single byte or come twice are left out.
 */
export function tokenizerFile(pieces: Iterable<string>): TokenizerFile {
  const vocab: Record<string, number> = {};
  let next = 0;
  // Markers stand in the vocabulary too: Hugging Face would otherwise number them anew behind it.
  for (const letters of [...markerList, ...byteLetters, ...Array.from(pieces, byteLevel)]) {
    if (vocab[letters] === undefined) vocab[letters] = next++;
  }
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: markerList.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: pieceRegex }, behavior: "Isolated", invert: false },
        byteLevelStep,
      ],
    },
    post_processor: null,
    decoder: byteLevelStep,
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: true,
      vocab,
      merges: [],
    },
  };
}
