import type { RunLog } from "../../runs/run-log.ts";
import type { ThoughtThrough } from "../../strategies/think.ts";
import type { AskDisplay } from "../ask-session.ts";
import type { CommandOutput } from "../command-output.ts";
import { formatCost, formatCount, formatDuration, plural } from "./format.ts";
import type { LiveState } from "./live-state.ts";
import { treeLines } from "./tree-lines.ts";

/** What an answer is drawn with. */
export interface AnswerLinesOptions {
  display: AskDisplay;
  run: RunLog;
  wallMs: number;
  colors: CommandOutput["colors"];
  /** True where the tree stands on the screen already. */
  drawn: boolean;
}

/** The end of an `ask` in lines: the thinking if it is wanted and not drawn yet, the answer, what it cost. */
export function answerLines(result: ThoughtThrough, state: LiveState, options: AnswerLinesOptions): string[] {
  const { display, run, wallMs, colors, drawn } = options;
  const { text, usage } = result;
  if (display.quiet || display.show === "none") return text === undefined ? [] : [text];

  const { reason } = state.thought;
  const recorded = run.folder === undefined ? [] : [`run ${run.id}`];
  const facts = [
    ...(reason === undefined ? [] : [result.checked ? `${reason}, checked by rule` : reason]),
    ...(result.stopReason === "budget" ? ["stopped by the budget"] : []),
    `${formatCount(usage.outputTokens + usage.estimatedOutputTokens)} tokens`,
    plural(usage.calls, "call"),
    formatCost(usage.costUsd),
    formatDuration(wallMs),
    ...recorded,
  ];
  return [
    ...(drawn ? [] : thinkingLines(result, state, display)),
    ...(text === undefined ? [] : ["", ...text.split("\n").map((line) => ` ${colors.bold(line)}`)]),
    ` ${colors.dim(facts.join(" · "))}`,
  ];
}

function thinkingLines(result: ThoughtThrough, state: LiveState, { show }: AskDisplay): string[] {
  if (show === "thought") return result.thought.map((step) => ` ${step}`);
  if (show !== "tree") return [];
  const { tree, node } = state.thought;
  const chosen = node === undefined ? undefined : tree.find(node);
  return treeLines(tree, { chosen }).map(({ indent, text, score }) => {
    const bar = `${"│ ".repeat(indent)}${text.startsWith("= ") ? "└" : "│"}`;
    return ` ${bar} ${text}${score === undefined ? "" : `  ${score.toFixed(2)}`}`;
  });
}
