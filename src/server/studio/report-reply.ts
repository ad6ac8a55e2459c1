import { evaluationPage } from "../../evaluate/eval/evaluation-page.ts";
import { evaluationReport } from "../../evaluate/eval/evaluation-report.ts";
import { readEvaluation } from "../../evaluate/eval/read-evaluation.ts";
import { type Proportion, proportion } from "../../evaluate/proportion.ts";
import type { RunOverview } from "../../runs/store/run-overview.ts";
import type { ReportReply, ReportsReply } from "./report-schema.ts";

/** An evaluation as the list of reports has it, by what the store counts of its run. */
export function reportRow(overview: RunOverview): ReportsReply["rows"][number] {
  const { run, strategies, models, createdAt, graded, correct, tokens, thoughts, costUsd } = overview;
  const { share, low, high } = proportion(correct, graded);
  const each = (sum: number): number => sum / Math.max(1, thoughts);
  return {
    ...{ run, what: `${strategies.join(", ")} on ${models.join(", ")}`, createdAt },
    ...{ graded, share, low, high },
    tokens: each(tokens),
    costUsd: costUsd === null ? null : each(costUsd),
  };
}

/**
 * An evaluation's report in words and in the figures that its plots are drawn from, from its folder alone.
 *
 * @throws InputError where the folder is no evaluation
 */
export function reportReply(folder: string): ReportReply {
  const evaluation = readEvaluation(folder);
  const report = evaluationReport(evaluation);
  const { title, headline, sections } = evaluationPage(report);
  const several = report.severalSamples.length > 1 ? report.severalSamples : [];
  return {
    run: report.run,
    title,
    headline,
    sections: sections.map(({ table, lines, ...section }) => ({
      ...section,
      ...(table === undefined
        ? {}
        : { table: { header: [...table.header], rows: table.rows.map((row) => [...row]) } }),
      ...(lines === undefined ? {} : { lines: [...lines] }),
    })),
    groupings: report.groupings.map(({ by, groups }) => ({
      by,
      groups: groups.map(({ name, problems, accuracy }) => ({ name, problems, ...partOf(accuracy) })),
    })),
    budgets: several.flatMap(({ k, outputTokens, pass, majority, best }) => [
      { way: "pass@k", k, outputTokens, ...partOf(pass) },
      { way: "maj@k", k, outputTokens, ...partOf(majority) },
      ...(best === undefined ? [] : [{ way: "best of k", k, outputTokens, ...partOf(best) }]),
    ]),
    answers: evaluation.records.map(({ outputTokens, correct }) => ({ outputTokens, correct })),
  };
}

function partOf({ share, low, high }: Proportion): Pick<Proportion, "share" | "low" | "high"> {
  return { share, low, high };
}
