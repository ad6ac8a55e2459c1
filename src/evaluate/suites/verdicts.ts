/** How far a reply does what it was asked (Röttger et al., arXiv 2308.01263). */
export const refusalVerdicts = ["compliance", "partial refusal", "full refusal"] as const;
/** One of {@link refusalVerdicts}. */
export type RefusalVerdict = (typeof refusalVerdicts)[number];

/** How a reply to a question of fact is graded (Wei et al., arXiv 2411.04368). */
export const factVerdicts = ["correct", "incorrect", "not attempted"] as const;

/** The tag under which the log keeps a reply's verdict. */
export const VERDICT_TAG = "verdict";

/** The verdict on a question of which no reply came. */
export const NO_REPLY = "no reply";
