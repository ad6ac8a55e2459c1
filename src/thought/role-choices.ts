/**
 * The words that a role answers with when it is asked to choose, the same for every model.
 *
 * - judge: is the last step (or the answer) right, and does it still lead to the answer?
 * - critic: what should a thinker do after the last step?
 * - router: how hard is the question?
 */
export const roleChoices = {
  judge: ["good", "bad"],
  critic: ["continue", "backtrack", "reflect", "terminate"],
  router: ["easy", "medium", "hard"],
} as const;

/** A role that chooses among words. */
export type ChoosingRole = keyof typeof roleChoices;

/** What a critic may say. */
export type CriticAction = (typeof roleChoices.critic)[number];

/** How hard a question is: `medium` wants several thoughts, `hard` a search. */
export type Hardness = (typeof roleChoices.router)[number];
