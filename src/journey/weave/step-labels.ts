import { estimateFrom } from "../../rewards/monte-carlo.ts";
import { pathTo, type TreeNode } from "../../thought/tree.ts";
import type { StepLabelLine } from "../dataset.ts";
import type { GradedThought } from "../read-trees.ts";

/** What the completions from behind a step say of it. */
interface Label {
  hard: 0 | 1;
  soft: number;
  total: number;
}

/**
 * Labels of steps from the policy's own completions (Math-Shepherd, arXiv 2312.08935): one line for each thought of the
 * grown tree, whole or given up, with a hard and a soft label a step. A step that states the answer is its own only
 * completion. A fault says why a tree gives no line.
 */
export function stepLabelsOf(graded: GradedThought): StepLabelLine[] | { fault: string } {
  const { id, run, question, problem, thought, completions } = graded;
  const grown = [...thought.tree.nodes()].filter(
    (node) => node.parent !== undefined && !isCompletion(node, completions),
  );
  const labels = new Map<TreeNode, Label>();
  for (const node of grown) {
    const label = labelOf(node, completions);
    if (label !== undefined) labels.set(node, label);
  }
  const source = { run, question: question.id, problem: problem.problem, family: problem.family };
  const seen = new Set<string>();
  const lines: StepLabelLine[] = [];
  for (const node of grown) {
    if (!labels.has(node) || node.children.some((child) => labels.has(child))) continue;
    // An answer that stands by itself is no step of the thought before it.
    const path = pathTo(node).filter(({ text }) => text !== "");
    const known = path.flatMap((step) => labels.get(step) ?? []);
    const words = [...path.map(({ text }) => text), node.answer ?? ""].join("\n");
    if (path.length === 0 || known.length < path.length || seen.has(words)) continue;
    seen.add(words);
    lines.push({
      id: `${id}/${lines.length}`,
      question: question.text,
      steps: path.map(({ text }) => text),
      hard: known.map(({ hard }) => hard),
      soft: known.map(({ soft }) => soft),
      completions: known.map(({ total }) => total),
      gold: problem.gold,
      ...(node.answer !== undefined && { answer: node.answer, correct: node.correct === true }),
      kind: "process-reward",
      source,
    });
  }
  return lines.length === 0 ? { fault: "no step was completed; grow with --completions" } : lines;
}

function isCompletion(node: TreeNode, completions: ReadonlySet<string>): boolean {
  return pathTo(node).some(({ id }) => completions.has(id));
}

function labelOf(node: TreeNode, completions: ReadonlySet<string>): Label | undefined {
  const ends = node.answer !== undefined ? [node] : completionsBelow(node, completions).map(endOf);
  if (ends.length === 0) return undefined;
  const isRight = new Set(ends.filter(({ correct }) => correct === true));
  const { soft, total } = estimateFrom(
    ends.map((end) => (isRight.has(end) ? "right" : undefined)),
    () => true,
  );
  return { hard: isRight.size > 0 ? 1 : 0, soft, total };
}

function completionsBelow(node: TreeNode, completions: ReadonlySet<string>): TreeNode[] {
  return node.children.filter(({ id }) => completions.has(id));
}

/** The end of a completion, which is a chain. */
function endOf(node: TreeNode): TreeNode {
  let at = node;
  for (let next = at.children[0]; next !== undefined; next = at.children[0]) at = next;
  return at;
}
