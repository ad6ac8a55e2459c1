import { latestScore, pathTo, type Tree, type TreeNode } from "../../thought/tree.ts";
import { plural, singleLine } from "./format.ts";

/** How a line of the tree is to be drawn. */
export type Tone = "chosen" | "open" | "answered" | "pruned" | "live" | "note";

/** One line of a drawn tree. */
export interface TreeLine {
  /** Nesting: the number of forks above it. */
  indent: number;
  /** A branch begins with `┌`, goes on with `│` and ends in its answer with `└`; `─` is a branch of one line. */
  bar: "┌" | "│" | "└" | "─";
  text: string;
  tone: Tone;
  /** The newest score of the step, in [0, 1]. */
  score?: number | undefined;
}

/** What to draw of a tree. */
export interface TreeLinesOptions {
  /** The leaf whose answer was chosen; its path is always drawn whole. */
  chosen?: TreeNode | undefined;
  /** Text that is being written below a node, by the id that its first step will have. */
  live?: ReadonlyMap<string, string> | undefined;
  /** Most lines of the end of a branch: the newest ones stay. Default: all. */
  tail?: number | undefined;
  /** Whether all that hangs beside the chosen path becomes one line a branch. Default: no. */
  collapsed?: boolean | undefined;
}

type BareLine = Omit<TreeLine, "bar" | "indent">;

/** Draws a tree as lines: a chain of steps is one branch, and every fork below a step nests. */
export function treeLines(tree: Tree, options: TreeLinesOptions = {}): TreeLine[] {
  const {
    chosen,
    live = new Map<string, string>(),
    tail = Number.POSITIVE_INFINITY,
    collapsed = false,
  } = options;
  const onPath = new Set(chosen === undefined ? [] : [tree.root, ...pathTo(chosen)]);
  return below(tree.root, 0);

  function below(parent: TreeNode, indent: number): TreeLine[] {
    const written = [...live].filter(([id]) => parentOf(id) === parent.id && tree.find(id) === undefined);
    return [
      ...parent.children.flatMap((child) => branch(child, indent)),
      ...written.flatMap(([, text]) => branchOf(newest(liveLines(text)), indent, "growing")),
    ];
  }

  function branch(first: TreeNode, indent: number): TreeLine[] {
    if (collapsed && !onPath.has(first)) return branchOf([collapsedLine(first)], indent, "ended");
    const steps = [first];
    for (let at = first; at.children.length === 1 && at.children[0] !== undefined && !isWritten(at); ) {
      at = at.children[0];
      steps.push(at);
    }
    const last = steps.at(-1) ?? first;
    const lines = steps.flatMap(stepLines);
    const forks = last.children.length > 0 || isWritten(last);
    if (forks) return [...branchOf(lines, indent, "growing"), ...below(last, indent + 1)];
    const end = last.answer === undefined ? "growing" : "ended";
    return branchOf(onPath.has(first) ? lines : newest(lines), indent, end);
  }

  function isWritten(node: TreeNode): boolean {
    return [...live.keys()].some((id) => parentOf(id) === node.id && tree.find(id) === undefined);
  }

  function stepLines(step: TreeNode): BareLine[] {
    const score = latestScore(step)?.value;
    const tone: Tone = onPath.has(step) ? "chosen" : step.pruned === undefined ? "open" : "pruned";
    const mark = tone === "pruned" ? "✗ " : "";
    const answer = step.answer?.split("\n") ?? [];
    const lines: BareLine[] = [];
    if (step.text !== "") {
      lines.push({
        text: mark + singleLine(step.text),
        tone,
        score: answer.length === 0 ? score : undefined,
      });
    }
    if (step.cut !== undefined) lines.push({ text: `… cut: ${step.cut}`, tone: "pruned" });
    for (const [index, line] of answer.entries()) {
      const text = `${index === 0 ? "= " : "  "}${singleLine(line)}`;
      const shown = index === answer.length - 1 ? score : undefined;
      lines.push({ text, tone: tone === "open" ? "answered" : tone, score: shown });
    }
    return lines;
  }

  function newest(lines: BareLine[]): BareLine[] {
    if (lines.length <= tail) return lines;
    const kept = lines.slice(-Math.max(1, tail - 1));
    const note: BareLine = { text: `… ${plural(lines.length - kept.length, "line")} above`, tone: "note" };
    return tail < 2 ? kept : [note, ...kept];
  }
}

/** A branch that one line has to stand for: its answers if it has any, else its first step. */
function collapsedLine(first: TreeNode): BareLine {
  const nodes = [first];
  for (const node of nodes) nodes.push(...node.children);
  const steps = nodes.filter((node) => node.text !== "").length;
  const answered = nodes.filter((node) => node.answer !== undefined);
  const [only] = answered;
  if (only !== undefined) {
    const answers = answered.map((node) => singleLine(node.answer ?? "")).join(" = ");
    const score = answered.length === 1 ? latestScore(only)?.value : undefined;
    return { text: `${plural(steps, "step")} = ${answers}`, tone: "note", score };
  }
  const more = steps > 1 ? ` … ${steps - 1} more` : "";
  const mark = first.pruned === undefined ? "" : "✗ ";
  return { text: `${mark}${singleLine(first.text)}${more}`, tone: "note", score: latestScore(first)?.value };
}

function liveLines(text: string): BareLine[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => ({ text: singleLine(line), tone: "live" }));
}

function branchOf(lines: BareLine[], indent: number, end: "growing" | "ended"): TreeLine[] {
  return lines.map((line, index) => {
    const first = index === 0;
    const last = index === lines.length - 1 && end === "ended";
    return { ...line, indent, bar: first && last ? "─" : first ? "┌" : last ? "└" : "│" };
  });
}

/** The node below which the step with this id stands or will stand. */
function parentOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf(".")));
}
