import { expect, test } from "vitest";
import { recordWith } from "../../../test/support/evaluation-record.ts";
import { completeRequest } from "../../strategies/think-request.ts";
import { evaluationPage } from "./evaluation-page.ts";
import { evaluationPlots } from "./evaluation-plots.ts";
import { evaluationReport } from "./evaluation-report.ts";
import type { EvaluationRecord } from "./fold-evaluation.ts";
import type { Evaluation } from "./read-evaluation.ts";

function evaluationOf(records: EvaluationRecord[], parts: Partial<Evaluation> = {}): Evaluation {
  const think = completeRequest({ model: "openai/x", strategy: "vote" });
  return {
    ...{
      run: "r",
      folder: "",
      state: "finished",
      seed: 3,
      createdAt: "2026-11-21T12:00:00.000Z",
      version: "1",
    },
    request: {
      problems: {
        kind: "benchmark",
        benchmark: "aime24",
        data: "a.jsonl",
        revision: "c0ffee",
        skip: 0,
        limit: 30,
      },
      ...{ fingerprint: "f", samples: 2, answers: { by: "model", think, atOnce: 8 } },
    },
    ...{ records, callMs: [10, 20], wallMs: 4000 },
    ...parts,
  };
}

const records = Array.from({ length: 40 }, (_, place) =>
  recordWith({
    problem: `aime24/${place >> 1}`,
    sample: place % 2,
    answer: place % 4 === 0 ? "7" : "8",
    tags: { level: String(1 + ((place >> 1) % 2)) },
    thought: "so it is\nwait",
    outputTokens: 100 + place,
    costUsd: 0.01,
    failed: place === 39,
    reason: place === 39 ? "the server is gone" : "the values differ",
  }),
);

test("a report says what was run, what came of it, and what it cost", () => {
  const { title, headline, sections } = evaluationPage(evaluationReport(evaluationOf(records)));
  expect(title).toBe("aime24: openai/x, vote");
  expect(headline).toMatch(
    /^25\.0% \(.* to .*\) of 40 answers to 20 problems right, 1 of them failed and count as wrong\.$/,
  );
  expect(sections.map((section) => section.title)).toEqual([
    ...["What was run", "Several answers a problem", "By level", "Tokens, calls and cost"],
    ...[
      "Inference budget beside published ones",
      "Length of the thoughts",
      "Words that show a thought turning",
    ],
    ...["Time", "Failed questions", "Wrong answers"],
  ]);
  const text = JSON.stringify(sections);
  for (const fact of [
    "a.jsonl at c0ffee",
    "o1-mini",
    "70.0%",
    "9,903",
    "o1, Math",
    "18,751",
    "the server is gone",
    "$0.40",
    "$0.040",
  ])
    expect(text).toContain(fact);
});

test("what a run has nothing for is left out, and what is not known is called so", () => {
  const [first] = records;
  const one = [{ ...first, costUsd: null, thought: "", tags: {} }] as EvaluationRecord[];
  const report = evaluationReport(evaluationOf(one, { state: "interrupted" }));
  const { headline, sections } = evaluationPage(report);
  expect(headline).toContain("of 1 problems right. The run is not finished: these are the answers so far.");
  expect(sections.map((section) => section.title)).toEqual([
    ...["What was run", "Tokens, calls and cost", "Inference budget beside published ones", "Time"],
  ]);
  expect(JSON.stringify(sections)).toContain('["cost","not known","not known"]');
  expect(evaluationPage(evaluationReport(evaluationOf([]))).headline).toContain("of 0 problems right");
});

test("the order of a log's questions and all times leave a report the same", () => {
  const report = evaluationReport(evaluationOf(records));
  const later = records.map((record) => ({ ...record, wallMs: 9 * record.wallMs }));
  const { timing: _timing, ...rest } = evaluationReport(evaluationOf(later, { callMs: [1], wallMs: 1 }));
  expect(rest).toEqual({ ...report, timing: undefined });
});

test("plots are drawn for what there is, in the page's own colours", async () => {
  const plots = await evaluationPlots(evaluationReport(evaluationOf(records)), records);
  expect(plots.map(({ caption }) => caption)).toEqual([
    "Accuracy by level, 95% intervals.",
    expect.stringContaining("for 1, 2, 4, ... answers a problem"),
    expect.stringContaining("in 5 parts of equal size"),
    "Output tokens of right and of wrong answers.",
  ]);
  for (const { svg } of plots) {
    expect(svg).toContain("<svg");
    expect(svg).toMatch(/var\(--(?:text|right)\)/);
    expect(svg).not.toContain("NaN");
  }
  expect(await evaluationPlots(evaluationReport(evaluationOf([])), [])).toEqual([]);
});
