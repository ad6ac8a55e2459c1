import { reportHeadline, reportTitle } from "../../evaluate/eval/evaluation-page.ts";
import type { EvaluationReport } from "../../evaluate/eval/evaluation-report.ts";
import { formatProportion } from "../../evaluate/proportion.ts";
import { formatCost, formatCount, formatDuration, plural } from "./format.ts";
import { table } from "./table.ts";

/** What a terminal shows of a report: the result, its groups, what it cost, and where the rest is. */
export function evaluationLines(report: EvaluationReport, page: string): string[] {
  const { severalSamples, groupings, tokens, calls, cost, timing, failed, wrong } = report;
  const facts = [
    `${formatCount(tokens.output)} output tokens (${formatCount(Math.round(tokens.outputPerAnswer))} an answer)`,
    plural(calls.all, "call"),
    formatCost(cost.all),
    formatDuration(timing.all),
  ];
  const firstFailed = wrong.find((answer) => answer.failed);
  return [
    reportTitle(report),
    reportHeadline(report),
    ...(severalSamples.length < 2 ? [] : ["", ...samplesTable(report)]),
    ...groupings.flatMap(({ by, groups }) => [
      "",
      ...table(
        [by, "problems", "right", "tokens an answer"],
        groups.map(({ name, problems, accuracy, outputTokens }) => [
          name,
          String(problems),
          formatProportion(accuracy),
          formatCount(Math.round(outputTokens)),
        ]),
      ),
    ]),
    "",
    facts.join(" · "),
    ...(failed === 0 || firstFailed === undefined
      ? []
      : [`${failed} failed, such as ${firstFailed.problem}: ${firstFailed.reason}`]),
    `report: ${page}`,
  ];
}

function samplesTable({ severalSamples }: EvaluationReport): string[] {
  const rewarded = severalSamples.some(({ best }) => best !== undefined);
  return table(
    ["k", "pass@k", "maj@k", ...(rewarded ? ["best of k"] : [])],
    severalSamples.map(({ k, pass, majority, best }) => [
      String(k),
      formatProportion(pass),
      formatProportion(majority),
      ...(best === undefined ? [] : [formatProportion(best)]),
    ]),
  );
}
