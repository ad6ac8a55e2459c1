import type { ThoughtLine } from "../dataset.ts";
import { journeyPrompt } from "../prompt.ts";
import { type WriteManyOptions, writeMany } from "../write-many.ts";
import type { WritingTask } from "../writing.ts";
import { readPassages } from "./kept-notes.ts";
import { type DraftedJourney, longThoughtLine } from "./weave.ts";

/** What a writer made of drafts: a line for each, in their order. */
export interface RefinedDrafts {
  lines: ThoughtLine[];
  /** Drafts that stay as they were, by reason. */
  fallbacks: Record<string, number>;
}

/**
 * Has a writer make drafts coherent (O1 Journey, part 1: raw drafts trained badly, refined ones well). Its work counts
 * only where it kept every step, doubt and return in order; a draft of which every attempt lost something, or whose
 * writer could not be reached, stays a draft and is counted.
 */
export async function refineDrafts(
  drafted: readonly DraftedJourney[],
  options: WriteManyOptions,
): Promise<RefinedDrafts> {
  const tasks = new Map(drafted.map((one) => [one.journey.id, taskOf(one)]));
  const { texts, faults } = await writeMany("refine", tasks, options);
  const model = options.request.roles.writer ?? options.request.model;
  const lines = drafted.map(({ journey, draft }) => {
    const said = texts.get(journey.id);
    const refined = draft.lines.map(({ kind, text }, index) => ({ kind, text: said?.[index] ?? text }));
    const words = { lines: refined, wrongTurns: draft.wrongTurns };
    return longThoughtLine(journey, "journey-refined", words, said === undefined ? "draft" : model);
  });
  return { lines, fallbacks: faults };
}

function taskOf({ journey, draft }: DraftedJourney): WritingTask {
  const notes = draft.lines.map(({ text }, index) => `[${index + 1}] ${text}`).join("\n");
  return {
    system: journeyPrompt("refine"),
    content: journeyPrompt("refine-notes", { question: journey.question, notes }),
    read(text) {
      const read = readPassages(text, draft.lines);
      return "fault" in read ? read : { lines: read.passages };
    },
  };
}
