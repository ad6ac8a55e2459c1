import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { processorTime } from "../../../test/support/processor-time.ts";
import { linesOf } from "../reply.ts";
import { parseMonologue } from "./parse.ts";

const read = (...lines: string[]) => parseMonologue(lines.join("\n"));

describe("a reply in the form asked for", () => {
  test("gives the pad's lines as steps and what is behind it as the answer", () => {
    expect(
      read(
        "<scratchpad>",
        "six sevens",
        "",
        "  are 42",
        "</scratchpad>",
        "<final_answer>",
        "42",
        "</final_answer>",
      ),
    ).toEqual({ steps: ["six sevens", "are 42"], answer: "42" });
  });

  test.each([
    "<SCRATCHPAD>hm</SCRATCHPAD><Final_Answer>42</Final_Answer>",
    "< scratchpad >hm< / scratchpad ><final-answer>42</final-answer>",
    '<scratchpad lang="en">hm</scratchpad><final answer>42</final answer>',
    "<scratch_pad>hm</scratch_pad><finalanswer>42</finalanswer>",
    "<scratchpad>hm</scratchpad><final_answer>**Answer:** 42</final_answer>",
  ])("may be spelt %s", (text) => {
    expect(parseMonologue(text)).toEqual({ steps: ["hm"], answer: "42" });
  });

  test("keeps an answer of several lines whole", () => {
    expect(
      read("<scratchpad>hm</scratchpad>", "<final_answer>", "first", "", "second", "</final_answer>").answer,
    ).toBe("first\n\nsecond");
  });
});

describe("a reply whose tags", () => {
  test.each<[what: string, lines: string[], steps: string[], answer?: string]>([
    ["are all missing", ["think", "Answer: 42"], ["think"], "42"],
    ["are all missing, with no label either", ["think", "42"], ["think", "42"]],
    ["lack the pad", ["think", "<final_answer>42</final_answer>"], ["think"], "42"],
    ["lack the answer", ["<scratchpad>think</scratchpad>", "It is 42."], ["think"], "It is 42."],
    ["leave the pad open", ["<scratchpad>think", "<final_answer>42</final_answer>"], ["think"], "42"],
    ["leave the answer open", ["<scratchpad>think</scratchpad>", "<final_answer>42"], ["think"], "42"],
    ["leave both open", ["<scratchpad>think", "<final_answer>42"], ["think"], "42"],
    ["only close", ["think</scratchpad>", "42</final_answer>"], ["think", "42"]],
    ["break off in the pad", ["<scratchpad>", "think", "and th"], ["think", "and th"]],
    ["break off in the pad behind a label", ["<scratchpad>think", "Answer: 42"], ["think"], "42"],
    ["break off in the answer's", ["<scratchpad>think</scratchpad>", "<final_ans"], ["think"], "<final_ans"],
    ["nest the answer in itself", ["<final_answer><final_answer>42</final_answer></final_answer>"], [], "42"],
    [
      "nest a pad in the pad",
      ["<scratchpad>a<scratchpad>b</scratchpad>c</scratchpad>", "<final_answer>42</final_answer>"],
      ["a", "b", "c"],
      "42",
    ],
    [
      "put an answer into the pad and another behind it",
      [
        "<scratchpad>a",
        "<final_answer>41</final_answer>",
        "no",
        "</scratchpad>",
        "<final_answer>42</final_answer>",
      ],
      ["a", "41", "no"],
      "42",
    ],
    [
      "put an answer behind the pad and then muse on in another",
      ["<final_answer>42</final_answer>", "<scratchpad>or <final_answer>41</final_answer>? no</scratchpad>"],
      ["or", "41", "? no"],
      "42",
    ],
    [
      "put the only answer into the pad",
      ["<scratchpad>a<final_answer>42</final_answer>b</scratchpad>"],
      ["a", "b"],
      "42",
    ],
    [
      "repeat the answer",
      ["<final_answer>41</final_answer>", "no", "<final_answer>42</final_answer>"],
      ["41", "no"],
      "42",
    ],
    ["repeat it empty", ["<final_answer>42</final_answer>", "<final_answer> </final_answer>"], [], "42"],
    [
      "repeat the pad",
      ["<scratchpad>a</scratchpad><scratchpad>b</scratchpad>", "<final_answer>42</final_answer>"],
      ["a", "b"],
      "42",
    ],
  ])("%s", (_what, lines, steps, answer) => {
    expect(read(...lines)).toEqual({ steps, ...(answer === undefined ? {} : { answer }) });
  });
});

