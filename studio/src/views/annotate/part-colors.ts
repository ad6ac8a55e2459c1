import type { DraftPart } from "./thought-draft.ts";

/** The colour at the side of a part, by what it does. */
export const partColors: Readonly<Record<DraftPart["kind"], string>> = {
  step: "var(--line-strong)",
  trial: "var(--accent)",
  reflection: "var(--caution)",
  correction: "var(--right)",
  association: "var(--reward-middle)",
  "common-sense": "var(--faint)",
  conclusion: "var(--ink)",
};
