import { expect, test } from "vitest";
import { scriptedBackend } from "../models/scripted.ts";
import { treeReply } from "../models/scripted-tree.ts";
import type { Checker } from "../problems/problem.ts";
import { memoryRun } from "../runs/open-run.ts";
import { mazeQuestion, thinkScripted } from "./scripted-world.ts";
import type { PartialSettings } from "./settings.ts";
import { thinkThrough } from "./think.ts";
import { completeRequest } from "./think-request.ts";

const strategies = ["beam", "dvts", "lookahead", "best-first", "depth-first"];
const settings: PartialSettings = { width: 3, keep: 2, depth: 8, maxTokens: 40, concurrency: 8 };
/** A rule that verifies the ways that end in these doors. */
const endingIn = (doors: string): Checker => ({
  name: "maze",
  check: (_question, answer) => ({ correct: answer.endsWith(doors), reason: `the way ends in ${doors}` }),
});

test.each(strategies)("%s says in one line what to do where nothing can score steps", async (strategy) => {
  const silent = scriptedBackend({
    ...{ name: "scripted/silent", reply: (prompt, _sample, seed) => treeReply(prompt, seed) },
  });
  const request = completeRequest({ model: "scripted/silent", strategy, settings });
  const models = { policy: "scripted/silent" };
  const { log } = memoryRun({ command: "ask", request: {}, models, seed: 0 });
  const registry = { open: () => silent, list: () => [] };
  await expect(thinkThrough(mazeQuestion, request, { registry, run: log })).rejects.toThrow(
    `${strategy} scores steps by log-probabilities, which scripted/silent does not report; use --strategy vote, or --reward judge`,
  );
});

test("a reward that knows finished thoughts alone is refused, with the way out", async () => {
  const { result } = thinkScripted({ strategy: "dvts", settings: { ...settings, reward: "vote" } });
  await expect(result).rejects.toThrow(
    "dvts scores steps, and the reward vote knows finished thoughts alone; add one that knows steps, such as vote*judge",
  );
});

test.each(strategies)("%s takes what the checker verifies before what is likelier", async (strategy) => {
  const { result } = thinkScripted({ strategy, settings: { ...settings, keep: 8 }, checker: endingIn("b") });
  const { text, checked, candidates } = await result;
  expect(candidates.map(({ answer }) => answer.endsWith("b"))).toContain(false);
  expect({ text, checked }).toEqual({ text: expect.stringMatching(/b$/), checked: true });
});

test("depth-first returns to earlier steps until it has a verified answer, and spares the rest", async () => {
  const patient: PartialSettings = { width: 4, keep: 1, rollouts: 200, threshold: 0, order: "asked" };
  const { result, events } = thinkScripted({
    ...{ strategy: "depth-first", settings: { ...settings, ...patient }, checker: endingIn("ba") },
  });
  expect(await result).toMatchObject({ checked: true });
  expect(events.filter(({ type }) => type === "backtracked").length).toBeGreaterThan(3);
  const expanded = new Set(events.flatMap((event) => (event.type === "call-finished" ? event.site : [])));
  // The whole maze: the root, and a node for each way of up to four doors.
  expect(expanded.size).toBeLessThan(1 + 3 + 9 + 27 + 81);
});

test("depth-first cancels what it speculated on where results are told as they arrive, and there alone", async () => {
  for (const order of ["arrival", "asked"] as const) {
    const hasty: PartialSettings = { ...settings, keep: 6, confidence: 0.5, order };
    const { result, events } = thinkScripted({
      strategy: "depth-first",
      settings: hasty,
      samplesPerRequest: 1,
    });
    expect((await result).text).toBeDefined();
    const cancelled = events.some((event) => event.type === "call-failed" && event.outcome === "cancelled");
    expect(cancelled).toBe(order === "arrival");
  }
});
