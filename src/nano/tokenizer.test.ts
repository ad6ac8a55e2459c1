import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { markers } from "./format.ts";
import { Tokenizer } from "./tokenizer.ts";
import { tokenizerFile } from "./tokenizer-file.ts";

const path = fileURLToPath(new URL("../../recipes/tokenizer.json", import.meta.url));
const file = tokenizerFile([" 1", " larger", "Is", " =", "wait"]);
const small = new Tokenizer(file);

// Text of the kind that meets the tokenizer, mixed with any Unicode.
const words = fc.constantFrom(
  " larger",
  "Is",
  " 9.11",
  " =",
  "\n",
  "  ",
  "wait",
  " I",
  "é",
  "日",
  "👍🏽",
  "\t",
  "'s",
  " 1",
);
const text = fc
  .array(fc.oneof(words, words, fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" })))
  .map((parts) => parts.join(""));

describe("Tokenizer", () => {
  it("gives every text back", () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(small.decode(small.encode(given))).toBe(given);
      }),
    );
  });

  it("gives the same ids as the Hugging Face tokenizer", async () => {
    const json: unknown = JSON.parse(await readFile(path, "utf8"));
    const theirs = new HuggingFaceTokenizer(z.record(z.string(), z.unknown()).parse(json), {});
    const ours = await Tokenizer.read(path);
    const marked = fc
      .array(fc.oneof(text, fc.constantFrom(...Object.values(markers), "<|", "|>")))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(marked, (given) => {
        expect(ours.encode(given)).toEqual(theirs.encode(given, { add_special_tokens: false }).ids);
      }),
    );
  });

  it("keeps known pieces whole and spells all others in bytes", () => {
    const lengths = ["Is", " larger", " 1", "is", " largest", "12"].map(
      (piece) => small.encode(piece).length,
    );
    expect(lengths).toEqual([1, 1, 1, 2, 8, 2]);
  });

  it("reads markers as tokens only where it is told to", () => {
    expect(small.encode("<|end|>")).toEqual([small.special.end]);
    const ids = small.encode("<|end|>", { markers: "text" });
    expect(ids).not.toContain(small.special.end);
    expect(small.decode(ids)).toBe("<|end|>");
  });

  it("gives the bytes of part of a character, so that a stream can wait for the rest", () => {
    const ids = small.encode("é");
    expect(ids.map((id) => [...small.bytesOf(id)])).toEqual([[0xc3], [0xa9]]);
  });

  it("says which file is not a tokenizer of nano's kind", async () => {
    await expect(Tokenizer.read(fileURLToPath(import.meta.url))).rejects.toThrow(
      /tokenizer\.test\.ts is not a tokenizer/,
    );
  });

  it("refuses an id that is not in the vocabulary", () => {
    expect(() => small.decode([small.size])).toThrow(`token ${small.size} is not in the vocabulary`);
  });
});
