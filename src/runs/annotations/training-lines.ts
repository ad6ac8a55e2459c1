import type { Thought } from "../../thought/fold-thought.ts";
import { pathTo, type TreeNode } from "../../thought/tree.ts";
import type { Annotation, ThoughtPart } from "./annotation.ts";

type Labels = ReadonlyMap<string, -1 | 0 | 1>;

/** One line of step labels in the form of PRM800K (Lightman et al., arXiv 2305.20050). */
export interface Prm800kLine {
  labeler: string;
  /** ISO 8601, UTC: when the last of the labels was given. */
  timestamp: string;
  question: { problem: string; ground_truth_answer?: string };
  label: {
    steps: {
      completions: [{ text: string; rating: -1 | 0 | 1 | null; flagged: boolean }];
      human_completion: null;
      chosen_completion: 0;
    }[];
    /** `found_error` where a step is wrong, `solution` where the last one holds an answer. */
    finish_reason: "found_error" | "solution" | "give_up";
  };
}

/** One thought as a person wrote it, as `sojourn augment` reads it. */
export interface HumanThoughtLine {
  id: string;
  question: string;
  answer: string;
  author: string;
  /** ISO 8601, UTC. */
  writtenAt: string;
  thought: readonly ThoughtPart[];
}

/** One line of a long thought in the columns of GAIR's o1-journey data set. */
export interface LongThoughtLine {
  question: string;
  answer: string;
  /** Ends with `#### answer`. */
  longCOT: string;
}

/**
 * Step labels as lines for training a process reward model: for each author one line a labelled path, from the tree's
 * first step down to a labelled step below which the author labelled no other. A step without a label has the rating
 * null, as in PRM800K. Labels of steps that the tree does not have are left out.
 *
 * @param annotations those that stand; of any questions
 * @param thoughts the run's thoughts by question
 */
export function prm800kLines(
  annotations: readonly Annotation[],
  thoughts: ReadonlyMap<string, Thought>,
): Prm800kLine[] {
  const lines: Prm800kLine[] = [];
  for (const { question, author, labels, at } of labelsByAuthor(annotations)) {
    const thought = thoughts.get(question);
    if (thought?.question === undefined) continue;
    const gold = thought.problem?.gold;
    for (const path of labelledPaths(thought, labels)) {
      lines.push({
        labeler: author,
        timestamp: new Date(at).toISOString(),
        question: {
          problem: thought.question.text,
          ...(gold === undefined ? {} : { ground_truth_answer: gold }),
        },
        label: {
          steps: path.map(({ id, text }) => ({
            completions: [{ text, rating: labels.get(id) ?? null, flagged: false }],
            human_completion: null,
            chosen_completion: 0,
          })),
          finish_reason: finishReason(path, labels),
        },
      });
    }
  }
  return lines;
}

/** Thoughts that people wrote, as lines for training on long thoughts; oldest first. */
export function longThoughtLines(
  annotations: readonly Annotation[],
  thoughts: ReadonlyMap<string, Thought>,
): LongThoughtLine[] {
  return humanThoughtLines(annotations, thoughts).map(({ question, answer, thought }) => ({
    question,
    answer,
    longCOT: [...thought.map(({ text }) => text), `#### ${answer}`].join("\n"),
  }));
}

/** Thoughts that people wrote, part by part with what each part does, for `sojourn augment`; oldest first. */
export function humanThoughtLines(
  annotations: readonly Annotation[],
  thoughts: ReadonlyMap<string, Thought>,
): HumanThoughtLine[] {
  return annotations.flatMap((annotation) => {
    if (annotation.type !== "thought-written") return [];
    const { author, at, thought, parts, answer } = annotation;
    const question = thoughts.get(annotation.question)?.question;
    if (question === undefined) return [];
    const id = `${annotation.question}/${author}/${thought}`;
    const writtenAt = new Date(at).toISOString();
    return [{ id, question: question.text, answer, author, writtenAt, thought: parts }];
  });
}

function labelsByAuthor(annotations: readonly Annotation[]) {
  const found = new Map<
    string,
    { question: string; author: string; labels: Map<string, -1 | 0 | 1>; at: number }
  >();
  for (const annotation of annotations) {
    if (annotation.type !== "step-labelled" || annotation.label === null) continue;
    const { question, author, at, node, label } = annotation;
    const key = JSON.stringify([question, author]);
    const known = found.get(key) ?? { question, author, labels: new Map(), at };
    known.labels.set(node, label);
    known.at = Math.max(known.at, at);
    found.set(key, known);
  }
  return found.values();
}

/** Paths to labelled steps, without those that are the beginning of another; in the tree's order. */
function labelledPaths({ tree }: Thought, labels: Labels): TreeNode[][] {
  const above = new Set<TreeNode>();
  const labelled = [...labels.keys()].flatMap((id) => tree.find(id) ?? []);
  for (const node of labelled) {
    for (let at = node.parent; at !== undefined && !above.has(at); at = at.parent) above.add(at);
  }
  const ends = new Set(labelled.filter((node) => !above.has(node) && node.parent !== undefined));
  return [...tree.nodes()].filter((node) => ends.has(node)).map(pathTo);
}

function finishReason(path: readonly TreeNode[], labels: Labels): Prm800kLine["label"]["finish_reason"] {
  if (path.some(({ id }) => labels.get(id) === -1)) return "found_error";
  return path.at(-1)?.answer === undefined ? "give_up" : "solution";
}
