import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitThinking, ThinkStream } from "./think-tags.ts";

describe("thinking in tags", () => {
  it.each([
    ["no tags  at all \n", { text: "no tags  at all \n" }],
    ["<think>six sevens</think>\n\n42", { text: "42", reasoning: "six sevens" }],
    ["<think>never closed 42", { text: "", reasoning: "never closed 42" }],
    ["opened by the template</think> 42", { text: "42", reasoning: "opened by the template" }],
    ["<think>one</think> a <think>two</think> b", { text: "a  b", reasoning: "one\ntwo" }],
    ["<think>outer <think>inner</think> outer</think>42", { text: "42", reasoning: "outer inner outer" }],
    ["<think></think>42", { text: "42", reasoning: undefined }],
    ["<think>a</think>42</think>", { text: "42", reasoning: "a" }],
  ])("splits %j", (reply, split) => {
    expect(splitThinking(reply)).toEqual(split);
  });

  it("shows a stream in any chunking as it would whole", () => {
    const parts = fc.constantFrom("<think>", "</think>", "a<b ", "42", "<", "thi", "nk>", "\n");
    fc.assert(
      fc.property(fc.array(parts), fc.array(fc.nat(40)), (pieces, cuts) => {
        const reply = pieces.join("");
        const show = (chunks: string[]) => {
          const stream = new ThinkStream();
          const shown = [...chunks.flatMap((chunk) => stream.push(chunk)), ...stream.end()];
          return ["reasoning", "text"].map((kind) =>
            shown.flatMap((one) => (one.kind === kind ? one.text : "")).join(""),
          );
        };
        const places = [...new Set(cuts.map((cut) => cut % (reply.length + 1)))].sort((a, b) => a - b);
        const chunks = [...places, reply.length].map((end, at) =>
          reply.slice(at === 0 ? 0 : places[at - 1], end),
        );
        expect(chunks.join("")).toBe(reply);
        expect(show(chunks)).toEqual(show([reply]));
      }),
    );
  });
});
