import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findCollapse, isStuck } from "./collapse.ts";

const word = fc.stringMatching(/^[a-z]{3,8}$/);

/** Lines of which each says where it stands, so that none repeats another and no word follows itself for long. */
const varied = fc
  .array(fc.uniqueArray(word, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 40 })
  .map((lines) => lines.map((words, at) => `${at} ${words.join(" ")}`));

test("never fires on a thought whose lines differ", () => {
  fc.assert(
    fc.property(varied, (lines) => {
      expect(findCollapse(lines)).toBeUndefined();
    }),
  );
});

test("never fires on a thought that comes back to an earlier line a few times", () => {
  fc.assert(
    fc.property(varied, fc.integer({ min: 1, max: 4 }), (lines, times) => {
      const again = Array.from({ length: times }, () => lines).flat();
      expect(findCollapse(again)).toBeUndefined();
    }),
  );
});

test("always fires on lines that come over and over, and keeps them once", () => {
  const unit = varied.filter((lines) => lines.length <= 24);
  fc.assert(
    fc.property(varied, unit, fc.integer({ min: 8, max: 30 }), (before, unit, times) => {
      const cycle = unit.map((line) => `again ${line}`);
      const lines = [...before, ...Array.from({ length: times }, () => cycle).flat()];
      expect(findCollapse(lines)).toEqual({
        lines: [...before, ...cycle],
        reason: `${cycle.length} ${cycle.length === 1 ? "line" : "lines"} repeated ${times} times`,
      });
    }),
  );
});

test("always fires on words that come over and over inside a line, and keeps them once", () => {
  const unit = fc.uniqueArray(word, { minLength: 1, maxLength: 24 });
  fc.assert(
    fc.property(varied, unit, fc.integer({ min: 40, max: 60 }), (before, unit, times) => {
      const line = `so ${Array.from({ length: times }, () => unit.join(" ")).join(" ")}`;
      const collapse = findCollapse([...before, line, "and on it goes"]);
      expect(collapse?.lines).toEqual([...before, `so ${unit.join(" ")}`]);
      expect(collapse?.reason).toContain(`repeated ${times} times`);
    }),
  );
});

test("reads any lines, and what it keeps is a beginning of them that is sound", () => {
  const line = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom("a", "b c", "}"));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 24 }), (lines) => {
      const collapse = findCollapse(lines);
      if (collapse === undefined) return;
      const { lines: kept } = collapse;
      expect(kept.length).toBeLessThanOrEqual(lines.length);
      expect(kept.slice(0, -1)).toEqual(lines.slice(0, Math.max(0, kept.length - 1)));
      expect(findCollapse(kept)).toBeUndefined();
    }),
  );
});

describe("one thing said over and over", () => {
  const repeated = (text: string, times: number) => Array.from({ length: times }, () => text);

  test.each<[string, string[], string[], string]>([
    ["one line", ["ok", ...repeated("Wait,  no.", 9)], ["ok", "Wait,  no."], "1 line repeated 9 times"],
    ["in another case", repeated("Hm.", 4).concat(repeated("hm.", 4)), ["Hm."], "1 line repeated 8 times"],
    [
      "a cycle that ends half way",
      ["a", "b", "a", "b", "a", "b", "a", "b", "a", "b", "a"],
      ["a", "b"],
      "2 lines repeated 5 times",
    ],
    ["empty brackets", repeated("}", 30), ["}"], "1 line repeated 30 times"],
    [
      "one character",
      ["so", `x = ${"9".repeat(300)}`, "then"],
      ["so", "x = 9"],
      "1 character repeated 300 times",
    ],
    [
      "a script without spaces",
      [`好的${"我们再看一次".repeat(40)}`],
      ["好的我们再看一次"],
      "6 characters repeated 40 times",
    ],
    [
      "unreadable characters",
      ["fine", `then ${"\uFFFD".repeat(20)}`, "x"],
      ["fine", "then"],
      "20 characters that cannot be read",
    ],
  ])("%s", (_, lines, kept, reason) => {
    expect(findCollapse(lines)).toEqual({ lines: kept, reason });
  });

  test.each<[string, string[]]>([
    ["a table of zeros", repeated("| 0 | 0 | 0 |", 7)],
    ["closing brackets", repeated("}", 12)],
    ["a ruler", ["Plan", "-".repeat(80), "first"]],
    ["a large power of ten", [`10^100 = 1${"0".repeat(100)}`]],
    ["a bit pattern", [`the bits are ${repeated("0 1", 20).join(" ")}`]],
    ["laughter", ["ha ha ha ha ha ha ha ha"]],
    [
      "another script with marks of its own",
      ["\u{1F468}\u200D\u{1F469}\u200D\u{1F467} family of three", "नमस्ते दुनिया"],
    ],
  ])("but not %s", (_, lines) => {
    expect(findCollapse(lines)).toBeUndefined();
  });
});

describe("a thought that is still being written", () => {
  const long = (text: string, characters: number) => text.repeat(Math.ceil(characters / text.length));

  test("is never stuck as long as its lines differ, nor when it comes back to an earlier line a few times", () => {
    fc.assert(
      fc.property(varied, fc.integer({ min: 1, max: 4 }), (lines, times) => {
        expect(isStuck(Array.from({ length: times }, () => lines).flat())).toBe(false);
      }),
    );
  });

  test("is stuck once it has said the same for long, and then it has collapsed", () => {
    const unit = varied.filter((lines) => lines.length <= 24);
    fc.assert(
      fc.property(varied, unit, fc.nat({ max: 11 }), (before, unit, begun) => {
        const cycle = unit.map((line) => `again ${line}`);
        const times = Math.max(9, Math.ceil(700 / cycle.join("").length));
        const lines = [...before, ...Array.from({ length: times }, () => cycle).flat()];
        const written = [...lines, (cycle[0] ?? "").slice(0, begun)];
        fc.pre(cycle.length * times < 390);
        expect(isStuck(written)).toBe(true);
        expect(findCollapse(written)).toBeDefined();
      }),
    );
  });

  test.each<[string, string[], boolean]>([
    ["a few short repetitions", [...Array.from({ length: 20 }, () => "wait"), "w"], false],
    ["a long run of them", [...Array.from({ length: 200 }, () => "wait"), "w"], true],
    ["a long run that it has left", [...Array.from({ length: 200 }, () => "wait"), "no: 42", "so"], false],
    ["words over and over", ["so", long("is it not ", 700)], true],
    ["words that were over and over", ["so", `${long("is it not ", 700)}then 42 is`], false],
    ["one character over and over", ["so", `x = ${long("9", 700)}`], true],
    ["a script without spaces", [`好的${long("我们再看一次", 700)}我们`], true],
    ["nothing yet", [], false],
  ])("with %s", (_, lines, stuck) => {
    expect(isStuck(lines)).toBe(stuck);
    if (stuck) expect(findCollapse(lines)).toBeDefined();
  });
});
