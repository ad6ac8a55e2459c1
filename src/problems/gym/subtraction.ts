import { compareInColumns, padded, subtractInColumns } from "./columns.ts";
import { drawNumber } from "./draw-number.ts";
import type { Family } from "./family.ts";
import { gradeNumber } from "./grade-number.ts";
import { withSeldomSlip } from "./slip.ts";
import { templates } from "./templates.ts";

/** `left - right`, both from 0 to 9999; in about one instance of ten the difference is below zero. */
export interface SubtractionInstance {
  left: number;
  right: number;
}

/** First which one is larger, digit by digit from the left; then larger minus smaller, in columns; then the sign. */
function shortcut({ left, right }: SubtractionInstance): string[] {
  const comparison = [
    `${left} - ${right}`,
    `${padded(left, 4)} and ${padded(right, 4)}`,
    ...compareInColumns(left, right, 4),
  ];
  if (left === right) return [...comparison, "equal, so 0"];
  const { lines, result } = subtractInColumns(Math.max(left, right), Math.min(left, right), 4);
  const sign = left < right ? [`below zero, so -${result}`] : [];
  return [...comparison, left < right ? "below zero, turn around" : "above zero", ...lines, ...sign];
}

/** The difference of two numbers of up to four digits, column by column from the right. */
export const subtraction: Family<SubtractionInstance> = {
  name: "subtraction",
  description: "Subtract numbers of up to four digits: What is 586 - 347?",
  sample(random, difficulty) {
    const numbers = [drawNumber(random, difficulty), drawNumber(random, difficulty)];
    const [larger, smaller] = [Math.max(...numbers), Math.min(...numbers)];
    return random.chance(0.1) ? { left: smaller, right: larger } : { left: larger, right: smaller };
  },
  keys: ({ left, right }) => [`${Math.max(left, right)}-${Math.min(left, right)}`],
  phrasings: templates<SubtractionInstance>({
    prefix: "",
    slots: ({ left, right }, random) => ({
      left: String(left),
      right: String(right),
      minus: random.chance(0.7) ? " - " : "-",
    }),
    trained: [
      "What is {left}{minus}{right}?",
      "What is {left} minus {right}?",
      "Calculate {left}{minus}{right}.",
      "{left}{minus}{right}",
      "{left}{minus}{right} = ?",
      "{left} minus {right}",
      "What's {left} minus {right}?",
      "Take {right} from {left}.",
      "Subtract {right} from {left}.",
      "How much is {left}{minus}{right}?",
      "Find {left} minus {right}.",
      "Compute {left}{minus}{right}.",
      "What do you get if you take {right} from {left}?",
      "Work out {left} minus {right}.",
      "What is the difference {left}{minus}{right}?",
      "What is left if you subtract {right} from {left}?",
    ],
    heldOut: [
      "How much is {left} minus {right}?",
      "Tell me the difference {left}{minus}{right}.",
      "What do you get if you subtract {right} from {left}?",
      "Find the difference: {left} minus {right}.",
    ],
  }),
  gold: ({ left, right }) => String(left - right),
  grade: gradeNumber,
  shortcut,
  trace: (instance, random) => withSeldomSlip(shortcut(instance), random),
};
