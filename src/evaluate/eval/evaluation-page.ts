import { formatProportion } from "../proportion.ts";
import type { ReportPage, ReportSection } from "../report/page.ts";
import type { EvaluationReport } from "./evaluation-report.ts";
import { o1Thoughts } from "./paper-figures.ts";
import type { Quantiles } from "./quantiles.ts";

/** Most wrong answers that are listed; `report.json` has them all. */
const LISTED = 50;

/** What was evaluated, in a few words. */
export function reportTitle({ benchmark, model, strategy }: EvaluationReport): string {
  return model === "replay" ? `${benchmark}: recorded answers` : `${benchmark}: ${model}, ${strategy}`;
}

/** The result in one sentence, and whether it is all. */
export function reportHeadline(report: EvaluationReport): string {
  const { accuracy, answers, problems, state, failed } = report;
  const of =
    answers === problems
      ? `${count(problems)} problems`
      : `${count(answers)} answers to ${count(problems)} problems`;
  const share = `${formatProportion(accuracy)} of ${of} right`;
  const failures = failed === 0 ? "" : `, ${count(failed)} of them failed and count as wrong`;
  const partial = state === "finished" ? "" : ". The run is not finished: these are the answers so far";
  return `${share}${failures}${partial}.`;
}

/** A report for people, in the same words in Markdown and HTML. */
export function evaluationPage(report: EvaluationReport): ReportPage {
  return { title: reportTitle(report), headline: reportHeadline(report), sections: sectionsOf(report) };
}

/** In order; parts that a run has nothing for are left out. */
function sectionsOf(report: EvaluationReport): ReportSection[] {
  return [
    requestSection(report),
    ...samplesSection(report),
    ...report.groupings.map(({ by, groups }) => ({
      title: `By ${by}`,
      table: {
        header: [by, "problems", "right", "output tokens an answer"],
        rows: groups.map(({ name, problems, accuracy, outputTokens }) => [
          name,
          count(problems),
          formatProportion(accuracy),
          count(outputTokens),
        ]),
      },
    })),
    costSection(report),
    ...publishedSection(report),
    ...formSections(report),
    ...(report.model === "replay" ? [] : [timeSection(report)]),
    ...answersSection(
      "Failed questions",
      report.wrong.filter(({ failed }) => failed),
    ),
    ...answersSection(
      "Wrong answers",
      report.wrong.filter(({ failed }) => !failed),
    ),
  ];
}

function requestSection({ request, run, seed, version, commit, createdAt }: EvaluationReport): ReportSection {
  const { problems, answers, samples } = request;
  const data =
    problems.kind === "gym"
      ? `${problems.families.join(", ")}; split ${problems.split}, ${problems.phrasing} phrasings, drawn with seed ${problems.seed}`
      : `${problems.data}${problems.revision === undefined ? "" : ` at ${problems.revision}`}`;
  const range = [
    ...(problems.skip === 0 ? [] : [`behind the first ${problems.skip}`]),
    ...(problems.limit === undefined ? [] : [`at most ${problems.limit}`]),
  ];
  const how: string[][] =
    answers.by === "replay"
      ? [["recorded answers", `${answers.file}, column ${answers.columns.answer}`]]
      : [
          [
            "model",
            [answers.think.model, ...Object.entries(answers.think.roles).map((role) => role.join("="))].join(
              ", ",
            ),
          ],
          ["strategy", `${answers.think.strategy}, effort ${answers.think.effort}`],
          ["settings", JSON.stringify({ ...answers.think.configured, ...answers.think.settings })],
          ...(answers.checker === undefined ? [] : [["checked by rule", answers.checker]]),
          ["seed", String(seed)],
        ];
  const rows = [
    ["run", run],
    ["problems", [data, ...range].join("; ")],
    ...how,
    ["answers to each problem", String(samples)],
    ["Sojourn", [version, ...(commit === null ? [] : [commit])].join(", ")],
    ["begun", createdAt],
  ];
  return { title: "What was run", table: { header: ["", ""], rows } };
}

function samplesSection({ severalSamples }: EvaluationReport): ReportSection[] {
  if (severalSamples.length < 2) return [];
  const rewarded = severalSamples.some(({ best }) => best !== undefined);
  return [
    {
      title: "Several answers a problem",
      text: "Unbiased estimates over all choices of k answers; 95% intervals over problems, not over answers.",
      table: {
        header: ["k", "output tokens", "pass@k", "maj@k", ...(rewarded ? ["best of k by reward"] : [])],
        rows: severalSamples.map(({ k, outputTokens, pass, majority, best }) => [
          String(k),
          count(outputTokens),
          formatProportion(pass),
          formatProportion(majority),
          ...(best === undefined ? [] : [formatProportion(best)]),
        ]),
      },
    },
  ];
}

