import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseMethodRecipe } from "../recipe.ts";
import { fineTune } from "./fine-tune.ts";

interface Job {
  id: string;
  status: string;
  polls: number;
  request: { model: string; training_file: string; metadata: Record<string, string>; method: unknown };
}

/** A fine-tuning API of our own: jobs are done after two polls. */
function startServer() {
  const files: { id: string; filename: string; text: string }[] = [];
  const jobs: Job[] = [];
  /** What happens to the next creation of a job: it is created and the connection is cut, or it fails at the end. */
  const fate = { cut: false, fails: false, busy: 0 };
  const describe = ({ id, status, request }: Job) => ({
    ...{ id, status, metadata: request.metadata },
    fine_tuned_model: status === "succeeded" ? `ft:${request.model}:${id}` : null,
    error: status === "failed" ? { message: "the file has a bad line" } : {},
  });
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const path = request.url ?? "";
    const reply = (value: unknown, status = 200) => response.writeHead(status).end(JSON.stringify(value));
    if (request.headers.authorization !== "Bearer secret")
      return reply({ error: { message: "bad key" } }, 401);
    if (fate.busy-- > 0) return reply({ error: { message: "busy" } }, 503);
    if (request.method === "POST" && path === "/v1/files") {
      const filename = /filename="([^"]+)"/.exec(body)?.[1] ?? "";
      files.push({ id: `file-${files.length + 1}`, filename, text: body });
      return reply(files.at(-1));
    }
    if (path.startsWith("/v1/files?")) return reply({ data: files });
    if (request.method === "POST") {
      const job = { id: `job-${jobs.length + 1}`, status: "running", polls: 0, request: JSON.parse(body) };
      jobs.push(job);
      if (fate.cut) return response.destroy();
      return reply(describe(job));
    }
    if (path.startsWith("/v1/fine_tuning/jobs?")) return reply({ data: jobs.map(describe) });
    const job = jobs.find(({ id }) => path.includes(id));
    if (job === undefined) return reply({ error: { message: "no such job" } }, 404);
    if (path.includes("/events")) {
      const data = { step: 1, total_steps: 2, train_loss: 0.5 };
      return reply({
        data: [
          { id: "e2", message: "Step 1/2", type: "metrics", data },
          { id: "e1", message: "begun" },
        ],
      });
    }
    if (++job.polls >= 2) job.status = fate.fails ? "failed" : "succeeded";
    return reply(describe(job));
  });
  return { server, files, jobs, fate };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

let served: ReturnType<typeof startServer>;
let folder = "";
let baseUrl = "";
const environment = { OPENAI_API_KEY: "secret" };

beforeEach(async () => {
  served = startServer();
  await new Promise<void>((resolve) => served.server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(served.server.address() as AddressInfo).port}/v1`;
  folder = await mkdtemp(join(tmpdir(), "openai-"));
  const thought = { question: "2 + 2?", thought: ["2 + 2 = 4"], answer: "4" };
  await writeFile(join(folder, "thoughts.jsonl"), JSON.stringify(thought));
  const wrong = { thought: [], answer: "5" };
  await writeFile(
    join(folder, "pairs.jsonl"),
    JSON.stringify({ question: "2 + 2?", chosen: thought, rejected: wrong }),
  );
});
afterEach(() => served.server.close());

const recipeFor = (more: object) =>
  parseMethodRecipe({ name: "t", from: "small", openai: { baseUrl, pollSeconds: 0.01 }, ...more }, folder);
const stages = [{ data: "thoughts.jsonl", epochs: 2 }, { data: "thoughts.jsonl" }];

test("trains stage after stage, each on the model of the one before, and tells how it goes", async () => {
  const told: string[] = [];
  const outcome = await fineTune({
    ...{ recipe: recipeFor({ method: "sft", stages }), out: join(folder, "out"), environment },
    onProgress: (event) => void told.push(event.kind === "note" ? event.text : event.kind),
  });
  expect(outcome).toEqual({ kind: "finished", step: 2, steps: 2, reason: "steps" });
  expect(served.jobs.map(({ request }) => request.model)).toEqual(["small", "ft:small:job-1"]);
  expect(served.jobs[0]?.request.method).toEqual({
    type: "supervised",
    supervised: { hyperparameters: { n_epochs: 2 } },
  });
  expect(served.files[0]?.text).toContain(
    '{"messages":[{"role":"user","content":"2 + 2?"},{"role":"assistant","content":"<think>\\n2 + 2 = 4\\n</think>\\n\\n4"}]}',
  );
  expect(told.slice(0, 3)).toEqual(["begun", "step", "trained: ft:small:job-1"]);
});

test("trains by preferences", async () => {
  await fineTune({
    recipe: recipeFor({ method: "dpo", data: "pairs.jsonl" }),
    out: join(folder, "out"),
    environment,
  });
  expect(served.jobs[0]?.request.method).toEqual({
    type: "dpo",
    dpo: { hyperparameters: { n_epochs: 1, beta: 0.1 } },
  });
  expect(served.files[0]?.text).toContain('"non_preferred_output":[{"role":"assistant","content":"5"}]');
});

test("gone on with, begins no second job where the reply to the first was lost, and uploads nothing twice", async () => {
  const job = {
    recipe: recipeFor({ method: "sft", stages: stages.slice(0, 1) }),
    out: join(folder, "out"),
    environment,
  };
  served.fate.cut = true;
  await expect(fineTune(job)).rejects.toThrow(/fine_tuning\/jobs/);
  served.fate.cut = false;
  await expect(fineTune(job)).rejects.toThrow(/holds a fine-tuning already/);
  expect((await fineTune({ ...job, resume: true })).reason).toBe("steps");
  expect([served.jobs.length, served.files.length]).toEqual([1, 1]);
  const polls = served.jobs[0]?.polls;
  await fineTune({ ...job, resume: true });
  expect(served.jobs[0]?.polls).toBe(polls);
});

test("waits for a busy server, and says what a job failed of", async () => {
  served.fate.busy = 2;
  served.fate.fails = true;
  const job = {
    recipe: recipeFor({ method: "sft", stages: stages.slice(0, 1) }),
    out: join(folder, "out"),
    environment,
  };
  await expect(fineTune(job)).rejects.toThrow(/job-1 was given up by the server: the file has a bad line/);
});

test("stopped, it leaves the job to the server and can be gone on with", async () => {
  const stop = new AbortController();
  const recipe = recipeFor({
    method: "sft",
    stages: stages.slice(0, 1),
    openai: { baseUrl, pollSeconds: 5 },
  });
  const job = { recipe, out: join(folder, "out"), environment };
  const outcome = await fineTune({
    ...job,
    signal: stop.signal,
    onProgress: () => stop.abort(new Error("stop")),
  });
  expect(outcome).toEqual({ kind: "finished", step: 0, steps: 1, reason: "stopped" });
  expect((await fineTune({ ...job, resume: true })).reason).toBe("steps");
  expect(served.jobs).toHaveLength(1);
});

test.each([
  [{ method: "grpo", problems: { family: "letters" } }, {}, /cannot train by grpo/],
  [
    { method: "dpo", data: "pairs.jsonl" },
    { OPENAI_API_KEY: "" },
    /the key of .* is missing: set OPENAI_API_KEY/,
  ],
  [{ method: "dpo", data: "pairs.jsonl" }, { OPENAI_API_KEY: "wrong" }, /401 bad key/],
])("says in one line what cannot be done: %j", async (more, own, message) => {
  const job = { recipe: recipeFor(more), out: join(folder, "out"), environment: { ...environment, ...own } };
  await expect(fineTune(job)).rejects.toThrow(message);
});
