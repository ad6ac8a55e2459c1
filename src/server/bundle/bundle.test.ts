import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeEvaluation } from "../../../test/support/evaluation-run.ts";
import { makeRun } from "../../../test/support/made-runs.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { InputError } from "../../thought/errors.ts";
import { reportReplySchema, reportsReplySchema } from "../studio/report-schema.ts";
import { storeApi } from "../studio/store-api.ts";
import { runsReplySchema, thoughtsReplySchema } from "../studio/store-schema.ts";
import { answerFromBundle } from "./bundle-api.ts";
import { type BundleData, bundleDataSchema, DATA_FILE } from "./bundle-data.ts";
import { writeBundle } from "./write-bundle.ts";

const [first, second, other] = [
  "20261120-100000-ask-0001",
  "20261120-110000-eval-0002",
  "20261120-120000-ask-0003",
];

async function bundled(): Promise<{ root: string; out: string; data: BundleData }> {
  const root = temporaryFolder();
  makeRun(root, { id: first, questions: [{ id: "a", steps: ["Wait, 4."], answer: "4", gold: "4" }] });
  makeRun(root, {
    id: second,
    questions: [
      { id: "a", steps: ["It is 5."], answer: "5", gold: "4", strategy: "mcts", reward: 0.25 },
      { id: "b", steps: ["So 4."], answer: "4", gold: "4", strategy: "mcts", tokens: 30 },
    ],
  });
  makeRun(root, { id: other, questions: [{ id: "a", steps: ["Not shared."] }] });
  const studio = join(temporaryFolder(), "studio");
  mkdirSync(join(studio, "assets"), { recursive: true });
  writeFileSync(join(studio, "index.html"), "<html><head></head><body></body></html>");
  writeFileSync(join(studio, "assets", "main.js"), "1");
  const script = join(studio, "..", "browser.js");
  writeFileSync(script, "2");
  const out = join(temporaryFolder(), "site");
  const written = await writeBundle({ root, runs: [first, second], out, studio, script });
  expect(written).toEqual({ runs: 2, thoughts: 3, files: 4 });
  const data = bundleDataSchema.parse(JSON.parse(readFileSync(join(out, DATA_FILE), "utf8")));
  return { root, out, data };
}

const ask = (data: BundleData, path: string) => {
  const reply = answerFromBundle(data, new URL(path, "http://bundle"));
  return "json" in reply ? JSON.parse(JSON.stringify(reply.json)) : reply.file;
};

describe("a bundle", () => {
  it("holds the studio with its script first, and the data of its runs alone", async () => {
    const { out } = await bundled();
    for (const page of ["index.html", "404.html"])
      expect(readFileSync(join(out, page), "utf8")).toMatch(/<head>\s*<script src="\/bundle.js"><\/script>/);
    expect(readFileSync(join(out, "bundle.js"), "utf8")).toBe("2");
    expect(existsSync(join(out, "assets/main.js"))).toBe(true);
    expect(readFileSync(join(out, DATA_FILE), "utf8")).not.toContain("Not shared");
    expect(existsSync(join(out, "data", other))).toBe(false);
  });

  it("answers lists and filters as the server does", async () => {
    const { root, data } = await bundled();
    const ours = `filter=${encodeURIComponent(`run:${first},${second}`)}`;
    const server = storeApi({ runsRoot: root });
    for (const query of ["", "%20correct:true", "%20thought:wait", "%20-strategy:mcts", "%20reward:<0.5"]) {
      const path = `/thoughts?${ours}${query}`;
      const { total: _, ...expected } = thoughtsReplySchema.parse(await (await server.request(path)).json());
      const { total, ...found } = thoughtsReplySchema.parse(ask(data, `/api${path}`));
      expect(found).toEqual(expected);
      expect(total).toBe(found.rows.length);
    }
    const runs = `/runs?${ours}%20correct:true`;
    const listed = runsReplySchema.parse(ask(data, `/api${runs}`));
    expect(listed.rows.map(({ run, correct }) => [run, correct])).toEqual([
      [second, 1],
      [first, 1],
    ]);
  });

  it("goes from page to page, and puts thoughts in order", async () => {
    const { data } = await bundled();
    const page = thoughtsReplySchema.parse(ask(data, "/api/thoughts?limit=2&order=-tokens"));
    expect(page.rows[0]).toMatchObject({ question: "b", tokens: 30 });
    const rest = thoughtsReplySchema.parse(
      ask(data, `/api/thoughts?limit=2&order=-tokens&after=${page.next}`),
    );
    expect(rest).toMatchObject({ rows: [{}], next: null });
  });

  it("has a question's events as the server streams them, without what was sent to models", async () => {
    const { out, data } = await bundled();
    const file = ask(data, `/api/runs/${second}/events?question=b&brief=1`);
    expect(ask(data, "/api/runs/latest/events")).toBe(`data/${second}/0.txt`);
    const messages = readFileSync(join(out, file), "utf8").trim().split("\n\n");
    const events = messages.slice(0, -1).map((text) => JSON.parse(text.split("data: ")[1] ?? ""));
    expect(events[0]).toMatchObject({ type: "question-started", question: "b" });
    expect(events.find(({ type }) => type === "call-finished")).toMatchObject({ request: null, samples: [] });
    expect(messages.at(-1)).toBe('event: end\ndata: {"state":"finished"}');
  });

  it("compares runs, and says what only a server can do", async () => {
    const { data } = await bundled();
    expect(ask(data, `/api/compare?runs=${first},${second}`)).toMatchObject({ problems: 1, sets: [{}, {}] });
    expect(() => ask(data, "/api/ask")).toThrow(InputError);
    expect(() => ask(data, `/api/runs/${other}/events`)).toThrow("not in this shared copy");
    expect(() => ask(data, "/api/thoughts?filter=nonsense:1")).toThrow("no field");
  });

  it("has the reports of its evaluations in its files", async () => {
    const root = temporaryFolder();
    const run = writeEvaluation({ root, at: 1e12, strategy: "vote", outcomes: "rrrw", outputTokens: 50 });
    const studio = join(temporaryFolder(), "studio");
    mkdirSync(studio);
    for (const name of ["index.html", "browser.js"]) writeFileSync(join(studio, name), "<head></head>");
    const out = join(temporaryFolder(), "site");
    const script = join(studio, "browser.js");
    expect(await writeBundle({ root, runs: [run], out, studio, script })).toMatchObject({ files: 6 });
    const data = bundleDataSchema.parse(JSON.parse(readFileSync(join(out, DATA_FILE), "utf8")));
    expect(reportsReplySchema.parse(ask(data, "/api/reports")).rows).toMatchObject([{ run, share: 0.75 }]);
    const report: unknown = JSON.parse(readFileSync(join(out, ask(data, `/api/reports/${run}`)), "utf8"));
    expect(reportReplySchema.parse(report).headline).toMatch(/^75\.0%/);
    expect(() => ask(data, "/api/reports/other")).toThrow("shared copy");
    expect(ask(data, "/api/trainings")).toEqual({ rows: [] });
    expect(ask(data, `/api/runs/${run}/questions/q/woven`)).toEqual({ pairs: [] });
  });

  it("is not written over something else", async () => {
    const { root } = await bundled();
    const out = temporaryFolder();
    writeFileSync(join(out, "thesis.txt"), "precious");
    const studio = join(root, "..");
    const options = { root, runs: [first], out, studio, script: join(root, "nothing.js") };
    await expect(writeBundle(options)).rejects.toThrow("npm run build");
  });
});
