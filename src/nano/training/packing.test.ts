import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Tokenizer } from "../tokenizer.ts";
import { tokenizerFile } from "../tokenizer-file.ts";
import { type EncodedExample, encodeExample, encodeRoleExample, Packer, reorderRows } from "./packing.ts";

const encoded = fc
  .tuple(fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 2, maxLength: 40 }), fc.nat(100))
  .map(([ids, at]) => ({
    ids,
    learnt: ids.map((_, index) => learntFrom(index, 1 + (at % (ids.length - 1)))),
  }));

function learntFrom(index: number, first: number): 0 | 1 {
  return index < first ? 0 : 1;
}

/** An example of these tokens, all but the first learnt. */
function plain(...ids: number[]): EncodedExample {
  return { ids, learnt: ids.map((_, index) => learntFrom(index, 1)) };
}

describe("encodeExample", () => {
  it("learns what comes after the first marker that the model answers, and the end", () => {
    const tokenizer = new Tokenizer(tokenizerFile([]));
    const { ids, learnt } = encodeExample(tokenizer, {
      question: "1?",
      thought: ["a", "b"],
      answer: "2",
    });
    const promptLength = learnt.indexOf(1);
    expect(learnt.slice(promptLength)).not.toContain(0);
    expect(tokenizer.decode(ids.slice(promptLength))).toBe("a\nb2");
    expect(ids[promptLength - 1]).toBe(tokenizer.special.think);
    expect(ids.at(-1)).toBe(tokenizer.special.end);
  });
});

describe("encodeRoleExample", () => {
  const tokenizer = new Tokenizer(tokenizerFile(["good"]));
  const learntText = (example: Parameters<typeof encodeRoleExample>[1]) => {
    const { ids, learnt } = encodeRoleExample(tokenizer, example);
    return tokenizer.decode(ids.filter((_, index) => learnt[index] === 1));
  };

  it("learns the choice and the lines before the one that is judged", () => {
    const judged = { role: "judge", question: "1?", thought: ["a", "b", "c"], choice: "good" } as const;
    expect(learntText({ ...judged, thought: [...judged.thought] })).toBe("a\nb\ngood");
    expect(learntText({ ...judged, thought: ["a"] })).toBe("good");
  });

  it("learns all lines where the answer is judged, and nothing but the choice of a router", () => {
    const thought = ["a", "b"];
    expect(learntText({ role: "judge", question: "1?", thought, answer: "2", choice: "bad" })).toBe(
      "a\nbbad",
    );
    expect(learntText({ role: "router", question: "1?", thought: [], choice: "easy" })).toBe("easy");
  });
});

describe("Packer", () => {
  it("places every example whole, once, with its mask, and pads the rest", () => {
    fc.assert(
      fc.property(fc.array(encoded, { minLength: 1, maxLength: 200 }), (examples) => {
        const packer = new Packer(100, 32, 7);
        const placed = examples.filter((example) => packer.add(example) && example.ids.length <= 32);
        const { tokens, segments, mask } = packer.packed;
        const found: string[] = [];
        for (let row = 0; row < 100; row++) {
          for (let start = row * 32; start < (row + 1) * 32; ) {
            let end = start;
            while (end < (row + 1) * 32 && segments[end] === segments[start]) end++;
            if (segments[start] !== 0) {
              found.push(`${mask.subarray(start, end)}: ${tokens.subarray(start, end)}`);
            } else {
              expect(tokens.subarray(start, end).every((token) => token === 7)).toBe(true);
              expect(mask.subarray(start, end).includes(1)).toBe(false);
            }
            start = end;
          }
        }
        expect(found.sort()).toEqual(placed.map(({ ids, learnt }) => `${learnt}: ${ids}`).sort());
        expect(packer.skipped).toBe(examples.filter(({ ids }) => ids.length > 32).length);
      }),
      { numRuns: 50 },
    );
  });

  it("leaves little room unused", () => {
    const packer = new Packer(1500, 256, 0);
    let at = 0;
    const next = () => 17 + ((at++ * 37) % 171);
    while (packer.add(plain(...Array.from({ length: next() }, () => 1))));
    expect(packer.placed / (1500 * 256)).toBeGreaterThan(0.95);
  });

  it("says when an example finds no place", () => {
    const packer = new Packer(1, 8, 0);
    expect(packer.add(plain(1, 2, 3, 4, 5))).toBe(true);
    expect(packer.add(plain(1, 2, 3, 4, 5))).toBe(false);
  });
});

describe("reorderRows", () => {
  it("moves whole rows", () => {
    const packer = new Packer(2, 2, 0);
    packer.add(plain(1, 2));
    packer.add(plain(3, 4));
    expect([...reorderRows(packer.packed, [1, 0]).tokens]).toEqual([3, 4, 1, 2]);
  });
});
