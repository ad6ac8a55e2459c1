import { describe, expect, test } from "vitest";
import type { Backend } from "../../models/backend.ts";
import { scriptedBackend } from "../../models/scripted.ts";
import type { Problem } from "../../problems/problem.ts";
import { memoryRun } from "../../runs/open-run.ts";
import type { StrategyEntry } from "../../strategies/registry.ts";
import { thinkScripted } from "../../strategies/scripted-world.ts";
import type { PartialSettings } from "../../strategies/settings.ts";
import { completeRequest } from "../../strategies/think-request.ts";
import { type Event, isCallEvent } from "../../thought/event.ts";
import { fold } from "../../thought/fold.ts";
import { foldThoughts } from "../../thought/fold-thought.ts";
import { hashText } from "../../thought/random.ts";
import { addTree, emptySummary } from "./grow-summary.ts";
import { GROW, type GrownTree, growTrees } from "./grow-trees.ts";
import { tellMisses } from "./tell-misses.ts";

/** Two doors one after the other; the answer is the number of the last one. */
function walker(asked: number[] = []): Backend {
  return scriptedBackend({
    ...{ name: "scripted/walker", traits: { prefill: "thinking", logprobs: true }, samplesPerRequest: 4 },
    reply: (prompt, _sample, seed) => {
      asked.push(seed);
      if (prompt.messages[0]?.content.includes("unreachable")) throw new Error("gone");
      const taken = [...(prompt.prefill ?? "").matchAll(/door (\d)/g)].map((match) => Number(match[1]));
      const lines: string[] = [];
      while (taken.length < 2) {
        taken.push(hashText(`${seed}/${taken.length}`) % 3);
        lines.push(`step ${taken.length}: door ${taken.at(-1)}`);
      }
      return { reasoning: lines.join("\n"), text: String(taken.at(-1)), meanLogprob: -(seed % 8) / 8 };
    },
  });
}

function problems(count: number, gold = "1"): Problem[] {
  return Array.from({ length: count }, (_, place) => ({
    ...{ question: { id: `maze ${place}`, text: `Which door leads out of maze ${place}?` }, gold },
    ...{ family: "maze", difficulty: 0, source: "own", tags: { level: "1" } },
  }));
}

interface Growing {
  problems: Problem[];
  completions?: number;
  strategy?: string;
  settings?: PartialSettings;
  logged?: readonly Event[];
}

async function grow({ problems, completions = 0, strategy = GROW, settings = {}, logged }: Growing) {
  const asked: number[] = [];
  const backend = walker(asked);
  const run = { command: "grow", request: {}, models: { policy: "scripted/walker" }, seed: 0 };
  const { log, events } = memoryRun(run, logged === undefined ? {} : { logged });
  const request = completeRequest({
    ...{ model: "scripted/walker", strategy },
    settings: { width: 3, keep: 3, depth: 4, order: "asked", ...settings },
  });
  const trees: GrownTree[] = [];
  const options = {
    problems,
    request,
    completions,
    run: log,
    registry: { open: () => backend, list: () => [] },
  };
  for await (const tree of growTrees({ ...options, atOnce: 2 })) trees.push(tree);
  return { trees, events, asked };
}

const bodies = (events: readonly Event[]) =>
  events.filter((event) => !isCallEvent(event)).map(({ at: _at, ...body }) => body);

/** What is told of each question, calls apart: two questions at once are told in any order. */
const byQuestion = (events: readonly Event[]) =>
  bodies(events).sort((one, other) => ((one.question ?? "") < (other.question ?? "") ? -1 : 1));

