import type { LanguageModelV3StreamPart } from "@ai-sdk/provider";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EventBody, isCallEvent } from "../../thought/event.ts";
import { thinkScripted } from "../scripted-world.ts";
import { ThoughtParts, type ThoughtPartsOptions } from "./thought-parts.ts";

function partsOver(options: Partial<ThoughtPartsOptions> = {}) {
  const parts: LanguageModelV3StreamPart[] = [];
  const thought = new ThoughtParts((part) => void parts.push(part), {
    textIsAnswer: true,
    stop: [],
    ...options,
  });
  const text = (kind: "reasoning" | "text"): string =>
    parts.flatMap((part) => (part.type === `${kind}-delta` && "delta" in part ? part.delta : [])).join("");
  return { thought, parts, text };
}

/** Parts open and close one after another, each under an id of its own. */
function expectWellFormed(parts: readonly LanguageModelV3StreamPart[]): void {
  let open: string | undefined;
  const ids: string[] = [];
  for (const part of parts) {
    const { id } = part as { id: string };
    if (part.type.endsWith("-start")) {
      expect(open).toBeUndefined();
      open = part.type.replace("-start", id);
      ids.push(id);
    } else {
      expect(part.type.replace(/-(?:delta|end)$/, id)).toBe(open);
      if (part.type.endsWith("-end")) open = undefined;
    }
  }
  expect(open).toBeUndefined();
  expect(new Set(ids).size).toBe(ids.length);
}

describe("the parts of a thought", () => {
  test("stream an answer in whatever pieces it comes, trimmed as it is chosen", () => {
    const pieces = fc.array(fc.constantFrom(" ", "\n", "12", "is ", "a b", "\t"), { maxLength: 8 });
    fc.assert(
      fc.property(pieces, fc.boolean(), (texts, thinks) => {
        const { thought, parts, text } = partsOver();
        if (thinks) thought.delta({ kind: "reasoning", text: "hm" });
        for (const piece of texts) thought.delta({ kind: "text", text: piece });
        const answer = texts.join("").trim();
        thought.finish(answer);
        expect(text("text")).toBe(answer);
        expectWellFormed(parts);
      }),
    );
  });

  test("show what agents say behind their names, and no step that only repeats it", () => {
    const { thought, text } = partsOver();
    const tell = (body: EventBody): void => thought.event({ at: 0, question: "q1", ...body });
    tell({ type: "agent-spoke", agent: "analyst 1", text: "high water\nat noon" });
    tell({ type: "step-added", node: "0.0", parent: "0", text: "Tide\nhigh water\nat noon" });
    tell({ type: "step-added", node: "0.0.0", parent: "0.0", text: "at noon" });
    tell({ type: "step-added", node: "0.0.0.0", parent: "0.0.0", text: "noon" });
    thought.finish("yes");
    expect(text("reasoning")).toBe("analyst 1: high water\nat noon\nnoon\n");
    expect(text("text")).toBe("yes");
  });

  test("end an answer before a stop text, and stream nothing of it that may have to be taken back", () => {
    const { thought, text } = partsOver({ stop: ["END", "STOP"] });
    const told = ["one ", "two EN", "D three STOP"].map((piece) => {
      thought.delta({ kind: "text", text: piece });
      return text("text");
    });
    expect(told).toEqual(["one", "one two", "one two"]);
    thought.finish("one two END three STOP");
    expect(text("text")).toBe("one two ");
  });

  test("end an answer at the same place in whatever pieces it comes", () => {
    const pieces = fc.array(fc.constantFrom("a", "b", "ab", "aab", " ", "ba a"), { maxLength: 12 });
    const stops = fc.array(fc.constantFrom("aab", "bb", "a b", "b "), { maxLength: 3 });
    fc.assert(
      fc.property(pieces, stops, (texts, stop) => {
        const { thought, text } = partsOver({ stop });
        const answer = texts.join("").trim();
        const ends = stop.map((one) => answer.indexOf(one)).filter((at) => at !== -1);
        const cut = answer.slice(0, Math.min(answer.length, ...ends));
        for (const piece of texts) {
          thought.delta({ kind: "text", text: piece });
          expect(cut.startsWith(text("text"))).toBe(true);
        }
        thought.finish(answer);
        expect(text("text")).toBe(cut);
      }),
    );
  });

  test("hold every step of a search once, each with its place", async () => {
    const { result, events } = thinkScripted({ strategy: "beam", settings: { width: 3, keep: 2, depth: 6 } });
    const { text: answer } = await result;
    const { thought, parts, text } = partsOver();
    for (const event of events) if (!isCallEvent(event)) thought.event(event);
    thought.finish(answer);
    expectWellFormed(parts);
    const steps = events.flatMap((event) => (event.type === "step-added" && event.text !== "" ? event : []));
    const lines = text("reasoning").trimEnd().split("\n");
    expect(lines.map((line) => line.replace(/^\[[\d./]+\] /, ""))).toEqual(steps.map((step) => step.text));
    const places = parts.flatMap((part) =>
      part.type === "reasoning-delta" ? part.providerMetadata?.["sojourn"] : [],
    );
    expect(places).toEqual(steps.map(({ node, parent }) => ({ node, parent })));
  });
});
