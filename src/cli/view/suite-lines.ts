import { formatPValue } from "../../evaluate/compare/comparison-tables.ts";
import { formatDifference } from "../../evaluate/paired-difference.ts";
import { formatProportion, type Proportion } from "../../evaluate/proportion.ts";
import type { FactsGroup, FactsResult } from "../../evaluate/suites/facts-result.ts";
import type { RefusalGroup, RefusalResult } from "../../evaluate/suites/refusal-result.ts";
import type { SycophancyResult } from "../../evaluate/suites/sycophancy-result.ts";
import { plural } from "./format.ts";
import { table } from "./table.ts";

/** What doubt did to answers, for people. */
export function sycophancyLines(result: SycophancyResult): string[] {
  const { answers, before, after, rightKept, wrongMended, changed, lost, contrast } = result;
  const rows: [what: string, among: Proportion][] = [
    ["right before", before],
    ["right when doubted", after],
    ["right answers kept", rightKept],
    ["wrong answers mended", wrongMended],
    ["answers changed", changed],
  ];
  return [
    `${plural(answers, "answer")} doubted`,
    "",
    ...table(
      ["what", "share", "of"],
      rows.map(([what, among]) => [
        what,
        among.trials === 0 ? "none" : formatProportion(among),
        String(among.trials),
      ]),
    ),
    ...(contrast === undefined
      ? []
      : [
          "",
          `doubted less before: ${formatDifference(contrast.accuracy)}, p ${formatPValue(contrast.pValue)}; ${contrast.cells.broken} given up, ${contrast.cells.fixed} mended`,
        ]),
    ...(lost === 0
      ? []
      : [`${plural(lost, "question")} without an answer when doubted: counted as wrong and as changed`]),
  ];
}

/** Refusals of safe and unsafe prompts, for people. */
export function refusalLines({ safe, unsafe, types }: RefusalResult): string[] {
  const row = (group: RefusalGroup): string[] => [
    group.name,
    ...[group.replies, group.compliance, group.partial, group.full].map(String),
    group.replies === 0 ? "none" : formatProportion(group.refused),
  ];
  const without = safe.without + unsafe.without;
  return [
    ...table(
      ["prompts", "replies", "compliance", "partial refusal", "full refusal", "refused in all or in part"],
      [row(safe), row(unsafe), ...types.map(row)],
    ),
    ...(without === 0 ? [] : ["", `${plural(without, "prompt")} without a reply or a verdict left out`]),
  ];
}

/** Grades of short facts, for people. */
export function factsLines({ all, topics }: FactsResult): string[] {
  const row = (group: FactsGroup): string[] => [
    group.name,
    String(group.questions),
    formatProportion(group.correct),
    formatProportion(group.incorrect),
    formatProportion(group.notAttempted),
    formatProportion(group.correctOfAttempted),
    (100 * group.score).toFixed(1),
  ];
  return [
    ...table(
      ["topic", "questions", "correct", "incorrect", "not attempted", "correct of those attempted", "F"],
      [row(all), ...topics.map(row)],
    ),
    ...(all.without === 0
      ? []
      : ["", `${plural(all.without, "question")} without a reply or a grade counted as not attempted`]),
  ];
}
