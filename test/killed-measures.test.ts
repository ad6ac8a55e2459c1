import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import type { Prompt } from "../src/models/client.ts";
import type { Endpoint } from "../src/models/testing/index.ts";
import { startCli } from "./support/cli-process.ts";
import { runInProcess } from "./support/command-line.ts";
import { oopsJudge, processbenchRecords } from "./support/labelled-solutions.ts";
import { openAiEndpoint } from "./support/openai-endpoint.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

let folder = "";
let served: Endpoint;

/** Judges steps and facts, and answers sums and facts, now and then wrongly. */
function reply(prompt: Prompt, _sample: number, seed: number): string {
  const text = prompt.messages.at(-1)?.content ?? "";
  if (text.includes("Say of these steps")) return oopsJudge(prompt);
  if (text.startsWith("Grade a reply"))
    return JSON.stringify({
      reason: "read",
      verdict: text.includes("Reply:\nyes") ? "correct" : "not attempted",
    });
  const [, sum] = /What is 2 \+ (\d+)\?/.exec(text) ?? [];
  if (sum !== undefined) return `Answer: ${2 + Number(sum) + (seed % 3 === 0 ? 1 : 0)}`;
  return seed % 2 === 0 ? "yes" : "who knows";
}

beforeEach(async () => {
  folder = temporaryFolder();
  served = await openAiEndpoint(folder, { reply, latency: { kind: "fixed", ms: 25 } });
});

function file(name: string, lines: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
  return path;
}

/** Runs of a command, oldest first. */
function runsOf(command: string): string[] {
  return readdirSync(join(folder, "runs"))
    .filter((run) => run.includes(`-${command}-`))
    .sort();
}

const measures: Record<string, { words: () => string[]; kept: (said: Record<string, unknown>) => unknown }> =
  {
    judge: {
      words: () => [
        ...["judge", "processbench", "--data", file("steps.jsonl", processbenchRecords(30))],
        ...["--model", "openai/m", "--at-once", "2"],
      ],
      kept: ({ usage: _usage, run: _run, ...result }) => result,
    },
    suite: {
      words: () => [
        ...["suite", "facts", "--model", "openai/m", "--at-once", "2", "--data"],
        file(
          "facts.jsonl",
          Array.from({ length: 20 }, (_, index) => ({ problem: `Is ${index} odd?`, answer: "yes" })),
        ),
      ],
      kept: ({ run: _run, ...result }) => result,
    },
    experiment: {
      words: () => {
        const sums = Array.from({ length: 12 }, (_, index) => ({
          question: `What is 2 + ${index}?`,
          answer: `${2 + index}`,
        }));
        file("sums.jsonl", sums);
        const recipe = join(folder, "recipe.yaml");
        writeFileSync(
          recipe,
          "name: r\ntitle: R\nproblems: { benchmark: own, data: sums.jsonl }\nmodels: { m: openai/m }\n" +
            "arms: [{ name: a, strategy: direct }, { name: b, strategy: step-by-step }]\n",
        );
        return ["experiment", recipe, "--at-once", "2"];
      },
      kept: ({ groups }) =>
        JSON.stringify(groups, (key, value: unknown) =>
          key === "run" || key === "name" ? undefined : value,
        ),
    },
  };

test.each(Object.entries(measures))(
  "%s, killed without a last word and resumed, comes to the same result and repeats no finished call",
  async (command, { words, kept }) => {
    const asked = words();
    const whole = await runInProcess([...asked, "--json"]);
    const calls = served.ledger.entries.length;
    const environment = { OPENAI_BASE_URL: served.url, OPENAI_API_KEY: "none" };
    const until = calls + Math.floor(calls * 0.5);
    const child = startCli(asked, { folder, environment });
    while (served.ledger.entries.length < until && child.process.exitCode === null) await sleep(5);
    child.process.kill("SIGKILL");
    await child.ended;
    const resumed = await runInProcess(["resume", runsOf(command).at(-1) ?? "", "--json"]);
    expect(resumed.code).toBe(0);
    expect(kept(JSON.parse(resumed.out))).toEqual(kept(JSON.parse(whole.out)));
    // Only what was under way at a kill is asked again: two at once, each with its judge's.
    expect(served.ledger.entries.length - calls).toBeLessThanOrEqual(calls + 4);
    expect(served.ledger.entries.length - calls).toBeGreaterThanOrEqual(calls);
  },
  120_000,
);
