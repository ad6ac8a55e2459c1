import { describe, expect, test } from "vitest";
import type { Prompt } from "../models/client.ts";
import { type ScriptedReply, scriptedBackend } from "../models/scripted.ts";
import { memoryRun } from "../runs/open-run.ts";
import { completeRequest } from "../strategies/think-request.ts";
import type { Event } from "../thought/event.ts";
import { augmentThoughts } from "./human/augment.ts";
import { humanThoughtSchema } from "./human/human-thought.ts";
import { refineDrafts } from "./weave/refine-drafts.ts";
import type { DraftedJourney } from "./weave/weave.ts";
import { type WriteManyOptions, writeMany } from "./write-many.ts";

/** A writer that says what this function says, and a run to write in. */
function writer(reply: (prompt: Prompt, attempt: number) => ScriptedReply, logged: readonly Event[] = []) {
  const attempts = new Map<string, number>();
  const backend = scriptedBackend({
    name: "scripted/writer",
    reply(prompt) {
      const about = prompt.messages.at(-1)?.content.split("\n\nAn earlier attempt")[0] ?? "";
      const attempt = attempts.get(about) ?? 0;
      attempts.set(about, attempt + 1);
      return reply(prompt, attempt);
    },
  });
  const run = { command: "weave", request: {}, models: {}, seed: 0 };
  const { log, events } = memoryRun(run, logged.length === 0 ? {} : { logged });
  const request = completeRequest({ model: "scripted/writer" });
  const options: WriteManyOptions = { request, run: log, registry: { open: () => backend, list: () => [] } };
  return { options, events, asked: () => [...attempts.values()].reduce((sum, times) => sum + times, 0) };
}

const task = (wanted: string) => ({
  system: "Write.",
  content: `about ${wanted}`,
  read: (text: string) => (text === wanted ? { lines: [text] } : { fault: `it says ${text}` }),
});

describe("writing many texts", () => {
  test("tells the writer what was wrong, and takes the attempt that may stand", async () => {
    const prompts: string[] = [];
    const { options } = writer((prompt, attempt) => {
      prompts.push(prompt.messages.at(-1)?.content ?? "");
      return attempt === 0 ? "b" : "a";
    });
    const written = await writeMany("test", new Map([["1", task("a")]]), options);
    expect(written).toEqual({ texts: new Map([["1", ["a"]]]), faults: {} });
    expect(prompts).toEqual(["about a", "about a\n\nAn earlier attempt was refused because it says b."]);
  });

  test("counts what may not stand after three attempts, and goes on with the others", async () => {
    const { options, asked } = writer(() => "a");
    const tasks = new Map([
      ["1", task("a")],
      ["2", task("b")],
    ]);
    const { texts, faults } = await writeMany("test", tasks, options);
    expect([...texts.keys()]).toEqual(["1"]);
    expect(faults).toEqual({ "every attempt of the writer was refused": 1 });
    expect(asked()).toBe(4);
  });

  test("resumed anywhere, asks for nothing that is logged and comes to the same", async () => {
    const tasks = new Map(["a", "b", "c"].map((name) => [name, task(name)]));
    const say = (prompt: Prompt, attempt: number) =>
      attempt === 0 ? "no" : (/about (.)/.exec(prompt.messages.at(-1)?.content ?? "")?.[1] ?? "");
    const whole = writer(say);
    const written = await writeMany("test", tasks, whole.options);
    for (let cut = 1; cut <= whole.events.length; cut++) {
      const logged = whole.events.slice(0, cut);
      const calls = logged.filter(({ type }) => type === "call-finished").length;
      const again = writer((prompt) => {
        const first = !(prompt.messages.at(-1)?.content ?? "").includes("An earlier attempt");
        return say(prompt, first ? 0 : 1);
      }, logged);
      expect(await writeMany("test", tasks, again.options), `cut at ${cut}`).toEqual(written);
      expect(again.asked()).toBe(6 - calls);
    }
  });
});

const drafted: DraftedJourney = {
  journey: {
    ...{ id: "q/0", question: "2 * 12?", answer: "24", steps: ["Twice 12 is 24."], beats: [] },
    source: { question: "q" },
  },
  draft: {
    lines: [
      { text: "Half of 12 is 6.", kind: "wrong" },
      { text: "Back to the beginning.", kind: "return" },
      { text: "Twice 12 is 24.", kind: "step" },
    ],
    wrongTurns: 1,
  },
  refined: { lines: [], wrongTurns: 1 },
};

describe("refining a draft", () => {
  test("keeps what each line is, in the writer's words", async () => {
    const { options } = writer(() => "[1] So half of 12 is 6.\n[2] No, again.\n[3] Twice 12 is 24.");
    const { lines, fallbacks } = await refineDrafts([drafted], options);
    expect(lines).toEqual([
      {
        ...{
          id: "q/0",
          question: "2 * 12?",
          answer: "24",
          kind: "journey-refined",
          source: { question: "q" },
        },
        thought: ["So half of 12 is 6.", "No, again.", "Twice 12 is 24."],
        ...{ lines: ["wrong", "return", "step"], wrongTurns: 1, wording: "scripted/writer" },
      },
    ]);
    expect(fallbacks).toEqual({});
  });

  test("falls back to the draft where the writer leaves out the wrong turn every time", async () => {
    const { options, asked } = writer(() => "[1] Twice 12 is 24.");
    const { lines, fallbacks } = await refineDrafts([drafted], options);
    expect(lines[0]).toMatchObject({
      wording: "draft",
      thought: drafted.draft.lines.map(({ text }) => text),
    });
    expect(fallbacks).toEqual({ "every attempt of the writer was refused": 1 });
    expect(asked()).toBe(3);
  });
});

describe("augmenting a human-written thought", () => {
  const thought = humanThoughtSchema.parse({
    ...{ id: "1", question: "2 * 12?", answer: "24" },
    thought: [
      { kind: "trial", text: "Half of 12 is 6." },
      { kind: "correction", text: "No, twice: 24." },
    ],
  });

  test("keeps the thought itself and what comes to its answer", async () => {
    const { options } = writer(({ system = "" }) =>
      system.includes("curious student")
        ? "It must be\n\\boxed{25}"
        : "Half is 6.\nNo, twice 12.\nThat is 24.\n$\\boxed{24}$",
    );
    const { lines, faults } = await augmentThoughts(
      [thought],
      ["granularity", "gradual", "explorer"],
      options,
    );
    expect(lines.map(({ id, thought: words }) => [id, words])).toEqual([
      ["1", ["Half of 12 is 6.", "No, twice: 24."]],
      ["1/granularity", ["Half is 6.", "No, twice 12.", "That is 24."]],
      ["1/gradual", ["Half is 6.", "No, twice 12.", "That is 24."]],
    ]);
    expect(faults).toEqual({ "every attempt of the writer was refused": 1 });
  });

  test("refuses finer steps that are fewer, and a thought without a boxed answer", async () => {
    const { options, events } = writer((_, attempt) =>
      attempt === 0 ? "All at once.\n\\boxed{24}" : "It is 24.",
    );
    const { lines } = await augmentThoughts([thought], ["granularity"], options);
    expect(lines).toHaveLength(1);
    const warnings = events.flatMap((event) => (event.type === "warning-raised" ? event.text : []));
    expect(warnings).toEqual([
      "attempt 1: it has 1 steps where the thought has 2",
      "attempt 2: there is no \\boxed{} at its end",
      "attempt 3: there is no \\boxed{} at its end",
    ]);
  });
});
