import { z } from "zod";
import type { ThoughtDraft } from "./thought-draft.ts";

const PREFIX = "sojourn.draft.";

const draftSchema = z.object({
  thought: z.string(),
  parts: z.array(
    z.object({
      kind: z.enum([
        "step",
        "trial",
        "reflection",
        "correction",
        "association",
        "common-sense",
        "conclusion",
      ]),
      text: z.string(),
    }),
  ),
  answer: z.string(),
});

/** The draft about a question that was not saved yet, where this browser has one. */
export function keptDraft(place: string): ThoughtDraft | undefined {
  try {
    return draftSchema.parse(JSON.parse(localStorage.getItem(PREFIX + place) ?? ""));
  } catch {
    return undefined;
  }
}

/** Keeps a draft in this browser; one that says nothing is forgotten. */
export function keepDraft(place: string, draft: ThoughtDraft): void {
  try {
    const empty = draft.answer === "" && draft.parts.every(({ text }) => text === "");
    if (empty) localStorage.removeItem(PREFIX + place);
    else localStorage.setItem(PREFIX + place, JSON.stringify(draft));
  } catch {
    // It then holds until the page is closed.
  }
}
