import { latestScore, pathTo, type Tree, type TreeNode } from "../../thought/tree.ts";

/** How a line of the tree is to be drawn. */
export type Tone = "chosen" | "open" | "answered" | "pruned" | "live";

/** One line of a drawn tree. */
export interface TreeLine {
  /** Nesting: the number of forks above it. */
  indent: number;
  text: string;
  tone: Tone;
  /** The newest score of the step, in [0, 1]. */
  score?: number | undefined;
}

/** What to draw of a tree. */
export interface TreeLinesOptions {
  /** The leaf whose answer was chosen; its path is drawn whole. */
  chosen?: TreeNode | undefined;
  /** Text that is being written below a node, by the id that its first step will have. */
  live?: ReadonlyMap<string, string> | undefined;
  /** Most lines of a branch that was not chosen. Default: all. */
  tail?: number | undefined;
}

/**
 * Draws a tree as lines: a chain of steps stays at one indent and every fork nests. Of a branch that was not chosen
 * only the newest `tail` lines are drawn, since what is happening now is what one wants to see.
 */
export function treeLines(tree: Tree, options: TreeLinesOptions = {}): TreeLine[] {
  const { chosen, live = new Map<string, string>(), tail = Number.POSITIVE_INFINITY } = options;
  const onPath = new Set(chosen === undefined ? [] : [tree.root, ...pathTo(chosen)]);
  return below(tree.root, 0);

  function below(parent: TreeNode, indent: number): TreeLine[] {
    const written = [...live].filter(([id]) => parentOf(id) === parent.id && tree.find(id) === undefined);
    const forks = parent.children.length + written.length > 1;
    const deeper = forks && parent !== tree.root ? indent + 1 : indent;
    return [
      ...parent.children.flatMap((child) => chain(child, forks ? deeper : indent)),
      ...written.flatMap(([, text]) => liveLines(text, forks ? deeper : indent)),
    ];
  }

  function chain(first: TreeNode, indent: number): TreeLine[] {
    const steps = [first];
    for (let at = first; at.children.length === 1 && at.children[0] !== undefined; ) {
      at = at.children[0];
      steps.push(at);
    }
    const last = steps.at(-1) ?? first;
    const lines = steps.flatMap((step) => stepLines(step, indent));
    const whole = onPath.has(first) || last.children.length > 0;
    return [...(whole ? lines : newest(lines)), ...below(last, indent)];
  }

  function stepLines(step: TreeNode, indent: number): TreeLine[] {
    const score = latestScore(step)?.value;
    const tone: Tone = onPath.has(step) ? "chosen" : step.pruned !== undefined ? "pruned" : "open";
    const lines: TreeLine[] = step.text === "" ? [] : [{ indent, text: step.text, tone, score }];
    if (step.answer === undefined) return lines;
    const answerTone = tone === "open" ? "answered" : tone;
    return [...lines, { indent, text: `= ${step.answer}`, tone: answerTone, score }];
  }

  function liveLines(text: string, indent: number): TreeLine[] {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    return newest(lines.map((line) => ({ indent, text: line, tone: "live" })));
  }

  function newest(lines: TreeLine[]): TreeLine[] {
    if (lines.length <= tail) return lines;
    const [first] = lines;
    const hidden = lines.length - tail;
    const note = { indent: first?.indent ?? 0, text: `… ${hidden} more`, tone: first?.tone ?? "open" };
    return [note, ...lines.slice(-tail)];
  }
}

/** The node below which the step with this id stands or will stand. */
function parentOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf(".")));
}
