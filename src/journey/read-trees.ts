import { join } from "node:path";
import { scanLog } from "../runs/log.ts";
import { type RunManifest, readManifest } from "../runs/manifest.ts";
import { findRun, LOG_FILE, runsRoot } from "../runs/run-folder.ts";
import type { Event, EventOf } from "../thought/event.ts";
import { applyToThought, emptyThought, type Thought } from "../thought/fold-thought.ts";
import type { Question } from "../thought/question.ts";

/** One question of a run whose leaves are graded. */
export interface GradedThought {
  /** The question's, or another one where several runs have questions of one id. */
  id: string;
  run: string;
  question: Question;
  problem: EventOf<"problem-revealed">;
  /** Its tree, with every graded leaf, and how the thought went. */
  thought: Thought;
  /** Nodes at which a whole thought written on from their parent begins; no single steps. */
  completions: ReadonlySet<string>;
}

/** What a run holds for making data sets. */
export interface GradedRun {
  id: string;
  manifest: RunManifest;
  /** In the order in which the questions were begun, whatever was finished first. */
  thoughts: GradedThought[];
  /** Questions without a graded thought: not finished, failed, or of a run that grades nothing. */
  ungraded: number;
}

/**
 * Reads the graded thoughts of a run from its log.
 *
 * @param name an id, the beginning of one, or `latest`
 * @throws InputError for a name without a run
 */
export function readGradedRun(name: string, root: string = runsRoot()): GradedRun {
  const id = findRun(root, name);
  const folder = join(root, id);
  const manifest = readManifest(folder);
  const open = new Map<string, OpenThought>();
  const begun = new Map<string, GradedThought | undefined>();
  scanLog(join(folder, LOG_FILE), (event) => {
    if (event.question === undefined) return;
    const state = open.get(event.question) ?? { thought: emptyThought(), completions: new Set<string>() };
    open.set(event.question, state);
    if (!begun.has(event.question)) begun.set(event.question, undefined);
    apply(state, event);
    if (event.type !== "answer-graded" || event.node !== undefined) return;
    // The grade of the chosen answer is the last event of a question.
    open.delete(event.question);
    const { thought, completions } = state;
    const { question, problem } = thought;
    // An evaluation grades the chosen answer alone.
    const leaf = thought.node === undefined ? undefined : thought.tree.find(thought.node);
    if (leaf !== undefined) leaf.correct ??= thought.correct;
    if (question !== undefined && problem !== undefined)
      begun.set(question.id, { id: question.id, run: id, question, problem, thought, completions });
  });
  const thoughts = [...begun.values()].filter((thought) => thought !== undefined);
  return { id, manifest, thoughts, ungraded: begun.size - thoughts.length };
}

interface OpenThought {
  thought: Thought;
  completions: Set<string>;
}

function apply({ thought, completions }: OpenThought, event: Event): void {
  applyToThought(thought, event);
  if (event.type !== "tasks-asked") return;
  for (const { id, kind } of event.tasks) if (kind === "roll-out") completions.add(id);
}
