import type { NanoResults } from "./nano-results.ts";
import { formatDifference } from "./paired-difference.ts";
import { formatProportion, type Proportion } from "./proportion.ts";

/** A Markdown table; the first `texts` columns (default 1) to the left, the others to the right. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  texts = 1,
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = header.map((_, index) => (index < texts ? "---" : "---:"));
  return [header, rule, ...rows].map(line).join("\n");
}

/** The results of nano on the gym as Markdown: one table by family, one for Countdown with the checker. */
export function nanoTables({ groups, countdown, temperature }: NanoResults): string {
  const withProblems = (title: string, solved: Proportion | undefined): string =>
    `${title} (${solved?.trials ?? 0} problems)`;
  const first = groups[0];
  const families = markdownTable(
    [
      "family",
      withProblems("trained phrasings", first?.trained.solved),
      withProblems("held-out phrasings", first?.heldOut.solved),
      "tokens an answer",
      withProblems("without thinking", first?.direct.solved),
    ],
    groups.map(({ group, trained, heldOut, direct }) => [
      group,
      formatProportion(trained.solved),
      formatProportion(heldOut.solved),
      trained.tokensPerAnswer.toFixed(0),
      formatProportion(direct.solved),
    ]),
  );
  const { samples, model, randomOnce, randomBest, gain } = countdown;
  const checked = markdownTable(
    [`Countdown, 3 numbers, answers checked by rule (${model.trials} problems)`, "solved"],
    [
      [`nano, best of ${samples} at temperature ${temperature}`, formatProportion(model)],
      [`random legal moves, best of ${samples}`, formatProportion(randomBest)],
      ["random legal moves, once", formatProportion(randomOnce)],
      [`nano less random, both best of ${samples}`, formatDifference(gain)],
    ],
  );
  return `${families}\n\n${checked}`;
}
