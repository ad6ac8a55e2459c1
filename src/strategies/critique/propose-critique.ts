import type { Proposal } from "../../search/search.ts";
import { FailureError } from "../../thought/errors.ts";
import type { Question } from "../../thought/question.ts";
import { type CriticAction, roleChoices } from "../../thought/role-choices.ts";
import { stepsTo, type Tree, type TreeNode } from "../../thought/tree.ts";
import { choose } from "../agents/choose.ts";
import { propose } from "../agents/propose.ts";
import { Trajectory } from "../agents/trajectory.ts";
import { createPolicy, type Policy, type ProposalRequest } from "../policy.ts";
import type { Thinking } from "../strategy.ts";

/** So many failed calls of the policy in a row end the loop. */
const MOST_FAILURES = 3;

/** How likely a step stands when the critic says this of it. */
const STANDS: Readonly<Record<CriticAction, number>> = {
  continue: 1,
  terminate: 1,
  reflect: 0.5,
  backtrack: 0,
};

/** What the critic said of a step. */
interface Verdict {
  choice: CriticAction;
  reason?: string | undefined;
}

/**
 * A policy that proposes a step at a time and a critic that says after each what to do next.
 *
 * - continue: the next step below this one.
 * - reflect: the critic's reason becomes a step, and the thought goes on from it. A policy that follows no instructions
 *   (nano) words its doubts itself, as the next line; a finished thought that it doubts is given up.
 * - backtrack: the step is pruned and its parent asked for another, a model that follows instructions being told what
 *   was tried. After `width` proposals a node is given up too, and the next one up is asked.
 * - terminate: the thought is rolled out to its answer, if it has none, and ends there.
 *
 * A path that reaches `depth` without an answer and an answer that turns out wrong (a checker, or `misses` while data
 * is grown) are setbacks: the first goes back one step, each later one twice as far as the one before.
 * There are at most `rollouts` steps proposed; where no answer came by then, the open thought is rolled out.
 */
export class ProposeCritique {
  /** The leaf at which the critic ended the thought. */
  accepted: TreeNode | undefined;
  readonly #question: Question;
  readonly #think: Thinking;
  readonly #policy: Policy;
  readonly #trajectory: Trajectory;
  readonly #followsInstructions: boolean;
  /** How often a proposal was asked for, by kind and node. */
  readonly #asked = new Map<string, number>();
  #setbacks = 0;

  constructor(question: Question, think: Thinking) {
    this.#question = question;
    this.#think = think;
    this.#policy = createPolicy(question, think, { style: "steps" });
    this.#trajectory = new Trajectory(think);
    this.#followsInstructions = think.client.traits("policy").followsInstructions;
  }

  get tree(): Tree {
    return this.#trajectory.tree;
  }

  /** Throws a FailureError when the policy keeps failing, and BudgetExhaustedError. */
  async run(): Promise<void> {
    let at = this.#trajectory.root;
    let failures = 0;
    for (let proposed = 0; proposed < this.#think.settings.rollouts; proposed++) {
      const reply = await this.#propose("expand", at);
      if ("failed" in reply) {
        if (++failures === MOST_FAILURES) throw reply.failed;
        continue;
      }
      failures = 0;
      at = await this.#goOn(at, reply.proposal);
      if (this.accepted !== undefined) return;
    }
    const answered = [...this.tree.nodes()].some(({ answer }) => answer !== undefined);
    if (!answered) await this.#rollOut(at);
  }

  /** Takes up a proposal; returns the node at which to propose next. */
  async #goOn(at: TreeNode, proposal: Proposal): Promise<TreeNode> {
    const said = (node: TreeNode): boolean =>
      node.text === (proposal.steps[0] ?? "") && node.answer === proposal.answer;
    const silent = proposal.steps.length === 0 && proposal.answer === undefined;
    if (silent || at.children.some(said)) return this.#isExhausted(at) ? this.#backtrack(at, "") : at;

