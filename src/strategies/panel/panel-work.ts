import { FailureError } from "../../thought/errors.ts";
import type { Question } from "../../thought/question.ts";
import type { Tree, TreeNode } from "../../thought/tree.ts";
import { Trajectory } from "../agents/trajectory.ts";
import { readLabelledReply } from "../reply.ts";
import type { Thinking } from "../strategy.ts";
import { type Analysis, type Assignment, analyse } from "./analyse.ts";
import { makePlan } from "./plan.ts";
import { remember } from "./remember.ts";
import { type Review, review } from "./review.ts";
import { write } from "./write.ts";

/** The leaf whose answer stands, and what decided. */
interface Decision {
  leaf: TreeNode | undefined;
  reason: string;
}

/**
 * A panel at work: plan, analyse, review (and analyse again what fell short, while there are `rounds` left), write. The
 * analyses hang below each other in the order in which they were made, so that the path to the answer is the whole
 * thought, what was sent back included.
 */
export class Panel {
  readonly #question: Question;
  readonly #think: Thinking;
  readonly #trajectory: Trajectory;
  #decision: Decision = { leaf: undefined, reason: "" };
  /** Where the next analysis hangs. */
  #last: TreeNode;

  constructor(question: Question, think: Thinking) {
    this.#question = question;
    this.#think = think;
    this.#trajectory = new Trajectory(think);
    this.#last = this.#trajectory.root;
  }

  get tree(): Tree {
    return this.#trajectory.tree;
  }

  get decision(): Decision {
    return this.#decision;
  }

  /** Throws a FailureError when no analyst brings anything or the writer fails, and BudgetExhaustedError. */
  async run(): Promise<void> {
    const think = this.#think;
    const { tasks, guess } = await makePlan(think, this.#question);
    if (guess !== undefined) {
      const leaf = this.#trajectory.add(this.#trajectory.root, { steps: [], answer: guess });
      this.#decision = { leaf, reason: "the planner's guess" };
    }
    const memories = await remember(think, tasks);
    const reviews = await this.#analyses(
      tasks.map((subTask, index) => ({ subTask, memory: memories[index] })),
    );
    const leaf = this.#trajectory.add(this.#last, await write(think, this.#question, reviews));
    if (leaf.answer === undefined || leaf === this.#last) throw new FailureError("the writer wrote nothing");
    this.#decision = { leaf, reason: `written from ${reviews.length} analyses` };
  }

  /** The best analysis of each sub-task, in their order. */
  async #analyses(first: readonly Assignment[]): Promise<Review[]> {
    const best = new Map<number, Review>();
    let assignments = first;
    for (let round = 1; assignments.length > 0; round++) {
      const { analyses, failure, refusal } = await analyse(this.#think, this.#question, assignments);
      const nodes = analyses.map((analysis) => this.#add(analysis));
      if (refusal !== undefined) throw refusal;
      if (analyses.length === 0 && best.size === 0) throw new FailureError(failure);
      if (analyses.length === 0) break;
      const reviews = await review(this.#think, this.#question, analyses, round);
      const again: Assignment[] = [];
      for (const [index, reviewed] of reviews.entries()) {
        const { analysis, score, reason } = reviewed;
        const { subTask } = analysis;
        const node = nodes[index];
        if (node !== undefined && score !== undefined)
          this.#trajectory.score(node, { value: score, by: "quality control", reason });
        const before = best.get(subTask.number)?.score;
        if (before === undefined || score === undefined || score >= before)
          best.set(subTask.number, reviewed);
        if (score === undefined || score >= subTask.threshold) continue;
        const memory = first.find((assignment) => assignment.subTask === subTask)?.memory;
        again.push({ subTask, memory, sentBack: { analysis, reason } });
      }
      assignments = round < this.#think.settings.rounds ? again : [];
    }
    return [...best.values()].sort(
      (one, other) => one.analysis.subTask.number - other.analysis.subTask.number,
    );
  }

  #add({ subTask, text, reworked }: Analysis): TreeNode {
    const { number, task, whole } = subTask;
    const answer = whole ? readLabelledReply(text).answer : undefined;
    const title = `Sub-task ${number}${reworked > 0 ? ", once more" : ""}: ${task}`;
    this.#last = this.#trajectory.add(this.#last, { steps: [`${title}\n${text}`], answer });
    if (answer !== undefined)
      this.#decision = { leaf: this.#last, reason: "the analysis of the whole question" };
    return this.#last;
  }
}
