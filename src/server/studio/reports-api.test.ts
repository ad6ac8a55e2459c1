import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { writeEvaluation } from "../../../test/support/evaluation-run.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { createRun } from "../../runs/open-run.ts";
import { reportReply } from "./report-reply.ts";
import { reportReplySchema, reportsReplySchema } from "./report-schema.ts";
import { reportsApi } from "./reports-api.ts";

describe("the studio's reports", () => {
  it("list evaluations with their accuracy, its interval and what an answer costs", async () => {
    const root = temporaryFolder();
    const at = Date.UTC(2026, 10, 20);
    writeEvaluation({ root, at, strategy: "direct", outcomes: "rw", outputTokens: 10 });
    const newer = writeEvaluation({
      root,
      at: at + 1000,
      strategy: "vote",
      outcomes: "rrrw",
      outputTokens: 50,
    });
    createRun({ command: "ask", request: {}, models: {}, seed: 0 }, { root }).finish();
    const { rows } = reportsReplySchema.parse(
      await (await reportsApi({ runsRoot: root }).request("/reports")).json(),
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ run: newer, graded: 4, share: 0.75, tokens: 50 });
    expect(rows[0]?.low).toBeLessThan(0.75);
  });

  it("give one report in the words of its report.md, with the figures of its plots", () => {
    const root = temporaryFolder();
    const run = writeEvaluation({ root, at: 1e12, strategy: "vote", outcomes: "rrrw", outputTokens: 50 });
    const report = reportReplySchema.parse(reportReply(join(root, run)));
    expect(report.headline).toMatch(/^75\.0%/);
    expect(report.answers).toHaveLength(4);
    expect(report.sections.map(({ title }) => title)).toContain("Wrong answers");
  });

  it("read a log of many megabytes without holding up what else is asked, and refuse what is no evaluation", async () => {
    const root = temporaryFolder();
    const run = writeEvaluation({ root, at: 1e12, strategy: "vote", outcomes: "r", outputTokens: 50 });
    const log = join(root, run, "events.jsonl");
    const [started = "", ...lines] = readFileSync(log, "utf8").trimEnd().split("\n");
    const answer = lines
      .slice(0, -1)
      .join("\n")
      .replace('"text":"42"', `"text":"${"Wait, 42. ".repeat(4000)}"`);
    const answers = Array.from({ length: 600 }, (_, place) => answer.replaceAll("own/0", `own/${place}`));
    writeFileSync(log, `${[started, ...answers].join("\n")}\n`);

    const api = reportsApi({ runsRoot: root });
    const began = performance.now();
    let ended: number | undefined;
    const report = Promise.resolve(api.request(`/reports/${run}`)).then((response) => {
      ended = performance.now();
      return response.json();
    });
    let longest = 0;
    let answered = 0;
    while (ended === undefined) {
      const asked = performance.now();
      expect((await api.request("/reports/nothing")).status).toBe(400);
      answered++;
      await nextTurn();
      longest = Math.max(longest, performance.now() - asked);
    }
    const ask = createRun({ command: "ask", request: {}, models: {}, seed: 0 }, { root });
    ask.finish();
    const refused = api.request(`/reports/${ask.id}`);
    expect(reportReplySchema.parse(await report).answers).toHaveLength(600);
    expect(answered).toBeGreaterThan(20);
    expect(longest).toBeLessThan((ended - began) / 3);
    expect((await refused).status).toBe(400);
    expect(await (await refused).json()).toMatchObject({
      error: { message: expect.stringContaining("sojourn eval") },
    });
  });
});
