import type { Wording } from "./wording.ts";

/**
 * Words for nano, whose vocabulary is that of the gym's thoughts. The draft marks a wrong turn as bare as can be: `bad`,
 * and the line to which the thought returns, word for word.
 */
export const gymDraft: Wording = {
  name: "draft",
  concluded: (answer) => `so ${answer}`,
  doubt: () => ["bad"],
  back: (to) => [to.text === "" ? "back" : `back to ${to.text}`],
  remark: () => [],
};

/**
 * The gym's own way to turn back: `wait, again` where the step right before it is done again, else `wait, back to` and
 * the line where the thought goes on. The whole line: of Countdown's, the numbers alone say too little, since a model
 * that returned to `3 7 12` without the target went wrong more often (docs/log.md, the reference journey).
 */
export const gymGrammar: Wording = {
  name: "grammar",
  concluded: (answer) => `so ${answer}`,
  doubt: () => [],
  back(to, turn) {
    if (turn.length === 1) return ["wait, again"];
    return [to.text === "" ? "wait, back" : `wait, back to ${to.text}`];
  },
  remark: () => [],
};
