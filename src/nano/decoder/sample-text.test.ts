import fc from "fast-check";
import { expect, test } from "vitest";
import { Tokenizer } from "../tokenizer.ts";
import { tokenizerFile } from "../tokenizer-file.ts";
import { SampleText, type Section } from "./sample-text.ts";

const tokenizer = new Tokenizer(tokenizerFile(["larger", " larger"]));
const { answer } = tokenizer.special;

function feed(tokens: readonly number[], stops: readonly string[] = [], section: Section = "reasoning") {
  const text = new SampleText(tokenizer, section, stops);
  const released = { reasoning: "", text: "" };
  for (const token of tokens) {
    const piece = text.add(token);
    released[piece.section] += piece.released;
    if (piece.stopped) return { text, released, stopped: true };
  }
  const piece = text.finish();
  released[piece.section] += piece.released;
  return { text, released, stopped: false };
}

test("releases a character only when all its bytes are there", () => {
  const text = new SampleText(tokenizer, "reasoning", []);
  expect(tokenizer.encode("é").map((token) => text.add(token).released)).toEqual(["", "é"]);
});

test("keeps thought and answer apart", () => {
  const { text, released } = feed([...tokenizer.encode("so\nyes"), answer, ...tokenizer.encode("larger")]);
  expect(text.reasoning).toBe("so\nyes");
  expect(text.text).toBe("larger");
  expect(released).toEqual({ reasoning: "so\nyes", text: "larger" });
});

test("does not find a stop sequence across the border of thought and answer", () => {
  const { text, stopped } = feed([...tokenizer.encode("ab"), answer, ...tokenizer.encode("cd")], ["bc"]);
  expect(stopped).toBe(false);
  expect(text.text).toBe("cd");
});

test("ends at the first of several stop sequences", () => {
  const { text, released } = feed(tokenizer.encode("one. two; three"), ["three", "; t", ". two; "]);
  expect(text.reasoning).toBe("one");
  expect(released.reasoning).toBe("one");
});

test("gives back what was held for a stop sequence that never came", () => {
  expect(feed(tokenizer.encode("aab"), ["aabb"]).released.reasoning).toBe("aab");
});

test("stops exactly where a search in the whole text would, and releases exactly that", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "é", " ", "\n"), maxLength: 30 });
  const stop = fc.string({ unit: fc.constantFrom("a", "b", "é", " "), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(letters, fc.array(stop, { maxLength: 3 }), (whole, stops) => {
      const { text, released, stopped } = feed(tokenizer.encode(whole), stops);
      expect(released.reasoning).toBe(text.reasoning);
      expect(whole.startsWith(text.reasoning)).toBe(true);
      expect(stopped).toBe(stops.some((one) => whole.includes(one)));
      expect(stops.some((one) => text.reasoning.includes(one))).toBe(false);
      if (!stopped) expect(text.reasoning).toBe(whole);
      else expect(stops.some((one) => whole.startsWith(one, text.reasoning.length))).toBe(true);
    }),
  );
});
