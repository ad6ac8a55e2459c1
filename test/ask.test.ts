import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { type EndpointOptions, startEndpoint } from "../src/models/testing/index.ts";
import { runInProcess } from "./support/command-line.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const KEY = "sk-test-3141592653589793";

let runs: string;

beforeEach(() => {
  const folder = temporaryFolder();
  runs = join(folder, "runs");
  vi.stubEnv("SOJOURN_RUNS", runs);
  for (const name of ["OPENAI_API_KEY", "OPENAI_BASE_URL", "ANTHROPIC_API_KEY", "GOOGLE_API_KEY"]) {
    vi.stubEnv(name, undefined);
  }
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
});

async function endpoint(options: EndpointOptions = {}) {
  const server = await startEndpoint({ reply: () => "six sevens\nAnswer: 42", ...options });
  onTestFinished(() => server.close());
  vi.stubEnv("OPENAI_BASE_URL", server.url);
  vi.stubEnv("OPENAI_API_KEY", KEY);
  return server;
}

/** Names of the run folders. */
function runFolders(): string[] {
  try {
    return readdirSync(runs);
  } catch {
    return [];
  }
}

/** All that is kept below the runs' folder, as one text. */
function everythingKept(): string {
  const entries = readdirSync(runs, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8")).join("\n");
}

const scripted = ["--model", "scripted/tree"];

const usageFields = {
  inputTokens: z.int(),
  outputTokens: z.int(),
  reasoningTokens: z.int(),
  estimatedOutputTokens: z.int(),
  calls: z.int(),
  costUsd: z.number().nullable(),
};
const answerSchema = z.strictObject({
  answer: z.string().nullable(),
  stopReason: z.enum(["answered", "budget", "no-answer"]),
  checked: z.boolean(),
  strategy: z.string(),
  effort: z.string(),
  model: z.string(),
  thought: z.string(),
  summary: z.string().nullable(),
  written: z.string().nullable(),
  candidates: z.array(z.strictObject({ answer: z.string(), votes: z.int(), score: z.number().optional() })),
  warnings: z.array(z.string()),
  usage: z.strictObject({
    ...usageFields,
    byRole: z.partialRecord(z.enum(["policy", "summarizer"]), z.strictObject(usageFields)),
  }),
  wallMs: z.number(),
  run: z.string().nullable(),
});

describe("ask over the scripted model", () => {
  test("prints the answer alone where there is no terminal, and keeps a finished run", async () => {
    const { code, out, err } = await runInProcess(["ask", "Which", "way?", ...scripted]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^[abc]{4}\n$/);
    const [run = ""] = runFolders();
    const manifest: unknown = JSON.parse(readFileSync(join(runs, run, "run.json"), "utf8"));
    expect(manifest).toMatchObject({
      command: "ask",
      state: "finished",
      models: { policy: "scripted/tree" },
    });
  });

  test("prints one JSON object with --json, exactly the fields that are documented", async () => {
    const { code, out, err } = await runInProcess(["ask", "Which way?", ...scripted, "--json"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.trimEnd().split("\n")).toHaveLength(1);
    const answer = answerSchema.parse(JSON.parse(out));
    expect(answer).toMatchObject({
      strategy: "vote",
      effort: "medium",
      model: "scripted/tree",
      written: null,
    });
    expect(answer.summary?.split("\n").at(-1)).toBe(`= ${answer.answer}`);
    expect(answer.candidates.map((candidate) => candidate.answer)).toContain(answer.answer);
    expect(runFolders()).toEqual([answer.run]);
  });

  test("reads the question from standard input", async () => {
    const piped = await runInProcess(["ask", ...scripted, "-q"], { input: "Which\nway?\n" });
    const typed = await runInProcess(["ask", "Which\nway?", ...scripted, "-q"]);
    expect(piped).toEqual(typed);
  });

  test("keeps nothing with --no-record, and says so in JSON", async () => {
    const { out } = await runInProcess(["ask", "Which way?", ...scripted, "--no-record", "--json"]);
    expect(answerSchema.parse(JSON.parse(out)).run).toBeNull();
    expect(runFolders()).toEqual([]);
  });

  test("gives the same answer to the same seed, and draws others for another", async () => {
    const ask = async (seed: string) => {
      const { out } = await runInProcess([
        ...["ask", "Which way?", ...scripted, "--json", "--samples", "8", "--seed", seed],
      ]);
      const { candidates, thought } = answerSchema.parse(JSON.parse(out));
      return { candidates, thought };
    };
    expect(await ask("5")).toEqual(await ask("5"));
    expect(await ask("5")).not.toEqual(await ask("6"));
  });

  test("draws the tree with --show tree: every branch with a beginning and its answer at the end", async () => {
    const { out } = await runInProcess([
      "ask",
      "Which way?",
      ...scripted,
      "--show",
      "tree",
      "--samples",
      "2",
    ]);
    const lines = out.split("\n");
    expect(lines.filter((line) => line.startsWith(" ┌ step 1"))).toHaveLength(2);
    expect(lines.filter((line) => /^ └ = [abc]{4} {2}\d\.\d\d$/.test(line))).toHaveLength(2);
    expect(lines.at(-2)).toMatch(/^ vote \d of 2 · \d+ tokens · 1 call · \$0 · .+ · run \S+$/);
  });

  test("shows the chosen thought with --show thought", async () => {
    const { out } = await runInProcess(["ask", "Which way?", ...scripted, "--show", "thought"]);
    expect(out).toMatch(/^ step 1: .*\n step 2: .*\n step 3: .*\n step 4: .*\n\n {1}[abc]{4}\n/);
  });

  test("shows a summary of the thinking with --show summary, and keeps it with the run", async () => {
    const { out } = await runInProcess(["ask", "Which way?", ...scripted, "--show", "summary"]);
    const lines = out.split("\n").filter((line) => line !== "");
    const answer = lines.at(-2)?.trim();
    expect(lines.length).toBeGreaterThan(3);
    const resumed = await runInProcess(["resume", "latest", "--json"]);
    const { summary, answer: again } = answerSchema.parse(JSON.parse(resumed.out));
    expect(again).toBe(answer);
    expect(summary?.split("\n").map((line) => ` ${line}`)).toEqual(lines.slice(0, -2));
  });

  test("says nothing of the thinking for a strategy that does none", async () => {
    const { out } = await runInProcess(["ask", "Which way?", ...scripted, "-s", "direct", "--json"]);
    expect(answerSchema.parse(JSON.parse(out)).summary).toBeNull();
  });

  test("takes the model, the strategy and the runs' folder from sojourn.yaml, and flags before it", async () => {
    vi.stubEnv("SOJOURN_RUNS", undefined);
    writeFileSync("sojourn.yaml", "model: scripted/tree\nstrategy: direct\nruns: kept-here\n");
    const { out } = await runInProcess(["ask", "Which way?", "--json"]);
    expect(answerSchema.parse(JSON.parse(out))).toMatchObject({ strategy: "direct", model: "scripted/tree" });
    expect(readdirSync("kept-here")).toHaveLength(1);
    const flagged = await runInProcess(["ask", "Which way?", "--json", "-s", "vote"]);
    expect(answerSchema.parse(JSON.parse(flagged.out)).strategy).toBe("vote");
  });

  test("ends with 1 and one line when the budget ends before an answer", async () => {
    const words = ["ask", "Which way?", ...scripted, "--strategy", "step-by-step", "--budget-tokens", "20"];
    const { code, out, err } = await runInProcess(words);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toBe(
      "sojourn: the budget ended before a thought reached an answer; raise it with --budget-tokens or --effort\n",
    );
    const inTime = await runInProcess(["ask", "Which way?", ...scripted, "--budget-seconds", "0.0001"]);
    expect(inTime.err).toMatch(/raise it with --budget-seconds or --effort\n$/);
    const asJson = await runInProcess([...words, "--json"]);
    expect(asJson).toMatchObject({ code: 1, err: "" });
    expect(answerSchema.parse(JSON.parse(asJson.out))).toMatchObject({ answer: null, stopReason: "budget" });
  });
});

describe("ask over an OpenAI-compatible endpoint that the environment names", () => {
  const words = ["ask", "What is 6 times 7?", "--model", "openai/any-model"];

  test("answers without a config file, with the usage that the endpoint reported", async () => {
    const server = await endpoint();
    const { code, out } = await runInProcess([...words, "--json", "--samples", "3"]);
    expect(code).toBe(0);
    const { answer, usage, model } = answerSchema.parse(JSON.parse(out));
    expect({ answer, model }).toEqual({ answer: "42", model: "openai/any-model" });
    const { reported, requests } = server.ledger.sum();
    expect(usage).toMatchObject({
      ...{ inputTokens: reported.prompt, outputTokens: reported.completion, calls: requests },
    });
  });

  test("keeps the key out of the run folder and of everything that is printed", async () => {
    await endpoint({
      fault: ({ number }) =>
        number === 0 ? { kind: "status", status: 400, message: `key ${KEY} is odd` } : undefined,
    });
    const said = [await runInProcess([...words, "-s", "direct"]), await runInProcess([...words, "--json"])];
    expect(said.map(({ code }) => code)).toEqual([1, 0]);
    expect(JSON.stringify(said)).not.toContain(KEY);
    expect(everythingKept()).not.toContain(KEY);
    expect(runFolders()).toHaveLength(2);
  });

  test.each([
    [401, /does not accept the key \(401\): check the environment variable OPENAI_API_KEY/],
    [403, /does not allow openai\/any-model with this key \(403\)/],
    [404, /has no model openai\/any-model \(404\): check the model's name/],
    [400, /refused the request for openai\/any-model \(400\): as ordered/],
  ])("ends with 1 and one line when it answers %d", async (status, line) => {
    await endpoint({ fault: () => ({ kind: "status", status }) });
    const { code, out, err } = await runInProcess(words);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(line);
    expect(err).toMatch(/^sojourn: [^\n]+\n$/);
  });

  test("ends with 1 and one line when nobody listens there", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    const port = typeof address === "object" ? address?.port : 1;
    vi.stubEnv("OPENAI_BASE_URL", `http://127.0.0.1:${port}/v1`);
    const { code, err } = await runInProcess([...words, "-s", "direct"]);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^sojourn: cannot reach http:\/\/127\.0\.0\.1:\d+\/v1: is the server running\?[^\n]+\n$/,
    );
  });
});

describe("what cannot be done as asked ends with 2 and one line on stderr, and leaves no run", () => {
  test.each([
    [["ask", ...scripted], /what is the question\? Try: /],
    [["ask", "  ", ...scripted], /what is the question\? Try: /],
    [["ask", "Hm?", "--model", "opnai/x"], /no provider "opnai"; did you mean openai\?/],
    [["ask", "Hm?", "--model", "openai/x"], /openai needs a key: set OPENAI_API_KEY/],
    [["ask", "Hm?", "--model", "openai"], /openai needs a key|name a model/],
    [["ask", "Hm?", "--model", "scripted/three"], /no scripted model "three"/],
    [["ask", "Hm?", ...scripted, "--strategy", "vot"], /no strategy "vot"; did you mean vote\?/],
    [["ask", "Hm?", ...scripted, "--effort", "hi"], /option '-e, --effort <level>' argument 'hi' is invalid/],
    [["ask", "Hm?", ...scripted, "--role", "jugde=nano"], /ROLE=MODEL is needed, with a role of policy/],
    [["ask", "Hm?", ...scripted, "--role", "judge=opnai/x"], /no provider "opnai"/],
    [["ask", "Hm?", ...scripted, "--checker", "chess"], /no checker "chess"; there is countdown/],
    [["ask", "Hm?", ...scripted, "--samples", "0"], /a whole number from 1 is needed/],
    [["ask", "Hm?", ...scripted, "--temperature", "3"], /a number from 0 to 2 is needed/],
    [["ask", "Hm?", ...scripted, "--config", "missing.yaml"], /cannot read the config missing\.yaml/],
    [["ask", "Hm?", ...scripted, "--modle", "x"], /unknown option '--modle'/],
    [["aks", "Hm?"], /unknown command 'aks'/],
    [["resume", "latest"], /no runs in .* yet/],
  ])("%j", async (words, line) => {
    const { code, out, err } = await runInProcess(words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(line);
    expect(err).toMatch(/^sojourn: /);
    expect(err.trimEnd().split("\n").length).toBe(1);
    expect(runFolders()).toEqual([]);
  });

  test.each([
    ["modle: nano\n", /^sojourn: sojourn\.yaml: Unrecognized key: "modle"; see docs/],
    ["settings: { samples: 0 }\n", /^sojourn: sojourn\.yaml at settings\.samples: /],
    ["model: [\n", /^sojourn: sojourn\.yaml is not valid YAML: /],
  ])("a config that says %j", async (content, line) => {
    writeFileSync("sojourn.yaml", content);
    const { code, err } = await runInProcess(["ask", "Hm?", ...scripted]);
    expect(code).toBe(2);
    expect(err).toMatch(line);
    expect(err.trimEnd().split("\n").length).toBe(1);
  });

  test("a config that cannot be read", async () => {
    mkdirSync("sojourn.yaml");
    const { code, err } = await runInProcess(["ask", "Hm?", ...scripted]);
    expect(code).toBe(2);
    expect(err).toMatch(/^sojourn: cannot read the config sojourn\.yaml: [^\n]+\n$/);
  });

  test("a budget in dollars over a model without a known price", async () => {
    await endpoint();
    const { code, err } = await runInProcess(["ask", "Hm?", "-m", "openai/any-model", "--budget-usd", "1"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^sojourn: a budget in dollars needs the price of openai\/any-model: [^\n]+\n$/);
  });
});

test("every command explains itself with --help, with an example, and ends with 0", async () => {
  const main = await runInProcess(["--help"]);
  expect(main).toMatchObject({ code: 0, err: "" });
  const names = [...main.out.matchAll(/^ {2}([a-z]+) .*/gm)].map((match) => match[1] ?? "");
  expect(names).toContain("ask");
  for (const name of names.filter((name) => !["help", "sojourn"].includes(name))) {
    const help = await runInProcess([name, "--help"]);
    expect(help).toMatchObject({ code: 0, err: "" });
    expect(help.out).toMatch(/Examples?:\n {2}sojourn /);
  }
});
