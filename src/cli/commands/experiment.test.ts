import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { runInProcess } from "../../../test/support/command-line.ts";
import { openAiEndpoint } from "../../../test/support/openai-endpoint.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { treeAnswer } from "../../models/scripted-tree.ts";
import type { Endpoint, EndpointReply } from "../../models/testing/index.ts";
import { byPrompt } from "../../strategies/scripted-roles/by-prompt.ts";
import { planPlanner, planWriter } from "../../strategies/scripted-roles/plan.ts";

let folder = "";
let served: Endpoint;

const walk = byPrompt([planPlanner, planWriter]);

/** Walks mazes; the model `large` always finds out, and whoever is told to mutter mutters. */
const reply: EndpointReply = (prompt, sample, seed, { body }) => {
  const question = prompt.messages.at(-1)?.content.split("\n\n")[0] ?? "";
  const said = body.model === "large" ? `Answer: ${treeAnswer(question.trim())}` : walk(prompt, sample, seed);
  const text = typeof said === "string" ? said : said.text;
  if (!(prompt.system ?? "").includes("scratchpad")) return text;
  return `<scratchpad>\n${"hm, let me see\n".repeat(40)}${text}\n</scratchpad>\n<final_answer>${/Answer: (.*)/.exec(text)?.[1] ?? text}</final_answer>`;
};

beforeEach(async () => {
  folder = temporaryFolder();
  served = await openAiEndpoint(folder, { reply });
});

/** A recipe of the repository over mazes in place of its own problems. */
function recipe(name: string, limit: number): string {
  const mazes = Array.from({ length: limit }, (_, index) => {
    const question = `Which way leads out of maze ${index}?`;
    return JSON.stringify({ question, answer: treeAnswer(question) });
  });
  writeFileSync(join(folder, "mazes.jsonl"), `${mazes.join("\n")}\n`);
  const text = readFileSync(new URL(`../../../recipes/${name}.yaml`, import.meta.url), "utf8");
  const own = text.replace(/^problems: .*$/m, "problems: { benchmark: own, data: mazes.jsonl }");
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, own);
  return path;
}

const models = ["--model", "small=openai/small", "--model", "large=openai/large"];

describe("the ablation of the monologue", () => {
  test("evaluates six arms over two models and says how much longer each thinks than the plain answer", async () => {
    const { code, out } = await runInProcess(["experiment", recipe("ablation", 4), ...models, "--json"]);
    expect(code).toBe(0);
    const { groups, problems, run } = JSON.parse(out);
    expect(problems).toBe(4);
    expect(groups.map(({ group }: { group: string }) => group)).toEqual(["small", "large"]);
    const arms = ["plain", "step-by-step", "full", "short", "no-method", "no-example"];
    for (const { cells } of groups) {
      expect(cells.map(({ arm }: { arm: string }) => arm)).toEqual(arms);
      const [plain, , full] = cells;
      expect(plain.growth).toBe(1);
      expect(full.growth).toBeGreaterThan(4);
      expect(full.contrast.remark).toContain("not at equal tokens");
      expect(plain.contrast).toBeUndefined();
    }
    expect(groups[1].cells[0].accuracy).toMatchObject({ right: 4, trials: 4 });
    const markdown = readFileSync(join(folder, "runs", run, "experiment.md"), "utf8");
    expect(markdown).toContain("| large (openai/large) | full | 100.0% (51.0 to 100.0) |");
  });

  test("is not applicable to nano, and leaves nothing behind", async () => {
    const words = ["experiment", recipe("ablation", 2), "--model", "small=nano", "--model", "large=nano"];
    const { code, err } = await runInProcess(words);
    expect([code, err]).toEqual([2, expect.stringContaining("step-by-step is not applicable to nano")]);
    expect((await runInProcess(["runs", "--json"])).out).toBe("[]\n");
  });
});

describe("P1's comparison", () => {
  test("puts the small model, its plan, its votes and the larger model into one table", async () => {
    const { code, out, err } = await runInProcess(["experiment", recipe("p1", 5), ...models]);
    expect(code).toBe(0);
    const rows = out.split("\n").filter((line) => line.includes("(openai/"));
    expect(rows.map((row) => row.split(/ {2,}/).slice(0, 2))).toEqual([
      ["small (openai/small)", "baseline"],
      ["small (openai/small)", "plan"],
      ["small (openai/small)", "vote"],
      ["large (openai/large)", "larger"],
    ]);
    expect(rows[3]).toContain("100.0% (56.6 to 100.0)");
    expect(err).toContain("experiment.md");
  });

  test("goes on where it was stopped, and repeats no call", async () => {
    const file = recipe("p1", 5);
    const whole = JSON.parse((await runInProcess(["experiment", file, ...models, "--json"])).out);
    const calls = served.ledger.entries.length;
    // Ctrl-C in the midst of the second evaluation of the small model.
    const stop = setInterval(() => {
      if (served.ledger.entries.length > calls + 8) {
        clearInterval(stop);
        process.emit("SIGINT");
      }
    }, 0);
    const stopped = await runInProcess(["experiment", file, ...models, "--at-once", "1"]);
    clearInterval(stop);
    const [, id = ""] = /go on with: sojourn resume (\S+)/.exec(stopped.err) ?? [];
    expect(id).toContain("-experiment-");
    const resumed = JSON.parse((await runInProcess(["resume", id, "--json"])).out);
    const plain = ({ groups }: typeof whole) =>
      groups[0].cells.map(({ arm, accuracy, growth }: typeof whole) => ({ arm, accuracy, growth }));
    expect(plain(resumed)).toEqual(plain(whole));
    // What was under way when it was stopped is asked again; nothing else is.
    expect(served.ledger.entries.length).toBeLessThanOrEqual(2 * calls + 4);
  });

  test("lists its evaluations without sending anything", async () => {
    const { out } = await runInProcess(["experiment", recipe("p1", 3), ...models, "--dry-run"]);
    expect(out).toContain("4 evaluations of 3 questions");
    expect(out).toContain("plan/small: plan on openai/small");
    expect(served.ledger.entries).toEqual([]);
  });
});

test.each([
  ["models: {}\narms: []", "arms"],
  [
    "models: { small: openai/a }\narms: [{ name: x, strategy: direct, model: big }]",
    "the model big, which models lacks",
  ],
  [
    "models: { small: openai/a }\narms: [{ name: x, strategy: direct }, { name: x, strategy: vote }]",
    "two arms called x",
  ],
  ["models: { small: openai/a }\narms: [{ name: x, strategy: drect }]", "did you mean direct?"],
])("a recipe with %j is refused in one line", async (text, said) => {
  const path = join(folder, "r.yaml");
  writeFileSync(path, `name: r\ntitle: R\nproblems: { benchmark: gym/addition, limit: 2 }\n${text}\n`);
  const { code, err } = await runInProcess(["experiment", path]);
  expect([code, err.trim().split("\n")]).toEqual([2, [expect.stringContaining(said)]]);
});
