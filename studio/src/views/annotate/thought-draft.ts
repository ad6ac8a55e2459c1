import type { AnnotationRequest } from "sojourn/schemas/annotations-schema.ts";
import { pathTo, type Thought, type WalkMark } from "sojourn/thought";
import { reflects } from "../thought/reflection.ts";

/** A part of a thought that a person writes. */
export type DraftPart = (AnnotationRequest & { type: "thought-written" })["parts"][number];

/** A thought while it is written. */
export interface ThoughtDraft {
  /** Its name among the thoughts of its author. */
  thought: string;
  parts: readonly DraftPart[];
  answer: string;
}

/** What a part does in a thought, as the editor offers it. */
export const PART_KINDS: readonly { kind: DraftPart["kind"]; label: string; hint: string }[] = [
  { kind: "step", label: "Step", hint: "One step of the way." },
  { kind: "trial", label: "Trial", hint: "An attempt, right or wrong: what is tried and why." },
  { kind: "reflection", label: "Reflection", hint: "A look back: does this hold? What does it mean?" },
  { kind: "correction", label: "Correction", hint: "What was wrong, and what is right instead." },
  {
    kind: "association",
    label: "Association",
    hint: "What this reminds one of: a theorem, a case, a trick.",
  },
  { kind: "common-sense", label: "Common sense", hint: "What everybody knows and nobody says." },
  { kind: "conclusion", label: "Conclusion", hint: "What all of this comes to." },
];

/** An empty draft. */
export function emptyDraft(): ThoughtDraft {
  const name = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  return { thought: name, parts: [{ kind: "trial", text: "" }], answer: "" };
}

/**
 * A draft to begin from: what the model tried, in its order, with wrong turns as trials, what turns back as reflections,
 * and the steps of the chosen way as steps.
 */
export function draftOf(thought: Thought): ThoughtDraft {
  const leaf = thought.node === undefined ? undefined : thought.tree.find(thought.node);
  const chosen = new Set(leaf === undefined ? [] : pathTo(leaf).map(({ id }) => id));
  const parts = thought.walk.flatMap((mark: WalkMark): DraftPart[] => {
    if (mark.kind !== "step" || mark.text.trim() === "") return [];
    const kind = reflects(mark.text) ? "reflection" : chosen.has(mark.node) ? "step" : "trial";
    return [{ kind, text: mark.text }];
  });
  return { ...emptyDraft(), parts: parts.slice(0, MOST_PARTS), answer: thought.answer ?? "" };
}

/** A person writes no more; a longer thought is begun from its first part. */
const MOST_PARTS = 500;

/** The draft with the part at a place changed. */
export function withPart(draft: ThoughtDraft, place: number, changes: Partial<DraftPart>): ThoughtDraft {
  return { ...draft, parts: draft.parts.map((part, at) => (at === place ? { ...part, ...changes } : part)) };
}

/** The draft with an empty part behind a place. */
export function withPartBehind(draft: ThoughtDraft, place: number, kind: DraftPart["kind"]): ThoughtDraft {
  const parts = [...draft.parts];
  parts.splice(place + 1, 0, { kind, text: "" });
  return { ...draft, parts };
}

/** The draft with a part moved up (-1) or down (1), or taken out (0). */
export function withPartMoved(draft: ThoughtDraft, place: number, step: -1 | 0 | 1): ThoughtDraft {
  const parts = [...draft.parts];
  const [part] = parts.splice(place, 1);
  if (part !== undefined && step !== 0) parts.splice(Math.max(0, place + step), 0, part);
  return { ...draft, parts };
}

/** The draft with other lines: one that was there already keeps what it does, another is a reflection or a step. */
export function withLines(draft: ThoughtDraft, lines: readonly string[]): ThoughtDraft {
  const known = new Map(draft.parts.map(({ text, kind }) => [text.trim(), kind]));
  const parts = lines.map((text) => ({
    text,
    kind: known.get(text.trim()) ?? (reflects(text) ? ("reflection" as const) : ("step" as const)),
  }));
  return { ...draft, parts };
}

/** What of a draft is kept: parts that say something, and an answer. Undefined where there is nothing to keep yet. */
export function finishedDraft(draft: ThoughtDraft): ThoughtDraft | undefined {
  const parts = draft.parts.flatMap(({ kind, text }) =>
    text.trim() === "" ? [] : [{ kind, text: text.trim() }],
  );
  return parts.length === 0 || draft.answer.trim() === ""
    ? undefined
    : { ...draft, parts, answer: draft.answer.trim() };
}
