import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { scriptedBackend, scriptedModel } from "../models/scripted.ts";
import type { Reward } from "../rewards/reward.ts";
import { memoryRun, resumeRun } from "../runs/open-run.ts";
import type { Event } from "../thought/event.ts";
import type { Strategy } from "./strategy.ts";
import { type ThinkOptions, think } from "./think-aloud.ts";

/** Says a step and an answer; the second of its samples is wrong. */
const model = scriptedBackend({
  name: "scripted/guesser",
  reply: (_prompt, sample) => `guess ${sample}\nAnswer: ${sample === 1 ? "13" : "12"}`,
});
const slow = scriptedModel({ reply: () => "Answer: 12", delayMs: 5000 });

const vote = (more: ThinkOptions = {}) =>
  think("What is 7 + 5?", { model, strategy: "vote", samples: 3, confidence: 1, ...more });

describe("think", () => {
  test("is awaited for the answer", async () => {
    const answer = await vote();
    expect(answer).toMatchObject({ text: "12", stopReason: "answered", strategy: "vote" });
    expect(answer).toMatchObject({ model: "scripted/guesser", usage: { calls: 1 } });
    expect(await vote().answer).toEqual(answer);
    expect(await Promise.all([vote(), vote().finally(() => {})])).toEqual([answer, answer]);
  });

  test("is looped over for the question's events, from the first to the last, by any number of readers", async () => {
    const thinking = vote();
    const read = async (): Promise<Event[]> => {
      const events: Event[] = [];
      for await (const event of thinking) events.push(event);
      return events;
    };
    const [left, right] = await Promise.all([read(), read()]);
    expect(left).toEqual(right);
    expect(left).toEqual(thinking.events);
    expect(left[0]).toMatchObject({ type: "question-started", question: "q1" });
    expect(left.at(-1)).toMatchObject({ type: "question-finished" });
    expect(await read()).toEqual(left);
    expect(thinking.thought).toMatchObject({ answer: "12", strategy: "vote" });
    expect(thinking.tree.size).toBe(4);
  });

  test("tells events while the thinking goes on", async () => {
    const thinking = think("Which way?", {
      model: "scripted/tree",
      strategy: "vote",
      samples: 2,
      concurrency: 1,
    });
    let ended = false;
    thinking.then(
      () => {
        ended = true;
      },
      () => {},
    );
    for await (const event of thinking) {
      if (event.type !== "step-added") continue;
      expect(ended).toBe(false);
      expect(thinking.tree.size).toBeGreaterThan(1);
      break;
    }
  });

  test("stops when its loop is left, and asks nothing more", async () => {
    const thinking = think("Slowly?", { model: slow, strategy: "vote", samples: 3 });
    for await (const event of thinking) if (event.type === "tasks-asked") break;
    await expect(thinking.answer).rejects.toThrow("the thinking was stopped");
    const known = thinking.events.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(thinking.events).toHaveLength(known);
    expect(thinking.events.at(-1)).toMatchObject({ type: "call-failed", outcome: "cancelled" });
  });

  test("stops at the caller's signal, with its reason, in the loop and at the await", async () => {
    const stop = new AbortController();
    const thinking = think("Slowly?", { model: slow, signal: stop.signal });
    setTimeout(() => stop.abort(new Error("enough")), 10);
    await expect(
      (async () => {
        for await (const _ of thinking);
      })(),
    ).rejects.toThrow("enough");
    await expect(thinking).rejects.toThrow("enough");
  });

  test.each<[string, ThinkOptions, string]>([
    ["strategy", { strategy: "vot" }, "did you mean vote?"],
    ["model", { model: "opnai/x" }, "did you mean openai?"],
    ["checker", { checker: "sudoku" }, 'no checker "sudoku"'],
    ["prompt", { model, prompts: { "step-by-stp": "" } }, "did you mean step-by-step?"],
    ["setting", { samples: 0 }, "the option samples is wrong"],
    ["option", JSON.parse('{"sample": 3}'), "did you mean samples?"],
  ])("says in one line what is wrong with a %s", async (_, options, message) => {
    const error = await think("What is 7 + 5?", options).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "InputError", message: expect.stringContaining(message) });
  });

  test("refuses an empty question", async () => {
    await expect(think("")).rejects.toThrow("the question is empty");
    await expect(think({ id: "", text: "x" })).rejects.toThrow("the question's id is wrong");
  });

  test("keeps nothing on disk unless it is asked to, then a run that can be resumed", async () => {
    const root = temporaryFolder();
    await think("Which way?", { model: "scripted/tree", strategy: "vote" });
    expect(readdirSync(root)).toEqual([]);

    const thinking = think("Which way?", { model: "scripted/tree", strategy: "vote", run: root });
    const answer = await thinking;
    expect(existsSync(join(root, thinking.run?.id ?? "", "events.jsonl"))).toBe(true);
    const { log, manifest } = resumeRun("latest", { root });
    expect(manifest).toMatchObject({ command: "ask", state: "finished", id: thinking.run?.id });
    expect(await think("Which way?", { model: "scripted/tree", strategy: "vote", run: log })).toEqual(answer);
    log.finish();
  });

  test("leaves a recorded run interrupted when its loop is left", async () => {
    const root = temporaryFolder();
    for await (const event of think("Slowly?", { model: slow, run: root })) {
      if (event.type === "tasks-asked") break;
    }
    const { log, manifest } = resumeRun("latest", { root });
    // A model that was given as an object is no name that `sojourn resume` could open.
    expect(manifest.command).toBe("think");
    log.close("interrupted");
  });

  test("thinks about several questions in one run, each with events of its own", async () => {
    const { log, events } = memoryRun({ command: "think", request: null, models: {}, seed: 0 });
    const ids = ["a", "b"];
    const thoughts = ids.map((id) => think({ id, text: `${id}?` }, { model, run: log }));
    await Promise.all(thoughts);
    for (const [index, thought] of thoughts.entries())
      expect(new Set(thought.events.map(({ question }) => question))).toEqual(new Set([ids[index]]));
    expect(events.length).toBe(1 + thoughts.reduce((sum, thought) => sum + thought.events.length, 0));
  });

  test("takes a strategy that is a function, under its own name", async () => {
    const echo: Strategy = async (question, { recorder }) => {
      recorder.emit({ type: "answer-chosen", answer: question.text, reason: "echoed", checked: false });
      return { text: question.text, stopReason: "answered", thought: [], candidates: [], checked: false };
    };
    expect(await think("Hello?", { strategy: echo, model })).toMatchObject({
      text: "Hello?",
      strategy: "echo",
    });
  });

  test("takes a reward of the caller's own before any other", async () => {
    const late: Reward = {
      name: "late",
      score: async (_question, node) => ({ value: node.text.includes("1") ? 1 : 0.2, by: "late" }),
    };
    const answer = await think("What is 7 + 5?", { model, strategy: "best-of-n", samples: 3, reward: late });
    expect(answer.text).toBe("13");
    expect(answer.candidates).toContainEqual({ answer: "13", votes: 1, score: 1 });
  });

  test("plays each role with the model that it was given", async () => {
    const asked: string[] = [];
    const other = scriptedBackend({
      name: "scripted/other",
      reply: (prompt) => {
        asked.push(prompt.messages.at(-1)?.content ?? "");
        return "Answer: 42";
      },
    });
    const answer = await think("What is 7 + 5?", { model, roles: { policy: other }, strategy: "direct" });
    expect(answer).toMatchObject({ text: "Answer: 42", model: "scripted/other" });
    expect(asked).toEqual(["What is 7 + 5?"]);
  });

  test("takes defaults from a config that it is given, and options before them", async () => {
    const config = { model: "scripted/tree", strategy: "direct", settings: { samples: 2 } };
    expect(await think("Which way?", { config })).toMatchObject({
      strategy: "direct",
      model: "scripted/tree",
    });
    expect(await think("Which way?", { config, strategy: "vote" })).toMatchObject({ strategy: "vote" });
    await expect(think("Which way?", { config: "/nowhere.yaml" })).rejects.toThrow("cannot read the config");
  });
});