describe("tags in code", () => {
  const pad = "<scratchpad>think</scratchpad>";

  test("are text, in the pad and in the answer", () => {
    const steps = [
      "the form is `</scratchpad><final_answer>`:",
      "```",
      "<final_answer>7</final_answer>",
      "```",
    ];
    expect(read("<scratchpad>", ...steps, "</scratchpad>", "<final_answer>42</final_answer>")).toEqual({
      ...{ steps, answer: "42" },
    });
    expect(read(pad, "<final_answer>Write `</final_answer>` last.</final_answer>").answer).toBe(
      "Write `</final_answer>` last.",
    );
    expect(read(pad, "Close it with `</final_answer>`.").answer).toBe("Close it with `</final_answer>`.");
  });

  test("count where the whole reply, or its answer, is in a code fence", () => {
    expect(read("```xml", pad, "<final_answer>42</final_answer>", "```").answer).toBe("42");
    expect(read(pad, "```", "<final_answer>42</final_answer>", "```").answer).toBe("42");
  });

  test("do not hide the answer behind a fence that is never closed", () => {
    expect(
      read("<scratchpad>", "```", "x = 1", "</scratchpad>", "<final_answer>42</final_answer>").answer,
    ).toBe("42");
    const odd = [
      "<scratchpad>",
      "```",
      "x",
      "</scratchpad>",
      "<final_answer>",
      "```",
      "y",
      "```",
      "</final_answer>",
    ];
    expect(read(...odd).answer).toBe("```\ny\n```");
  });

  test("leave a bare code block as the answer it is", () => {
    expect(read(pad, "```", "print(42)", "```").answer).toBe("```\nprint(42)\n```");
  });
});

const plain = fc
  .array(fc.stringMatching(/^[a-z0-9 .,?!=+]{0,20}$/), { maxLength: 6 })
  .map((lines) => lines.join("\n"));
const part = fc.constantFrom(
  ...[
    "<scratchpad>",
    "</scratchpad>",
    "<final_answer>",
    "</final_answer>",
    "```",
    "`",
    "\n",
    "42",
    "hm wait",
    "<",
    ">",
  ],
  ...["Answer: 7", "< /Final-Answer x>"],
);

describe("any reply", () => {
  test("in the form asked for comes out as it was put in", () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,9}$/);
    fc.assert(
      fc.property(plain, word, plain, (pad, answer, around) => {
        const text = `${around}\n<scratchpad>\n${pad}\n</scratchpad>\n<final_answer>\n${answer}\n</final_answer>`;
        const { steps, answer: found } = parseMonologue(text);
        expect(steps).toEqual([...linesOf(around), ...linesOf(pad)]);
        expect(found).toBe(answer);
      }),
    );
  });

  test("is read, loses no word and gains none, whatever its tags do", () => {
    const words = (text: string): string[] => (text.match(/[a-z0-9]+/gi) ?? []).sort();
    const bare = (text: string): string =>
      text.replace(/<\s*\/?\s*(?:scratchpad|final[ _-]answer)[^<>]*>/gi, "\n");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 24 }), (parts) => {
        const { steps, answer = "" } = parseMonologue(parts.join(""));
        const kept = words(bare([...steps, answer].join("\n")).replace(/answer:/gi, ""));
        expect(kept).toEqual(words(bare(parts.join("")).replace(/answer:/gi, "")));
      }),
      { numRuns: 500 },
    );
  });

  test("with a marked answer that has a text, outside of code, has an answer", () => {
    const marks = part.filter((one) => !one.includes("`"));
    fc.assert(
      fc.property(fc.array(marks, { maxLength: 12 }), fc.array(marks, { maxLength: 12 }), (before, after) => {
        const text = `${before.join("")}<final_answer>x</final_answer>${after.join("")}`;
        const { answer } = parseMonologue(text);
        expect(answer).toBeDefined();
        expect(answer).not.toMatch(/<\/?(?:scratchpad|final_answer)>/);
      }),
    );
  });

  test("of a million characters is read at once", async () => {
    for (const piece of [
      "<",
      "`",
      "```",
      "<final_answer",
      "<scratchpad>",
      "< / ",
      "a`\n",
      "<final_answer>x",
    ]) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      expect(await processorTime(() => parseMonologue(text), 3_000), piece).toBeLessThan(3_000);
    }
  });
});
