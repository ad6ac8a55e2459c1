import { describe, expect, it } from "vitest";
import { writeEvaluation } from "../../../test/support/evaluation-run.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { createRun } from "../../runs/open-run.ts";
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

  it("give one report in the words of its report.md, with the figures of its plots", async () => {
    const root = temporaryFolder();
    const run = writeEvaluation({ root, at: 1e12, strategy: "vote", outcomes: "rrrw", outputTokens: 50 });
    const response = await reportsApi({ runsRoot: root }).request(`/reports/${run}`);
    const report = reportReplySchema.parse(await response.json());
    expect(report.headline).toMatch(/^75\.0%/);
    expect(report.answers).toHaveLength(4);
    expect(report.sections.map(({ title }) => title)).toContain("Wrong answers");
  });

  it("refuse a run that is no evaluation with one line", async () => {
    const root = temporaryFolder();
    const run = createRun({ command: "ask", request: {}, models: {}, seed: 0 }, { root });
    run.finish();
    const response = await reportsApi({ runsRoot: root }).request(`/reports/${run.id}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining("sojourn eval") },
    });
  });
});
