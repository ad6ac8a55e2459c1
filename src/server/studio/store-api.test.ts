import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { makeRun } from "../../../test/support/made-runs.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { storeApi } from "./store-api.ts";
import { questionReplySchema, runsReplySchema, thoughtsReplySchema } from "./store-schema.ts";

const [first, second] = ["20261120-100000-ask-0001", "20261120-110000-eval-0002"];

function rootWithRuns(): string {
  const root = temporaryFolder();
  const long = "word ".repeat(1000);
  makeRun(root, { id: first, questions: [{ id: "a", steps: ["Wait, 4."], answer: "4", gold: "4" }] });
  makeRun(root, {
    id: second,
    questions: [
      { id: "a", steps: ["It is 5."], answer: "5", gold: "4", strategy: "mcts" },
      { id: "b", steps: [long], answer: "4", gold: "4", strategy: "mcts" },
    ],
  });
  return root;
}

async function get(root: string, path: string): Promise<{ status: number; body: unknown }> {
  const response = await storeApi({ runsRoot: root }).request(path);
  return { status: response.status, body: await response.json() };
}

it("lists thoughts page by page, with how many there are", async () => {
  const root = rootWithRuns();
  await get(root, "/thoughts");
  const { body } = await get(root, "/thoughts?limit=2");
  const page = thoughtsReplySchema.parse(body);
  expect(page.rows.map(({ run, question }) => [run, question])).toEqual([
    [second, "b"],
    [second, "a"],
  ]);
  expect(page.rows[0]?.text).toHaveLength(2000);
  expect(page.rows[0]?.characters).toBe(5000);
  const rest = thoughtsReplySchema.parse((await get(root, `/thoughts?limit=2&after=${page.next}`)).body);
  expect(rest.rows.map(({ run }) => run)).toEqual([first]);
  expect(rest.next).toBeNull();
});

it("filters and searches", async () => {
  const root = rootWithRuns();
  const found = async (query: string) =>
    thoughtsReplySchema.parse((await get(root, `/thoughts?${query}`)).body);
  expect(await found("filter=strategy:mcts%20correct:false")).toMatchObject({
    rows: [{ question: "a", answer: "5", gold: "4", correct: false }],
    total: 1,
  });
  expect((await found("text=WAIT,%204")).rows.map(({ run }) => run)).toEqual([first]);
});

it("lists runs with what their thoughts come to, or those that fit", async () => {
  const root = rootWithRuns();
  const all = runsReplySchema.parse((await get(root, "/runs?limit=1")).body);
  expect(all).toMatchObject({
    rows: [
      {
        ...{ run: second, state: "finished", thoughts: 2, finished: 2, graded: 2, correct: 1 },
        ...{ strategies: ["mcts"], models: ["nano"], asked: "What of a?", answer: "5", tokens: 20, calls: 2 },
      },
    ],
    next: second,
  });
  const rest = runsReplySchema.parse((await get(root, `/runs?after=${all.next}`)).body);
  expect(rest.rows.map(({ run }) => run)).toEqual([first]);
  const fitting = runsReplySchema.parse((await get(root, "/runs?filter=thought:wait")).body);
  expect(fitting.rows).toMatchObject([{ run: first, thoughts: 1, correct: 1 }]);
  const empty = runsReplySchema.parse((await get(join(root, "none"), "/runs")).body);
  expect(empty).toEqual({ rows: [], next: null });
});

it("gives the events of one question", async () => {
  const root = rootWithRuns();
  const { body } = await get(root, `/runs/${second}/questions/b`);
  const { events } = questionReplySchema.parse(body);
  expect(events[0]).toMatchObject({ type: "question-started", question: "b" });
  expect(events.every(({ question }) => question === "b")).toBe(true);
});

it("refuses with a line that says what to do", async () => {
  const root = rootWithRuns();
  const refused = async (path: string) => {
    const { status, body } = await get(root, path);
    expect(status).toBe(400);
    return z.strictObject({ error: z.strictObject({ message: z.string() }) }).parse(body).error.message;
  };
  expect(await refused("/thoughts?filter=strateyg:mcts")).toBe(
    'filter, column 1: no field "strateyg"; did you mean strategy:?',
  );
  expect(await refused("/thoughts?after=nonsense")).toContain("leave it out");
  expect(await refused("/thoughts?limit=100000")).toContain("limit");
  expect(await refused("/thoughts?order=upwards")).toContain("order");
  expect(await refused("/runs/..%2F..%2Fetc/questions/a")).toContain("no run");
  expect(await refused("/runs/_compact/questions/a")).toContain("no run");
  expect(await refused(`/runs/${first}/questions/..%2Fa`)).toContain("no question");
});
