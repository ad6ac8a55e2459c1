import type { RunLog } from "../../runs/run-log.ts";
import type { ThoughtThrough } from "../../strategies/think.ts";
import type { AskDisplay } from "../ask-session.ts";
import type { CommandOutput } from "../command-output.ts";
import { wrapText } from "./display-width.ts";
import { drawLines } from "./draw-lines.ts";
import { finishedLines } from "./fit-lines.ts";
import { formatCost, formatCount, formatDuration, plural, singleLine } from "./format.ts";
import { headline, type LiveState } from "./live-state.ts";
import { treeLines } from "./tree-lines.ts";

/** What an answer is drawn with. */
export interface AnswerLinesOptions {
  display: AskDisplay;
  run: RunLog;
  wallMs: number;
  output: Pick<CommandOutput, "colors" | "columns">;
  /** True where the thinking stood on the screen: then the branches that were not chosen become short. */
  live: boolean;
}

/** The end of an `ask` in lines: the thinking if it is wanted, the answer, what it cost. */
export function answerLines(result: ThoughtThrough, state: LiveState, options: AnswerLinesOptions): string[] {
  const { display, run, wallMs, output } = options;
  const { text, usage } = result;
  if (display.quiet || display.show === "none") return text === undefined ? [] : [text];

  const { colors, columns } = output;
  const { reason } = state.thought;
  const facts = [
    ...(reason === undefined ? [] : [result.checked ? `${reason}, checked by rule` : reason]),
    ...(result.stopReason === "budget" ? ["stopped by the budget"] : []),
    `${formatCount(usage.outputTokens + usage.estimatedOutputTokens)} tokens`,
    plural(usage.calls, "call"),
    formatCost(usage.costUsd),
    formatDuration(wallMs),
    ...(run.folder === undefined ? [] : [`run ${run.id}`]),
  ];
  const answer = (result.written ?? text ?? "").split("\n").flatMap((line) => broken(line, columns));
  return [
    ...thinkingLines(state, options),
    ...(text === undefined ? [] : ["", ...answer.map((line) => ` ${colors.bold(line)}`)]),
    ...broken(facts.join(" · "), columns).map((line) => ` ${colors.dim(line)}`),
  ];
}

/** The thinking in lines, as far as it has come: the question, how it is thought about, and the tree or the thought. */
export function thinkingLines(
  state: LiveState,
  { display, output, live }: Pick<AnswerLinesOptions, "display" | "output" | "live">,
): string[] {
  const { colors, columns } = output;
  const { thought } = state;
  const question = broken(thought.question?.text ?? "", columns).map((line) => ` ${colors.bold(line)}`);
  const how = broken(headline(state), columns).map((line) => ` ${colors.dim(line)}`);
  const heading = live ? [...question, ...how, ""] : [];
  if (display.show === "thought") {
    return [...heading, ...thought.steps.flatMap((step) => broken(step, columns)).map((line) => ` ${line}`)];
  }
  if (display.show === "summary") {
    const lines = thought.summaries.flatMap((summary) => summary.text.split("\n"));
    return [...heading, ...lines.flatMap((line) => broken(line, columns)).map((line) => ` ${line}`)];
  }
  if (display.show !== "tree") return [];
  const chosen = thought.node === undefined ? undefined : thought.tree.find(thought.node);
  const lines = live ? finishedLines(state) : treeLines(thought.tree, { chosen });
  return [...heading, ...drawLines(lines, { colors, columns })];
}

function broken(text: string, columns: number | undefined): string[] {
  return text.split("\n").flatMap((line) => {
    const clean = singleLine(line);
    return columns === undefined ? [clean] : wrapText(clean, columns - 2);
  });
}
