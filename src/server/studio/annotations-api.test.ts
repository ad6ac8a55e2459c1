import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { createRun } from "../../runs/open-run.ts";
import { annotationsApi } from "./annotations-api.ts";
import { annotatedReplySchema, annotationsReplySchema } from "./annotations-schema.ts";

function studio() {
  const runsRoot = temporaryFolder();
  const run = createRun({ command: "ask", request: {}, models: {}, seed: 0 }, { root: runsRoot });
  run.finish();
  let now = 100;
  const app = annotationsApi({ runsRoot, clock: () => now++ });
  const post = (body: unknown, id = run.id) =>
    app.request(`/annotations?run=${id}`, { method: "POST", body: JSON.stringify(body) });
  const read = async (query = "") =>
    annotationsReplySchema.parse(await (await app.request(`/annotations?run=${run.id}${query}`)).json());
  return { app, post, read, run: run.id, folder: join(runsRoot, run.id) };
}

const label = (value: 1 | 0 | -1 | null, more: object = {}) => ({
  type: "step-labelled",
  question: "q1",
  author: "ada",
  node: "0.0",
  label: value,
  ...more,
});

describe("the studio's annotations", () => {
  it("are kept with the server's time, and the last word of each author is given back", async () => {
    const { post, read } = studio();
    expect((await post(label(1))).status).toBe(201);
    await post(label(-1, { author: "bob" }));
    const replied = annotationsReplySchema.parse(await (await post(label(0))).json());
    expect(replied).toEqual(await read());
    expect(replied.annotations).toEqual([label(-1, { author: "bob", at: 101 }), label(0, { at: 102 })]);
    expect((await read("&question=q2")).annotations).toEqual([]);
  });

  it("leave the log alone and keep every word that was taken back", async () => {
    const { post, folder } = studio();
    const log = readFileSync(join(folder, "events.jsonl"));
    await post(label(1));
    await post(label(null));
    expect(readFileSync(join(folder, "events.jsonl"))).toEqual(log);
    expect(readFileSync(join(folder, "annotations.jsonl"), "utf8").trim().split("\n")).toHaveLength(2);
  });

  it("are listed by question, the newest first", async () => {
    const { app, post, run } = studio();
    await post(label(1));
    await post(label(-1, { question: "q2" }));
    await post(label(0, { author: "bob", node: "0.1" }));
    await post({
      ...{ type: "thought-written", question: "q1", author: "bob", thought: "a", answer: "7" },
      parts: [{ kind: "common-sense", text: "A week has seven days." }],
    });
    const { rows } = annotatedReplySchema.parse(await (await app.request("/annotated")).json());
    expect(rows).toEqual([
      ...[{ run, question: "q1", authors: ["ada", "bob"], labels: { right: 1, neutral: 1, wrong: 0 } }].map(
        (row) => ({ ...row, thoughts: 1, at: 103 }),
      ),
      {
        run,
        question: "q2",
        authors: ["ada"],
        labels: { right: 0, neutral: 0, wrong: 1 },
        thoughts: 0,
        at: 101,
      },
    ]);
  });

  it.each([
    ["no run", "", label(1)],
    ["a run that is none", "?run=../../etc", label(1)],
    ["a label that is none", "?run=RUN", label(1, { label: 5 })],
    ["a time of the client's own", "?run=RUN", label(1, { at: 1 })],
    ["no JSON", "?run=RUN", undefined],
  ])("refuse %s with one line", async (_, query, body) => {
    const { app, run } = studio();
    const response = await app.request(`/annotations${query.replace("RUN", run)}`, {
      method: "POST",
      body: body === undefined ? "{" : JSON.stringify(body),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { message: expect.stringMatching(/^[^\n]+$/) } });
  });
});
