import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeJourney, writeTraining, writeWoven } from "../../../test/support/made-journey.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { createRun } from "../../runs/open-run.ts";
import { createApp } from "../app.ts";
import { createServerContext } from "../context.ts";
import { journeyReplySchema, journeysReplySchema } from "./journey-schema.ts";
import { trainingReplySchema, trainingsReplySchema } from "./training-schema.ts";
import { wovenReplySchema } from "./woven-schema.ts";

/** A server over an empty folder of runs, and the folder `journeys` that it looks into. */
function place() {
  const folder = temporaryFolder();
  const [runsRoot, journeys] = [join(folder, "runs"), join(folder, "journeys")];
  for (const path of [runsRoot, journeys]) mkdirSync(path);
  const app = createApp(createServerContext({ runsRoot, folders: [journeys], environment: {} }));
  const ask = async (path: string): Promise<unknown> => (await app.request(path, HOST)).json();
  return { folder, runsRoot, journeys, app, ask };
}

const HOST = { headers: { host: "localhost" } };

describe("what is learnt", () => {
  it("lists trainings wherever they lie, and gives one with its curves", async () => {
    const { runsRoot, journeys, ask } = place();
    writeTraining(join(runsRoot, "nano"), { steps: 100, done: 40, at: 1000 });
    writeTraining(join(journeys, "countdown", "policy-0123456789", "model", "stage-1"), {
      steps: 50,
      done: 50,
      at: 2000,
    });
    const { rows } = trainingsReplySchema.parse(await ask("/api/trainings"));
    expect(rows.map(({ training, state, step }) => [training, state, step])).toEqual([
      ["journeys/countdown/policy-0123456789/model/stage-1", "finished", 50],
      ["runs/nano", "silent", 40],
    ]);
    const one = trainingReplySchema.parse(await ask("/api/trainings/curves?training=runs%2Fnano"));
    expect(one).toMatchObject({ training: "runs/nano", steps: 100, curves: [{ name: "loss" }] });
  });

  it("lists journeys under way and finished ones, with their words, stages and losses", async () => {
    const { journeys, ask, app } = place();
    writeJourney(join(journeys, "begun"), { finished: false });
    writeJourney(join(journeys, "countdown"), { finished: true });
    const { rows } = journeysReplySchema.parse(await ask("/api/journeys"));
    expect(rows.map(({ journey }) => journey).sort()).toEqual(["journeys/begun", "journeys/countdown"]);
    const done = journeyReplySchema.parse(await ask("/api/journeys/report?journey=journeys%2Fcountdown"));
    expect(done).toMatchObject({ title: "Journey: countdown", stages: 2, page: true });
    expect(done.sections[0]?.table?.rows[0]?.[0]).toBe("shortcut-examples");
    expect(done.curves[0]?.points.length).toBeGreaterThan(2);
    expect(done.done.map(({ stage }) => stage)).toEqual(["policy", "evaluate-policy"]);
    const begun = journeyReplySchema.parse(await ask("/api/journeys/report?journey=journeys%2Fbegun"));
    expect(begun).toMatchObject({ headline: null, page: false, sections: [] });
    const page = await app.request("/api/journeys/page?journey=journeys%2Fcountdown", HOST);
    expect(await page.text()).toContain("<svg");
    expect(page.headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none'/);
  });

  it("finds the drafts and the refined thoughts of one question, and no other's", async () => {
    const { runsRoot, journeys, ask } = place();
    const run = createRun({ command: "grow", request: {}, models: {}, seed: 0 }, { root: runsRoot });
    run.finish();
    writeWoven(join(journeys, "countdown", "thoughts-0123456789"), { run: run.id, questions: ["a", "b"] });
    const { pairs } = wovenReplySchema.parse(await ask(`/api/runs/${run.id}/questions/b/woven`));
    expect(pairs).toHaveLength(1);
    expect(pairs[0]).toMatchObject({
      ...{ set: "journeys/countdown/thoughts-0123456789", id: "b/0" },
      draft: { wording: "draft", lines: [{}, { kind: "reflection" }, { kind: "return" }, {}] },
      refined: { wording: "grammar" },
    });
    expect(wovenReplySchema.parse(await ask(`/api/runs/${run.id}/questions/c/woven`)).pairs).toEqual([]);
  });

  it("gives nothing of a folder that it was not told to look into", async () => {
    const { folder, journeys, ask } = place();
    writeTraining(join(folder, "elsewhere"), { steps: 10, done: 10, at: 0 });
    writeFileSync(join(folder, "secret"), "precious");
    symlinkSync(join(folder, "elsewhere"), join(journeys, "link"));
    mkdirSync(join(journeys, "own"));
    symlinkSync(join(folder, "secret"), join(journeys, "own", "progress.jsonl"));
    expect(await ask("/api/trainings")).toEqual({ rows: [] });
    for (const name of [
      "../elsewhere",
      "journeys/../elsewhere",
      "journeys/link",
      "journeys/own",
      "/etc",
      "",
    ]) {
      const refused = await ask(`/api/trainings/curves?training=${encodeURIComponent(name)}`);
      expect(refused).toMatchObject({ error: { message: expect.any(String) } });
      const page = await ask(`/api/journeys/page?journey=${encodeURIComponent(name)}`);
      expect(page).toMatchObject({ error: { message: expect.any(String) } });
    }
  });
});
