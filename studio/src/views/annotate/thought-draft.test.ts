import { type EventBody, fold, foldThoughts } from "sojourn/thought";
import { describe, expect, it } from "vitest";
import {
  draftOf,
  emptyDraft,
  finishedDraft,
  withLines,
  withPart,
  withPartBehind,
  withPartMoved,
} from "./thought-draft.ts";
import { withWord } from "./use-annotations.ts";

const bodies: EventBody[] = [
  { type: "step-added", node: "0.0", parent: "0", text: "12 + 7 = 19" },
  { type: "step-added", node: "0.1", parent: "0", text: "wait, back to the numbers" },
  { type: "step-added", node: "0.1/1", parent: "0.1", text: "7 * 3 = 21" },
  { type: "answer-proposed", node: "0.1/1", answer: "7 * 3 + 12" },
  { type: "answer-chosen", node: "0.1/1", answer: "7 * 3 + 12", reason: "", checked: false },
];

describe("a long thought that a person writes", () => {
  it("may begin from what the model tried: wrong turns as trials, turns back as reflections", () => {
    const thought = fold(
      foldThoughts,
      bodies.map((body, at) => ({ ...body, at, question: "q" })),
    ).get("q");
    if (thought === undefined) throw new Error("no thought");
    const { parts, answer } = draftOf(thought);
    expect(parts.map(({ kind }) => kind)).toEqual(["trial", "reflection", "step"]);
    expect(answer).toBe("7 * 3 + 12");
  });

  it("has its parts changed, added, moved and taken out", () => {
    let draft = withPart(emptyDraft(), 0, { text: "one" });
    draft = withPart(withPartBehind(draft, 0, "correction"), 1, { text: "two" });
    const texts = (): string[] => draft.parts.map(({ text }) => text);
    expect(texts()).toEqual(["one", "two"]);
    draft = withPartMoved(draft, 1, -1);
    expect(texts()).toEqual(["two", "one"]);
    draft = withPartMoved(draft, 0, 0);
    expect(texts()).toEqual(["one"]);
  });

  it("takes over other lines, with what the known ones do", () => {
    const draft = { thought: "a", answer: "7", parts: [{ kind: "trial" as const, text: "3 and 4." }] };
    expect(withLines(draft, ["Wait, slowly.", "3 and 4.", "So 7."]).parts).toEqual([
      { kind: "reflection", text: "Wait, slowly." },
      { kind: "trial", text: "3 and 4." },
      { kind: "step", text: "So 7." },
    ]);
  });

  it("is kept once it says something and arrives at an answer", () => {
    const draft = withPart(withPartBehind(emptyDraft(), 0, "step"), 1, { text: " So 7. " });
    expect(finishedDraft(draft)).toBeUndefined();
    expect(finishedDraft({ ...draft, answer: " 7 " })).toMatchObject({
      parts: [{ kind: "step", text: "So 7." }],
      answer: "7",
    });
    expect(finishedDraft({ ...emptyDraft(), answer: "7" })).toBeUndefined();
  });
});

describe("a word that was just said", () => {
  it("takes the place of its author's last word on the same step, and of no other", () => {
    const word = (author: string, label: 1 | -1 | null) =>
      ({ type: "step-labelled", question: "q", author, node: "0.0", label }) as const;
    const before = withWord(withWord([], word("ada", 1), 1), word("bob", -1), 2);
    expect(withWord(before, word("ada", -1), 3)).toEqual([
      { ...word("bob", -1), at: 2 },
      { ...word("ada", -1), at: 3 },
    ]);
    expect(withWord(before, word("ada", null), 3)).toEqual([{ ...word("bob", -1), at: 2 }]);
  });
});
