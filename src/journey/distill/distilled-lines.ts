import { stepsTo } from "../../thought/tree.ts";
import type { ThoughtLine } from "../dataset.ts";
import type { GradedRun, GradedThought } from "../read-trees.ts";

/** What is kept of a teacher's run. */
export interface Distilled {
  lines: ThoughtLine[];
  /** Problems that gave no line, by reason. */
  skipped: Record<string, number>;
}

/**
 * The right ones of a teacher's visible thoughts, up to `perProblem` of each problem in the order in which they were
 * sampled; thoughts of the same words count once. A model that answers without showing how it thought teaches nothing.
 */
export function distilledLines(
  { thoughts, ungraded }: Pick<GradedRun, "thoughts" | "ungraded">,
  perProblem: number,
): Distilled {
  const distilled: Distilled = { lines: [], skipped: {} };
  const skip = (reason: string, by = 1): void => {
    distilled.skipped[reason] = (distilled.skipped[reason] ?? 0) + by;
  };
  if (ungraded > 0) skip("the teacher could not be reached or does not know its kind", ungraded);
  for (const graded of thoughts) {
    const right = [...graded.thought.tree.nodes()].filter(({ correct }) => correct === true);
    const shown = right.filter((leaf) => linesOf(stepsTo(leaf)).length > 0);
    if (right.length === 0) skip("no sample is right");
    else if (shown.length === 0) skip("no right sample shows its thinking");
    const made = shown.map((leaf) => ({ thought: linesOf(stepsTo(leaf)), answer: leaf.answer ?? "" }));
    const distinct = new Map(made.map((one) => [one.thought.join("\n"), one]));
    for (const [place, one] of [...distinct.values()].slice(0, perProblem).entries())
      distilled.lines.push(lineOf(graded, place, one));
  }
  return distilled;
}

/** Lines that say something: marks of a beginning or an end of thinking are none. */
function linesOf(steps: readonly string[]): string[] {
  return steps
    .flatMap((step) => step.split("\n"))
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^<\/?think(?:ing)?>$/.test(line));
}

function lineOf(
  { id, run, question, problem }: GradedThought,
  place: number,
  { thought, answer }: { thought: string[]; answer: string },
): ThoughtLine {
  const source = { run, question: question.id, problem: problem.problem, family: problem.family };
  return {
    id: `${id}/${place}`,
    question: question.text,
    thought,
    answer,
    kind: "distilled",
    source,
    wording: "teacher",
  };
}
