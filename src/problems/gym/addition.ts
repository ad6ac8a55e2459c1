import type { Random } from "../../thought/random.ts";
import { addInColumns } from "./columns.ts";
import { drawNumber } from "./draw-number.ts";
import type { Family } from "./family.ts";
import { gradeNumber } from "./grade-number.ts";
import { withSeldomSlip } from "./slip.ts";
import { templates } from "./templates.ts";

/** Two numbers from 0 to 9999 to be added. */
export interface AdditionInstance {
  left: number;
  right: number;
}

function shortcut({ left, right }: AdditionInstance): string[] {
  return [`${left} + ${right}`, ...addInColumns(left, right, 4).lines];
}

/** The sum of two numbers of up to four digits, column by column from the right. */
export const addition: Family<AdditionInstance> = {
  name: "addition",
  description: "Add two numbers of up to four digits: What is 347 + 586?",
  sample: (random, difficulty) => ({
    left: drawNumber(random, difficulty),
    right: drawNumber(random, difficulty),
  }),
  keys: ({ left, right }) => [`${Math.min(left, right)}+${Math.max(left, right)}`],
  phrasings: templates<AdditionInstance>({
    prefix: "",
    slots: ({ left, right }, random) => ({
      left: String(left),
      right: String(right),
      plus: random.chance(0.7) ? " + " : "+",
    }),
    trained: [
      "What is {left}{plus}{right}?",
      "What is {left} plus {right}?",
      "Calculate {left}{plus}{right}.",
      "{left}{plus}{right}",
      "{left}{plus}{right} = ?",
      "{left} plus {right}",
      "What's the sum of {left} and {right}?",
      "What is the sum of {left} and {right}?",
      "Add {left} and {right}.",
      "Add {right} to {left}.",
      "How much is {left}{plus}{right}?",
      "Find the sum of {left} and {right}.",
      "Compute {left}{plus}{right}.",
      "What do you get if you add {left} and {right}?",
      "Work out {left} plus {right}.",
      "I have {left} apples and get {right} more. How many apples do I have?",
    ],
    heldOut: [
      "How much is {left} plus {right}?",
      "Tell me the sum of {left} and {right}.",
      "Calculate the sum of {left} and {right}.",
      "What number do you get from {left}{plus}{right}?",
    ],
  }),
  gold: ({ left, right }) => String(left + right),
  grade: gradeNumber,
  shortcut,
  trace: (instance, random: Random) => withSeldomSlip(shortcut(instance), random),
};
