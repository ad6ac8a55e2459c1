import { describe, expect, test } from "vitest";
import type { ModelClient } from "../models/client.ts";
import type { Drive } from "../search/driver.ts";
import { MemoryRecorder } from "../search/memory-recorder.ts";
import { FailureError } from "../thought/errors.ts";
import { Tree } from "../thought/tree.ts";
import { clusterAnswers, conclude } from "./conclude.ts";
import { openPrompts } from "./prompt.ts";
import { resolveSettings } from "./settings.ts";
import type { Thinking } from "./strategy.ts";

const question = { id: "q", text: "What is 6 times 7?" };

/** A tree with one leaf an answer, each below a step of its own; undefined for a thought that ended without one. */
function treeOf(...answers: (string | undefined)[]): Tree {
  const tree = new Tree();
  for (const [ordinal, answer] of answers.entries()) {
    const step = tree.add(`0.${ordinal}`, tree.root, `step ${ordinal}`);
    tree.add(`0.${ordinal}/1`, step, "").answer = answer;
  }
  return tree;
}

function thinking(checker?: Thinking["checker"]): Thinking & { recorder: MemoryRecorder } {
  const client: ModelClient = {
    traits: () => ({ name: "m", followsInstructions: true, prefill: "none", logprobs: false }),
    sample: () => [],
    generate: async () => [],
  };
  const settings = resolveSettings({
    ...{ asked: {}, strategy: {}, effort: "low", effortAsked: true, configured: {}, order: "asked" },
  });
  const { signal } = new AbortController();
  return { client, recorder: new MemoryRecorder(), settings, prompts: openPrompts(), checker, signal };
}

function decided(tree: Tree, chosen: string | undefined, drive: Partial<Drive> = {}) {
  const node = chosen === undefined ? undefined : tree.get(chosen);
  return {
    question,
    tree,
    chosen: node,
    reason: "by lot",
    drive: { best: node, ended: "finished", ...drive },
  } as const;
}

describe("clusters of answers", () => {
  test("hold equivalent answers as the first of them wrote it, the largest first, ties by age", () => {
    const clusters = clusterAnswers(treeOf("41", "x = 42", undefined, "42.0", "no", "42", "NO."));
    expect(clusters.map(({ answer, leaves }) => [answer, leaves.map(({ id }) => id)])).toEqual([
      ["x = 42", ["0.1/1", "0.3/1", "0.5/1"]],
      ["no", ["0.4/1", "0.6/1"]],
      ["41", ["0.0/1"]],
    ]);
  });

  test("are none where no thought reached an answer", () => {
    expect(clusterAnswers(treeOf(undefined))).toEqual([]);
  });
});

describe("the end of a strategy", () => {
  test("logs the chosen answer with its reason and gives its thought and all candidates", () => {
    const think = thinking();
    const tree = treeOf("41", "42", "42.0");
    tree.get("0.1/1").scores.push({ value: 0.2, by: "vote" }, { value: 0.6, by: "vote" });
    tree.get("0.2/1").scores.push({ value: 0.7, by: "vote" });
    expect(conclude(think, decided(tree, "0.1/1"))).toEqual({
      text: "42",
      stopReason: "answered",
      thought: ["step 1"],
      candidates: [
        { answer: "42", votes: 2, score: 0.7 },
        { answer: "41", votes: 1, score: undefined },
      ],
      checked: false,
    });
    expect(think.recorder.events).toEqual([
      { type: "answer-chosen", node: "0.1/1", answer: "42", reason: "by lot", checked: false },
    ]);
  });

  test("says that the rule verified the answer, and only then", () => {
    const check = (_question: object, answer: string) => ({ correct: answer === "42", reason: "" });
    const tree = treeOf("41", "42");
    const think = thinking({ name: "answer", check });
    expect(conclude(think, decided(tree, "0.1/1")).checked).toBe(true);
    expect(conclude(think, decided(tree, "0.0/1")).checked).toBe(false);
  });

  test("names the budget where that ended it, with an answer and without one", () => {
    const think = thinking();
    const tree = treeOf("42", undefined);
    expect(conclude(think, decided(tree, "0.0/1", { ended: "budget" }))).toMatchObject({
      text: "42",
      stopReason: "budget",
    });
    const none = conclude(think, decided(treeOf(undefined), undefined, { ended: "budget" }));
    expect(none).toMatchObject({ stopReason: "budget", thought: [], candidates: [] });
    expect(none.text).toBeUndefined();
  });

  test("is without an answer where no thought reached one, and chooses nothing", () => {
    const think = thinking();
    const tree = treeOf(undefined);
    expect(conclude(think, decided(tree, undefined, { lastFailure: "cut" })).stopReason).toBe("no-answer");
    expect(think.recorder.events).toEqual([]);
  });

  test("throws the last failure where every task failed and nothing was thought", () => {
    expect(() => conclude(thinking(), decided(new Tree(), undefined, { lastFailure: "no server" }))).toThrow(
      new FailureError("no server"),
    );
  });
});
