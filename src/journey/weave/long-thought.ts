import type { Random } from "../../thought/random.ts";
import type { TreeNode } from "../../thought/tree.ts";
import type { ThoughtLine } from "../dataset.ts";
import type { GradedThought } from "../read-trees.ts";
import { mergeTree } from "./merged-tree.ts";
import { chooseShortcuts, type ShortcutChoice, stepsOf } from "./shortcut.ts";
import { tracedStrategies, traceOf } from "./trace.ts";
import { type Beat, type WalkOptions, walkTree } from "./walk.ts";

/** What one long thought is made of, and the shortcut to which it belongs. */
export interface Journey {
  /** The same in every arm. */
  id: string;
  question: string;
  answer: string;
  /** The steps of the way to the answer. */
  steps: string[];
  beats: Beat[];
  source: ThoughtLine["source"];
}

/** How journeys are made of a graded thought. */
export interface JourneyOptions extends WalkOptions {
  /** Which shortcuts of a tree. Default `shortest`. */
  shortcuts?: ShortcutChoice | undefined;
}

/**
 * The journeys of one graded thought: of a search one for each chosen shortcut, walked depth first; of a dialogue with a
 * critic, of a debate or a plan what really happened. A fault says why there is none.
 */
export function journeysOf(
  graded: GradedThought,
  random: Random,
  { shortcuts = "shortest", ...walking }: JourneyOptions = {},
): Journey[] | { fault: string } {
  const { thought } = graded;
  if (tracedStrategies.has(thought.strategy ?? "")) return tracedJourney(graded);
  const tree = mergeTree(thought.tree);
  const paths = chooseShortcuts(tree, shortcuts).filter((path) => stepsOf(path).length > 0);
  if (paths.length === 0) return { fault: "no leaf with steps is right" };
  return paths.map((path, index) =>
    journey(graded, index, path, walkTree(tree, path, random.fork(index), walking)),
  );
}

function tracedJourney(graded: GradedThought): Journey[] | { fault: string } {
  const { thought } = graded;
  if (thought.correct !== true) return { fault: "its answer is not right" };
  const beats = traceOf(thought);
  const path = beats?.flatMap((beat) => (beat.kind === "step" && beat.right ? beat.node : [])) ?? [];
  if (beats === undefined || stepsOf(path).length === 0)
    return { fault: "its thought does not end at its answer" };
  return [journey(graded, 0, path, beats)];
}

function journey(graded: GradedThought, index: number, path: readonly TreeNode[], beats: Beat[]): Journey {
  const { id, run, question, problem, thought } = graded;
  return {
    id: `${id}/${index}`,
    question: question.text,
    answer: path.at(-1)?.answer ?? thought.answer ?? "",
    steps: stepsOf(path),
    beats,
    source: { run, question: question.id, problem: problem.problem, family: problem.family },
  };
}

/** The line of a data set that a journey's shortcut makes. */
export function shortcutLine({ id, question, answer, steps, source }: Journey): ThoughtLine {
  const lines = steps.map(() => "step" as const);
  return {
    id,
    question,
    thought: steps,
    answer,
    kind: "shortcut",
    source,
    lines,
    wrongTurns: 0,
    wording: "none",
  };
}
