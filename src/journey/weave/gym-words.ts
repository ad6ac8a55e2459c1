import { pathTo, type TreeNode } from "../../thought/tree.ts";
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
 * The grammar of the gym's own thoughts: `wait, back to 3 7 12` where numbers are left to go on with (Countdown), `wait,
 * again` where the step right before it is done again, else `wait, back to` the line where the thought goes on.
 */
export const gymGrammar: Wording = {
  name: "grammar",
  concluded: (answer) => `so ${answer}`,
  doubt: () => [],
  back(to, turn) {
    const numbers = numbersLeft(to);
    if (numbers !== undefined) return [`wait, back to ${numbers}`];
    if (turn.length === 1) return ["wait, again"];
    return [to.text === "" ? "wait, back" : `wait, back to ${to.text}`];
  },
  remark: () => [],
};

/** The numbers that a Countdown thought has left at a node: what its last move left, or those of the question. */
function numbersLeft(node: TreeNode): string | undefined {
  for (const { text } of pathTo(node).reverse()) {
    const numbers = /(?:, left|^make \d+ from) (\d+(?: \d+)*)$/.exec(text)?.[1];
    if (numbers !== undefined) return numbers;
  }
  return undefined;
}
