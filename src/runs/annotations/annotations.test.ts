import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import type { EventBody } from "../../thought/event.ts";
import { fold } from "../../thought/fold.ts";
import { foldThoughts } from "../../thought/fold-thought.ts";
import { type Annotation, annotationSchema, newAnnotationSchema, standingAnnotations } from "./annotation.ts";
import { appendAnnotation, readAnnotations } from "./annotation-file.ts";
import { humanThoughtLines, longThoughtLines, prm800kLines } from "./training-lines.ts";

function label(node: string, value: -1 | 0 | 1 | null, author = "ada", at = 1): Annotation {
  return { type: "step-labelled", question: "q1", author, at, node, label: value };
}

function written(texts: readonly string[], { thought = "one", at = 1 } = {}): Annotation {
  const parts = texts.map((text) => ({ kind: "trial" as const, text }));
  return { type: "thought-written", question: "q1", author: "ada", at, thought, parts, answer: "9.7" };
}

const thoughts = fold(
  foldThoughts,
  (
    [
      { type: "question-started", text: { id: "q1", text: "Is 9.11 or 9.7 larger?" } },
      { type: "step-added", node: "0.0", parent: "0", text: "Compare tenths." },
      { type: "step-added", node: "0.0/1", parent: "0.0", text: "7 beats 1." },
      { type: "answer-proposed", node: "0.0/1", answer: "9.7" },
      { type: "step-added", node: "0.1", parent: "0", text: "11 beats 7." },
    ] satisfies EventBody[]
  ).map((body, at) => ({ ...body, at, question: "q1" })),
);

describe("annotations beside a log", () => {
  it("are read back in the order in which they were made", () => {
    const folder = temporaryFolder();
    expect(readAnnotations(folder)).toEqual({ annotations: [], unreadable: 0 });
    const made = [label("0.0", 1), written(["First I try tenths."]), label("0.0", -1)];
    for (const annotation of made) appendAnnotation(folder, annotation);
    expect(readAnnotations(folder)).toEqual({ annotations: made, unreadable: 0 });
  });

  it("survive a line that was torn anywhere: it alone is passed over, and stays", () => {
    const whole = JSON.stringify(label("0.0", 1));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: whole.length - 1 }), (length) => {
        const folder = temporaryFolder();
        const path = join(folder, "annotations.jsonl");
        writeFileSync(path, `${whole}\n${whole.slice(0, length)}`);
        appendAnnotation(folder, label("0.1", -1));
        expect(readAnnotations(folder)).toEqual({
          annotations: [label("0.0", 1), label("0.1", -1)],
          unreadable: 1,
        });
        expect(readFileSync(path, "utf8")).toContain(`\n${whole.slice(0, length)}\n`);
      }),
      { numRuns: 20 },
    );
  });

  it("pass over what another version wrote", () => {
    const folder = temporaryFolder();
    appendFileSync(join(folder, "annotations.jsonl"), '{"type":"step-praised"}\n');
    appendAnnotation(folder, label("0.0", 0));
    expect(readAnnotations(folder)).toEqual({ annotations: [label("0.0", 0)], unreadable: 1 });
  });

  it("are refused with another label, without an author, or with a field too many", () => {
    const { at: _, ...fresh } = label("0.0", 1);
    expect(newAnnotationSchema.safeParse(fresh).success).toBe(true);
    for (const bad of [{ label: 2 }, { author: "  " }, { score: 1 }, { at: 7 }])
      expect(newAnnotationSchema.safeParse({ ...fresh, ...bad }).success).toBe(false);
    expect(annotationSchema.safeParse({ ...fresh, at: -1 }).success).toBe(false);
  });
});

describe("what stands of annotations", () => {
  it("is each author's last word on each step and thought", () => {
    const bob = label("0.0", -1, "bob");
    const last = [bob, label("0.0", 0), written(["again"], { at: 3 })];
    expect(standingAnnotations([label("0.0", 1), written(["once"]), ...last])).toEqual(last);
  });

  it("leaves out what its author took back", () => {
    const back = [label("0.0", 1), label("0.0", null), written(["once"]), written([])];
    expect(standingAnnotations(back)).toEqual([]);
  });
});

describe("annotations as training data", () => {
  it("gives one PRM800K line a labelled path and author, with null where nobody labelled", () => {
    const labels = [label("0.0/1", 1, "ada", 5), label("0.1", -1, "ada", 9), label("0.0", 0, "bob")];
    const lines = prm800kLines([...labels, label("0.7", 1)], thoughts);
    const shown = lines.map((line) => [
      line.labeler,
      line.label.steps.map(({ completions: [{ text, rating }] }) => `${text} ${rating}`),
      line.label.finish_reason,
    ]);
    expect(shown).toEqual([
      ["ada", ["Compare tenths. null", "7 beats 1. 1"], "solution"],
      ["ada", ["11 beats 7. -1"], "found_error"],
      ["bob", ["Compare tenths. 0"], "give_up"],
    ]);
    expect(lines[0]?.timestamp).toBe("1970-01-01T00:00:00.009Z");
  });

  it("gives a written thought part by part, with who wrote it and when", () => {
    expect(humanThoughtLines([written(["Try 11 > 7."])], thoughts)).toEqual([
      {
        ...{ id: "q1/ada/one", question: "Is 9.11 or 9.7 larger?", answer: "9.7", author: "ada" },
        ...{ writtenAt: "1970-01-01T00:00:00.001Z", thought: [{ kind: "trial", text: "Try 11 > 7." }] },
      },
    ]);
  });

  it("gives a written thought in the columns of o1-journey", () => {
    expect(longThoughtLines([written(["Try 11 > 7.", "Wait, tenths first."])], thoughts)).toEqual([
      {
        question: "Is 9.11 or 9.7 larger?",
        answer: "9.7",
        longCOT: "Try 11 > 7.\nWait, tenths first.\n#### 9.7",
      },
    ]);
  });
});