function costSection({ tokens, calls, cost }: EvaluationReport): ReportSection {
  const { outputQuantiles: spread } = tokens;
  return {
    title: "Tokens, calls and cost",
    table: {
      header: ["", "in all", "an answer"],
      rows: [
        ["input tokens", count(tokens.input), count(tokens.inputPerAnswer)],
        ["output tokens", count(tokens.output), count(tokens.outputPerAnswer)],
        ["of them reasoning", count(tokens.reasoning), ""],
        ["of them estimated", count(tokens.estimatedOutput), ""],
        [
          "output tokens, spread",
          "",
          `median ${count(spread.p50)}, 90% below ${count(spread.p90)}, most ${count(spread.max)}`,
        ],
        ["calls", count(calls.all), calls.perAnswer.toFixed(1)],
        ["cost", dollars(cost.all), dollars(cost.perAnswer)],
        ["cost of a right answer", "", dollars(cost.perRightAnswer)],
      ],
    },
  };
}

function publishedSection({ published, accuracy, tokens, model }: EvaluationReport): ReportSection[] {
  if (published.length === 0) return [];
  return [
    {
      title: "Inference budget beside published ones",
      text: "Accuracy against mean output tokens of an answer; the others as published in O1 Journey, part 2 (arXiv 2411.16489).",
      table: {
        header: ["model", "right", "output tokens an answer"],
        rows: [
          [model, formatProportion(accuracy), count(tokens.outputPerAnswer)],
          ...published.map((other) => [
            other.model,
            `${(100 * other.accuracy).toFixed(1)}%`,
            count(other.outputTokens),
          ]),
        ],
      },
    },
  ];
}

function formSections({ form }: EvaluationReport): ReportSection[] {
  if (form.rows.length === 0) return [];
  const rows = form.rows.map(({ name, thoughts, tokens, lines, wordsPerLine }) => [
    name,
    count(thoughts),
    count(tokens),
    lines.toFixed(1),
    wordsPerLine.toFixed(2),
  ]);
  const papers = o1Thoughts.map(({ name, tokens, lines, wordsPerLine }) => [
    `o1, ${name}`,
    "1",
    count(tokens),
    String(lines),
    wordsPerLine.toFixed(2),
  ]);
  return [
    {
      title: "Length of the thoughts",
      text: "Means of a thought, tokens in the o200k vocabulary; o1's published thoughts as in O1 Journey, part 1 (arXiv 2410.18982), table 3.",
      table: {
        header: ["thoughts", "how many", "tokens", "lines", "words a line"],
        rows: [...rows, ...papers],
      },
    },
    {
      title: "Words that show a thought turning",
      text: "A star marks those that the same table names as frequent in o1's thoughts.",
      table: {
        header: ["word", "times a thought", "thoughts that have it"],
        rows: form.markers.map(({ marker, perThought, share, inPaper }) => [
          `${marker}${inPaper ? " *" : ""}`,
          perThought.toFixed(2),
          `${(100 * share).toFixed(1)}%`,
        ]),
      },
    },
  ];
}

function timeSection({ timing, answers }: EvaluationReport): ReportSection {
  const row = (name: string, { mean, p50, p90, p99, max }: Quantiles): string[] => [
    name,
    ...[mean, p50, p90, p99, max].map(seconds),
  ];
  const pace = timing.all === 0 ? "" : ` for ${(answers / (timing.all / 1000)).toFixed(2)} answers a second`;
  return {
    title: "Time",
    text: `${seconds(timing.all)} in all${pace}. Questions are thought about beside each other, so that each waits for others too.`,
    table: {
      header: ["seconds", "mean", "median", "90%", "99%", "longest"],
      rows: [row("a question", timing.question), row("a call", timing.call)],
    },
  };
}

function answersSection(title: string, answers: EvaluationReport["wrong"]): ReportSection[] {
  if (answers.length === 0) return [];
  return [
    {
      title,
      text:
        answers.length > LISTED
          ? `The first ${LISTED} of ${count(answers.length)}; report.json has all.`
          : undefined,
      table: {
        header: ["problem", "sample", "reference", "answer", "reason"],
        rows: answers
          .slice(0, LISTED)
          .map(({ problem, sample, gold, answer, reason }) => [
            problem,
            String(sample),
            clip(gold),
            clip(answer ?? ""),
            clip(reason),
          ]),
      },
    },
  ];
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function dollars(value: number | null): string {
  if (value === null) return "not known";
  return value === 0 ? "$0" : `$${value < 0.1 ? value.toPrecision(2) : value.toFixed(2)}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}
