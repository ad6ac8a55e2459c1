import type { Reward, Scored, Scoring } from "../../rewards/reward.ts";
import { ScoreFailure } from "../../rewards/reward.ts";
import { type StepLabel, scoreOfLabels } from "../../rewards/step-labels.ts";
import { FailureError, InputError } from "../../thought/errors.ts";
import type { Question } from "../../thought/question.ts";
import { pathTo, type TreeNode } from "../../thought/tree.ts";
import type { Thinking } from "../strategy.ts";
import { chosenLabels } from "./chosen-labels.ts";
import { writtenLabels } from "./written-labels.ts";

/** A step of a thought, or its answer, that a judge labels. */
export interface JudgedPart {
  /** The node's id; the answer's has a word behind it. */
  id: string;
  /** What is judged, and the steps before it. */
  text: string;
  steps: readonly string[];
  /** The answer, where that is what is judged. */
  answer?: string | undefined;
}

/** Parts of one thought of which some are to be labelled. */
export interface Judging {
  question: Question;
  node: TreeNode;
  parts: readonly JudgedPart[];
  /** Those without a label, at least one. */
  open: readonly JudgedPart[];
}

/** The labels of the open parts, in their order, and the settling of the calls that brought them. */
export interface Judged {
  labels: readonly StepLabel[];
  settle(): void;
}

/** Asks for labels. Rejects as a reward's `score` does. */
export type Judge = (judging: Judging, scoring: Scoring) => Promise<Judged>;

/**
 * A model in the role `judge` as a process reward: it labels each step of a thought as good or bad (Lightman et al.,
 * arXiv 2305.20050, there a trained model; Zheng et al., arXiv 2306.05685, for judging by prompt). A thought's score is the
 * probability that it is right up to there: that of its worst step, or what `settings.aggregate` makes of all steps.
 *
 * A step is judged once: what is known of the steps before it is kept. A model that gives a role's choices as
 * probabilities (nano) is asked for each step; any other labels all steps without a label in one call, with reasons.
 */
export function judgeReward(think: Thinking): Reward {
  const { name, chooses, followsInstructions } = think.client.traits("judge");
  const judge = chooses?.includes("judge") ? chosenLabels(think) : writtenLabels(think);
  if (!chooses?.includes("judge") && !followsInstructions) {
    throw new InputError(`${name} cannot judge; name another model with --role judge=PROVIDER/MODEL`);
  }
  const { aggregate } = think.settings;
  const aggregation = aggregate === "auto" ? "min" : aggregate;
  /** Labels of scores that were taken up, so that what is asked next does not depend on what arrived first. */
  const known = new Map<string, StepLabel>();

  return {
    name: "judge",
    aggregate: aggregation === "min" ? "min" : undefined,
    folds: true,
    async score(question, node, scoring = {}): Promise<Scored> {
      const parts = partsOf(node);
      const open = parts.filter(({ id }) => !known.has(id));
      if (open.length === 0) return { ...scoreOfLabels(labelsOf(parts, known), aggregation), by: "judge" };
      const { labels, settle } = await judge({ question, node, parts, open }, scoring);
      const fresh = new Map(labels.map((label, index) => [open[index]?.id ?? "", label]));
      if (fresh.size !== open.length) {
        throw new ScoreFailure(new FailureError("the judge left steps without a label"), settle);
      }
      return {
        ...scoreOfLabels(labelsOf(parts, new Map([...known, ...fresh])), aggregation),
        by: "judge",
        settle,
        learn() {
          for (const [id, label] of fresh) known.set(id, label);
        },
      };
    },
  };
}

/** What there is to judge along a thought: its steps, and its answer where it has one. */
function partsOf(node: TreeNode): JudgedPart[] {
  const parts: JudgedPart[] = [];
  const steps: string[] = [];
  for (const { id, text } of pathTo(node)) {
    if (text === "") continue;
    steps.push(text);
    parts.push({ id, text, steps: [...steps] });
  }
  const { answer } = node;
  if (answer !== undefined) parts.push({ id: `${node.id}:answer`, text: `Answer: ${answer}`, steps, answer });
  return parts;
}

function labelsOf(parts: readonly JudgedPart[], known: ReadonlyMap<string, StepLabel>): StepLabel[] {
  return parts.flatMap(({ id }) => known.get(id) ?? []);
}