describe("growing trees", () => {
  test("grades every leaf, behind all thinking, and the chosen answer last", async () => {
    const { trees, events } = await grow({ problems: problems(3) });
    for (const [id, thought] of fold(foldThoughts, events)) {
      const types = events.filter(({ question }) => question === id).map(({ type }) => type);
      const revealed = types.indexOf("problem-revealed");
      expect(types[revealed - 1]).toBe("question-finished");
      expect(new Set(types.slice(revealed + 1))).toEqual(new Set(["answer-graded"]));
      const leaves = [...thought.tree.nodes()].filter(({ answer }) => answer !== undefined);
      expect(leaves.length).toBeGreaterThan(2);
      for (const leaf of leaves) expect(leaf.correct).toBe(leaf.answer === "1");
      expect(thought.correct).toBe(thought.answer === "1");
      const tree = trees.find(({ problem }) => problem.question.id === id);
      expect(tree).toMatchObject({
        right: leaves.filter(({ correct }) => correct === true).length,
        wrong: leaves.filter(({ correct }) => correct === false).length,
        steps: thought.tree.size - 1,
      });
    }
  });

  test("does not see the reference answer: another one changes nothing before grading", async () => {
    const thinking = (events: readonly Event[]) =>
      byQuestion(
        events.filter(({ type }) => !["run-started", "problem-revealed", "answer-graded"].includes(type)),
      );
    const left = await grow({ problems: problems(2), completions: 1 });
    const right = await grow({ problems: problems(2, "no way"), completions: 1 });
    expect(thinking(right.events)).toEqual(thinking(left.events));
    expect(right.trees.every((tree) => "right" in tree && tree.right === 0)).toBe(true);
  });

  test("cut anywhere and resumed, comes to the same events and asks for nothing that is logged", async () => {
    const whole = await grow({ problems: problems(3), settings: { width: 2, keep: 1 } });
    for (let cut = 1; cut <= whole.events.length; cut += 9) {
      const logged = whole.events.slice(0, cut);
      const again = await grow({ problems: problems(3), settings: { width: 2, keep: 1 }, logged });
      expect(byQuestion(again.events)).toEqual(byQuestion(whole.events));
      const samples = logged.flatMap((event) => (event.type === "call-finished" ? event.samples : []));
      expect(again.asked).toHaveLength(whole.asked.length - samples.length);
    }
  });

  test("goes on where one problem fails, and says why", async () => {
    const some = problems(3);
    const broken = { ...some[1], question: { id: "b", text: "unreachable" } } as Problem;
    const { trees } = await grow({ problems: [...some.slice(0, 1), broken, ...some.slice(2)] });
    const summary = trees.reduce(addTree, emptySummary());
    expect(summary).toMatchObject({ trees: 2, failed: 1, failure: expect.stringMatching(/gone/) });
  });

  test("tells misses only where it is asked to, and only for problems that are graded at once", async () => {
    const heard: boolean[] = [];
    const entry: StrategyEntry = {
      ...{ name: "listener", description: "", defaults: {} },
      async run(_question, { misses }) {
        for (const answer of ["x = 4", "x = 5"]) heard.push(misses?.(answer) ?? false);
        return { stopReason: "no-answer", thought: [], candidates: [], checked: false };
      },
    };
    const [problem] = problems(1, "x = 4");
    if (problem === undefined) throw new Error("a problem was made");
    const gym = new Map([[problem.question.id, { ...problem, source: "gym", family: "equations" }]]);
    const { result } = thinkScripted({
      strategy: "listener",
      entry: tellMisses(entry, gym),
      question: problem.question,
    });
    await result;
    expect(heard).toEqual([false, true]);
    expect(() => tellMisses(entry, new Map([["q", problem]]))).toThrow(
      /^misses can be told for problems of the gym, not of own/,
    );
  });

  test("grows trees of any strategy; completions are for its own", async () => {
    const { trees } = await grow({ problems: problems(1), strategy: "best-of-n", settings: { samples: 20 } });
    expect(trees[0]).toMatchObject({ steps: 40 });
    await expect(grow({ problems: problems(1), strategy: "vote", completions: 2 })).rejects.toThrow(
      /^--completions are for trees of the strategy grow/,
    );
  });
});
