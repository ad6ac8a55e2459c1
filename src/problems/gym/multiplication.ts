import type { Random } from "../../thought/random.ts";
import { addInColumns, multiplyByDigit, padded } from "./columns.ts";
import type { Family, Phrasing } from "./family.ts";
import { gradeNumber } from "./grade-number.ts";
import { withSeldomSlip } from "./slip.ts";
import { templates } from "./templates.ts";

/** Two numbers to be multiplied, in the order in which they are asked. */
export interface MultiplicationInstance {
  left: number;
  right: number;
}

const phrasings: readonly Phrasing<MultiplicationInstance>[] = templates<MultiplicationInstance>({
  prefix: "",
  slots: ({ left, right }, random) => ({
    left: String(left),
    right: String(right),
    times: random.chance(0.7) ? " * " : random.pick(["*", " x ", " × "]),
  }),
  trained: [
    "What is {left}{times}{right}?",
    "What is {left} times {right}?",
    "Calculate {left}{times}{right}.",
    "Calculate {left} times {right}.",
    "{left}{times}{right}",
    "{left}{times}{right} = ?",
    "{left} times {right}",
    "What's the product of {left} and {right}?",
    "What is the product of {left} and {right}?",
    "Multiply {left} by {right}.",
    "Multiply {left} and {right}.",
    "How much is {left}{times}{right}?",
    "Find the product of {left} and {right}.",
    "Compute {left}{times}{right}.",
    "What do you get if you multiply {left} by {right}?",
    "Work out {left} times {right}.",
  ],
  heldOut: [
    "How much is {left} times {right}?",
    "Tell me the product of {left} and {right}.",
    "Calculate the product of {left} and {right}.",
    "What number do you get if you multiply {left} and {right}?",
  ],
});

const shared: Pick<Family<MultiplicationInstance>, "keys" | "phrasings" | "gold" | "grade"> = {
  keys: ({ left, right }) => [`${Math.min(left, right)}*${Math.max(left, right)}`],
  phrasings,
  gold: ({ left, right }) => String(left * right),
  grade: gradeNumber,
};

function eitherOrder(random: Random, left: number, right: number): MultiplicationInstance {
  return random.chance(0.5) ? { left, right } : { left: right, right: left };
}

function byDigit({ left, right }: MultiplicationInstance): string[] {
  const worked = multiplyByDigit(Math.max(left, right), Math.min(left, right));
  return [`${left} * ${right}`, ...worked.lines];
}

/** A number of one or two digits times one digit. */
export const multiplicationByDigit: Family<MultiplicationInstance> = {
  ...shared,
  name: "multiplication-by-digit",
  description: "Multiply a number of up to two digits by one digit: What is 47 times 6?",
  sample(random, difficulty) {
    const short = random.chance(difficulty < 0.3 ? 0.6 : 0.25);
    return eitherOrder(random, short ? random.integer(0, 9) : random.integer(10, 99), random.integer(0, 9));
  },
  shortcut: byDigit,
  trace: (instance, random) => withSeldomSlip(byDigit(instance), random),
};

/** Both partial products by one digit, the second with a zero behind, then their sum in columns. */
function twoDigit({ left, right }: MultiplicationInstance): string[] {
  const [tens, ones] = [Math.floor(right / 10), right % 10];
  const low = multiplyByDigit(left, ones);
  const high = multiplyByDigit(left, tens);
  const shifted = high.result * 10;
  return [
    `${left} * ${right}`,
    ...low.lines,
    ...high.lines,
    `${padded(high.result, 3)} * 10 = ${padded(shifted, 4)}`,
    ...addInColumns(low.result, shifted, 4).lines,
  ];
}

/** A number of two digits times another. */
export const multiplicationTwoDigit: Family<MultiplicationInstance> = {
  ...shared,
  name: "multiplication-two-digit",
  description: "Multiply two numbers of two digits: What is 47 times 36?",
  sample: (random, difficulty) => {
    const most = difficulty < 0.3 ? 49 : 99;
    return { left: random.integer(10, most), right: random.integer(10, most) };
  },
  hardness: () => "medium",
  shortcut: twoDigit,
  trace: (instance, random) => withSeldomSlip(twoDigit(instance), random),
};
