import { equivalent } from "../../rewards/equivalent.ts";
import type { FailureError } from "../../thought/errors.ts";
import type { Question } from "../../thought/question.ts";
import { pathTo, type Tree, type TreeNode } from "../../thought/tree.ts";
import { propose } from "../agents/propose.ts";
import { Trajectory } from "../agents/trajectory.ts";
import { createPolicy, type Policy } from "../policy.ts";
import type { Thinking } from "../strategy.ts";
import { askCritic, type Objection } from "./ask-critic.ts";
import { askJudge } from "./ask-judge.ts";

/** The leaf that won, and what decided. */
interface Decision {
  leaf: TreeNode | undefined;
  reason: string;
}

/**
 * The rounds of a debate. A revision keeps the steps before the one that the critic objected to and writes the rest anew,
 * so that the tree shows what was revised; an objection to no step in particular begins at the root again.
 */
export class Debate {
  readonly #question: Question;
  readonly #think: Thinking;
  readonly #policy: Policy;
  readonly #trajectory: Trajectory;
  /** The answered leaves, oldest first. */
  readonly #solutions: TreeNode[] = [];
  readonly #asked = new Map<string, number>();
  #decision: Decision | undefined;

  constructor(question: Question, think: Thinking) {
    this.#question = question;
    this.#think = think;
    this.#policy = createPolicy(question, think, { style: "steps" });
    this.#trajectory = new Trajectory(think);
  }

  get tree(): Tree {
    return this.#trajectory.tree;
  }

  /** What was decided, or as long as nothing was the newest solution. */
  get decision(): Decision {
    return this.#decision ?? { leaf: this.#solutions.at(-1), reason: "the newest solution" };
  }

  /** Throws a FailureError when no round brought a solution because of one, and BudgetExhaustedError. */
  async run(): Promise<void> {
    const { root } = this.#trajectory;
    const { rounds } = this.#think.settings;
    let from = root;
    let hint: string | undefined;
    let failed: FailureError | undefined;
    for (let round = 1; round <= rounds; round++) {
      const reply = await propose(this.#think, this.#policy, {
        ...{ node: from, kind: "roll-out", ordinal: this.#ordinalAt(from), hint },
      });
      if ("failed" in reply) {
        failed = reply.failed;
        continue;
      }
      const leaf = this.#trajectory.add(from, reply.proposal);
      if (leaf.answer === undefined) {
        // A solution that was cut off is no ground to go on from.
        if (leaf !== root) this.#trajectory.backtrack(leaf, root);
        [from, hint] = [root, undefined];
        continue;
      }
      const before = this.#solutions.at(-1)?.answer;
      this.#solutions.push(leaf);
      if (before !== undefined && equivalent(before, leaf.answer))
        return this.#decide(leaf, "the same answer in two rounds");

      const objection = await askCritic(this.#think, this.#question, this.#trajectory, leaf);
      if (objection === undefined) return this.#decide(leaf, `the critic agreed in round ${round}`);
      if (round === rounds) break;
      [from, hint] = this.#revise(leaf, objection);
    }
    if (this.#solutions.length === 0 && failed !== undefined) throw failed;
    await this.#judge();
  }

  /** Goes back to where the critic objects; returns that node and what the policy is told there. */
  #revise(leaf: TreeNode, { step, reason }: Objection): [TreeNode, string | undefined] {
    const path = pathTo(leaf);
    const wrong = step === undefined ? 0 : path.indexOf(step);
    const from = path[wrong]?.parent ?? this.#trajectory.root;
    this.#trajectory.backtrack(leaf, from);
    if (reason === undefined) return [from, undefined];
    const steps = path.slice(wrong).flatMap(({ text }) => (text === "" ? [] : text));
    const attempt = [...steps, `Answer: ${leaf.answer}`].join("\n");
    return [from, this.#think.prompts("debate-objection", { attempt, reason })];
  }

  async #judge(): Promise<void> {
    const candidates: TreeNode[] = [];
    for (const leaf of this.#solutions) {
      const known = candidates.findIndex((other) => equivalent(other.answer ?? "", leaf.answer ?? ""));
      if (known === -1) candidates.push(leaf);
      else candidates[known] = leaf;
    }
    if (candidates.length < 2) return;
    const best = await askJudge(this.#think, this.#question, this.#trajectory, candidates);
    if (best !== undefined) this.#decide(best, `the judge's choice of ${candidates.length} answers`);
  }

  #decide(leaf: TreeNode, reason: string): void {
    this.#decision = { leaf, reason };
  }

  #ordinalAt(node: TreeNode): number {
    const ordinal = this.#asked.get(node.id) ?? 0;
    this.#asked.set(node.id, ordinal + 1);
    return ordinal;
  }
}
