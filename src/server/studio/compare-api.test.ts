import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { createRun } from "../../runs/open-run.ts";
import { compareApi } from "./compare-api.ts";
import { compareReplySchema } from "./compare-schema.ts";

/** A run of graded answers to problems `p0`, `p1`, ..., all of them 7. */
function gradedRun(root: string, answers: readonly string[]): string {
  const run = createRun({ command: "eval", request: {}, models: { policy: "nano" }, seed: 0 }, { root });
  for (const [index, answer] of answers.entries()) {
    const recorder = run.question(`q${index}`);
    const level = String(index % 2);
    recorder.emit({ type: "question-started", text: { id: `q${index}`, text: `What is 3 + 4, ${index}?` } });
    recorder.emit({ type: "answer-chosen", answer, reason: "one thought", checked: false });
    recorder.emit({
      ...{ type: "problem-revealed", problem: `p${index}`, sample: 0, source: "gym", family: "addition" },
      ...{ gold: "7", tags: { level } },
    });
    recorder.emit({ type: "answer-graded", answer, correct: answer === "7", reason: "compared" });
  }
  run.finish();
  return run.id;
}

describe("the studio's comparison", () => {
  it("pairs what is logged of two runs, all of it or what fits a filter", async () => {
    const runsRoot = temporaryFolder();
    const [base, other] = [
      gradedRun(runsRoot, ["7", "8", "7", "8"]),
      gradedRun(runsRoot, ["7", "7", "8", "8"]),
    ];
    const app = compareApi({ runsRoot });
    const ask = async (query: string) =>
      compareReplySchema.parse(await (await app.request(`/compare?runs=${base},${other}${query}`)).json());
    const all = await ask("");
    expect(all.contrasts[0]?.cells).toEqual({ bothRight: 1, fixed: 1, broken: 1, bothWrong: 1 });
    expect(all.rows[0]).toMatchObject({
      problem: "p1",
      asked: "What is 3 + 4, 1?",
      each: [{ question: "q1" }, {}],
    });
    expect((await ask("&filter=level:1")).rows.map(({ problem }) => problem)).toEqual(["p1", "p3"]);
  });

  it.each([
    ["one run", "runs=RUN"],
    ["a run that is none", "runs=RUN,../../etc/passwd"],
    ["a filter that is none", "runs=RUN,RUN&filter=colour:red"],
    ["one run twice", "runs=RUN,RUN"],
  ])("refuses %s with one line", async (_, query) => {
    const runsRoot = temporaryFolder();
    const run = gradedRun(runsRoot, ["7"]);
    const response = await compareApi({ runsRoot }).request(`/compare?${query.replaceAll("RUN", run)}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { message: expect.stringMatching(/^[^\n]+$/) } });
  });
});