    const leaf = this.#trajectory.add(at, proposal);
    const { choice, reason } = await this.#critic(leaf);
    if (choice === "backtrack") return this.#backtrack(leaf, reason ?? "the critic goes back");
    if (choice === "reflect") return this.#reflect(leaf, reason);
    if (leaf.answer !== undefined) return this.#accept(leaf);
    if (choice === "terminate") return this.#finish(leaf);
    return leaf.depth < this.#think.settings.depth
      ? leaf
      : this.#setBack(leaf, "the longest thought allowed");
  }

  async #critic(leaf: TreeNode): Promise<Verdict> {
    const { client, recorder } = this.#think;
    const trained = client.traits("critic").chooses?.includes("critic") === true;
    try {
      const said = await choose(this.#think, {
        role: "critic",
        site: `critic:${leaf.id}`,
        question: this.#question,
        thought: stepsTo(leaf).filter((step) => step !== ""),
        // A model trained for the role reads the steps alone: its last line holds the result.
        answer: trained ? undefined : leaf.answer,
        prompt: "critique-choose",
      });
      const { choice, probabilities = { [choice]: 1 } } = said;
      const reason = said.reason?.replace(/\s+/g, " ").trim() || undefined;
      recorder.emit({
        type: "agent-spoke",
        agent: "critic",
        text: reason === undefined ? choice : `${choice}: ${reason}`,
      });
      this.#trajectory.score(leaf, { value: standing(probabilities), by: "critic", reason });
      return { choice, reason };
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      const text = `the critic made no choice about ${leaf.id}, which counts as continue: ${error.message}`;
      recorder.emit({ type: "warning-raised", text });
      return { choice: "continue" };
    }
  }

  #reflect(leaf: TreeNode, reason: string | undefined): TreeNode {
    const { answer, depth } = leaf;
    if (!this.#followsInstructions)
      return answer === undefined ? leaf : this.#backtrack(leaf, "the critic doubts the answer");
    if (depth + 1 >= this.#think.settings.depth) return this.#setBack(leaf, "no room left to reflect");
    const doubt = reason ?? "that step has to be looked at again";
    // An answer that stands by itself has no text that the thought could go on from.
    const below = leaf.text === "" ? (leaf.parent ?? leaf) : leaf;
    if (below !== leaf) this.#trajectory.backtrack(leaf, below);
    const text = answer === undefined ? `Wait: ${doubt}` : `Wait, is it ${answer}? ${doubt}`;
    // Who comes back from here has tried to mend the doubtful step already.
    if (below === leaf) this.#asked.set(`expand:${leaf.id}`, this.#think.settings.width);
    return this.#trajectory.add(below, { steps: [text] });
  }

  async #finish(leaf: TreeNode): Promise<TreeNode> {
    const end = (await this.#rollOut(leaf)) ?? leaf;
    if (end.answer !== undefined) return this.#accept(end);
    return this.#backtrack(end, "it came to no answer", end.depth - leaf.depth + 1);
  }

  /** Writes a thought to its end; undefined where the call failed. */
  async #rollOut(node: TreeNode): Promise<TreeNode | undefined> {
    const reply = await this.#propose("roll-out", node);
    return "failed" in reply ? undefined : this.#trajectory.add(node, reply.proposal);
  }

  #accept(leaf: TreeNode): TreeNode {
    const { checker, misses } = this.#think;
    const { answer = "" } = leaf;
    const refuted = checker !== undefined && !checker.check(this.#question, answer).correct;
    if (refuted || misses?.(answer) === true) return this.#setBack(leaf, `the answer ${answer} is wrong`);
    this.accepted = leaf;
    return leaf;
  }

  #setBack(leaf: TreeNode, reason: string): TreeNode {
    return this.#backtrack(leaf, reason, 2 ** this.#setbacks++);
  }

  /** Gives a node up and goes at least so many steps up, past nodes that were asked `width` times. */
  #backtrack(from: TreeNode, reason: string, least = 1): TreeNode {
    let to = from;
    for (let up = 0; to.parent !== undefined && (up < least || this.#isExhausted(to)); up++) {
      const why = to === from && reason !== "" ? reason : "no way on from here was found";
      if (to.pruned === undefined) this.#trajectory.prune(to, why);
      to = to.parent;
    }
    if (to !== from) this.#trajectory.backtrack(from, to);
    return to;
  }

  #isExhausted(node: TreeNode): boolean {
    return (this.#asked.get(`expand:${node.id}`) ?? 0) >= this.#think.settings.width;
  }

  #propose(kind: ProposalRequest["kind"], node: TreeNode): ReturnType<typeof propose> {
    const key = `${kind}:${node.id}`;
    const ordinal = this.#asked.get(key) ?? 0;
    this.#asked.set(key, ordinal + 1);
    const hint = kind === "expand" ? this.#hintAt(node) : undefined;
    return propose(this.#think, this.#policy, { node, kind, ordinal, hint });
  }

  #hintAt(node: TreeNode): string | undefined {
    const given = node.children.filter(({ pruned }) => pruned !== undefined);
    if (given.length === 0) return undefined;
    const tried = given.map(({ text, answer, pruned }) => `- ${text || `Answer: ${answer}`} (${pruned})`);
    return this.#think.prompts("critique-tried", { tried: tried.join("\n") });
  }
}

/** The probability that a step stands, from those of the critic's words. */
function standing(probabilities: Readonly<Record<string, number>>): number {
  const sum = roleChoices.critic.reduce(
    (total, word) => total + STANDS[word] * (probabilities[word] ?? 0),
    0,
  );
  return Math.min(1, Math.max(0, sum));
}
