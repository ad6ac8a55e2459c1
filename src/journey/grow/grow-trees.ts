import { gradeProblem } from "../../problems/grade-problem.ts";
import type { Grade, Problem } from "../../problems/problem.ts";
import type { RunLog } from "../../runs/run-log.ts";
import { growth } from "../../strategies/growth.ts";
import { findStrategy, type StrategyEntry } from "../../strategies/registry.ts";
import { type ThinkManyOptions, thinkMany } from "../../strategies/think-many.ts";
import type { ThinkRequest } from "../../strategies/think-request.ts";
import { InputError } from "../../thought/errors.ts";
import { applyToTree } from "../../thought/fold-tree.ts";
import { Tree } from "../../thought/tree.ts";
import type { Usage } from "../../thought/usage.ts";

import { tellMisses } from "./tell-misses.ts";

/** The name by which {@link growth} is asked for; every other name is one of the strategies'. */
export const GROW = "grow";

/** What trees are grown with. */
export interface GrowOptions
  extends Pick<ThinkManyOptions, "registry" | "run" | "checker" | "signal" | "atOnce"> {
  problems: readonly Problem[];
  /** Its strategy is {@link GROW}, or one of the registry whose trees are wanted. */
  request: ThinkRequest;
  /** Whole thoughts from each open step of a grown tree; only for {@link GROW}. Default 0. */
  completions?: number | undefined;
  /** Whether a strategy is told when its answer misses the reference, see {@link tellMisses}. Default false. */
  toldMisses?: boolean | undefined;
}

/** What came of one problem. */
export type GrownTree = { problem: Problem } & (
  | {
      /** Steps, the root left out. */
      steps: number;
      /** Leaves with a right answer, and with a wrong one. */
      right: number;
      wrong: number;
      usage: Usage;
      /** True where an earlier session of the run had grown and graded it. */
      retraced: boolean;
    }
  /** Why there is no tree: its models could not be reached, or do not know its kind. */
  | { failed: string }
);

/**
 * Grows a reasoning tree for each problem, in one run that can be resumed, and grades all leaves. The reference answer
 * stands in the log behind all thinking; what grows the tree never sees it. Trees come as they are finished.
 */
export async function* growTrees(options: GrowOptions): AsyncGenerator<GrownTree, void, undefined> {
  const { problems, request, completions = 0, toldMisses = false, run, ...others } = options;
  const byId = new Map(problems.map((problem) => [problem.question.id, problem]));
  const trees = new Map<string, Tree>();
  const stopListening = run.onEvent((event) => {
    const { question } = event;
    if (question === undefined || !byId.has(question)) return;
    const tree = trees.get(question) ?? new Tree();
    trees.set(question, tree);
    applyToTree(tree, event);
  });
  try {
    const questions = problems.map(({ question }) => question);
    const strategy = strategyFor(request.strategy, completions);
    const entry = toldMisses ? tellMisses(strategy, byId) : strategy;
    for await (const outcome of thinkMany(questions, request, { ...others, run, entry })) {
      const { id } = outcome.question;
      const problem = byId.get(id);
      if (problem === undefined) continue;
      const tree = trees.get(id) ?? new Tree();
      trees.delete(id);
      if ("failed" in outcome) yield { problem, failed: outcome.failed.message };
      else {
        const { text, usage } = outcome.thought;
        const { retracing: retraced } = run.question(id);
        const leaves = await gradeTree(problem, { tree, answer: text, run });
        yield { problem, steps: tree.size - 1, usage, retraced, ...leaves };
      }
    }
  } finally {
    stopListening();
  }
}

/**
 * The strategy of this name, {@link GROW} among them. Throws an InputError where there is none, and for completions of a
 * tree that another strategy grows.
 */
export function strategyFor(name: string, completions: number): StrategyEntry {
  if (name === GROW) return growth(completions);
  if (completions > 0) {
    throw new InputError(
      `--completions are for trees of the strategy ${GROW}; leave out --strategy or --completions`,
    );
  }
  return findStrategy(name);
}

/** Logs which problem it was and how each leaf and the chosen answer are graded: the last events of a question. */
async function gradeTree(
  problem: Problem,
  { tree, answer, run }: { tree: Tree; answer: string | undefined; run: RunLog },
): Promise<{ right: number; wrong: number }> {
  const { question, source, family, gold, tags = {} } = problem;
  const log = run.question(question.id);
  log.emit({
    type: "problem-revealed",
    problem: question.id,
    sample: 0,
    source,
    family,
    gold,
    tags: { ...tags },
  });
  const graded = new Map<string, Grade>();
  const grade = async (said: string): Promise<Grade> => {
    const known = graded.get(said) ?? (await gradeProblem(problem, said));
    graded.set(said, known);
    return known;
  };
  const count = { right: 0, wrong: 0 };
  for (const leaf of tree.nodes()) {
    if (leaf.answer === undefined) continue;
    const { correct, reason } = await grade(leaf.answer);
    count[correct ? "right" : "wrong"]++;
    log.emit({ type: "answer-graded", node: leaf.id, answer: leaf.answer, correct, reason });
  }
  const { correct, reason } =
    answer === undefined ? { correct: false, reason: "no answer" } : await grade(answer);
  log.emit({ type: "answer-graded", ...(answer !== undefined && { answer }), correct, reason });
  return count;
}
