import type { Random } from "../../thought/random.ts";
import type { Grade } from "../problem.ts";
import { addInColumns, subtractInColumns } from "./columns.ts";
import type { Family } from "./family.ts";
import { withSeldomSlip } from "./slip.ts";
import { templates } from "./templates.ts";

/** `factor * unknown + shift = total`, the shift below zero where the equation subtracts. */
export interface EquationInstance {
  /** The letter of the unknown. */
  letter: string;
  /** 1 to 12. */
  factor: number;
  /** -60 to 60, not 0. */
  shift: number;
  /** The solution, -20 to 20. */
  solution: number;
  /** In which order the equation is written: `ax + b = c`, `b + ax = c` or `c = ax + b`. */
  order: "product-first" | "shift-first" | "total-first";
}

function totalOf({ factor, shift, solution }: EquationInstance): number {
  return factor * solution + shift;
}

function sample(random: Random, difficulty: number): EquationInstance {
  const shift = random.integer(1, Math.round(20 + 40 * difficulty));
  const subtracts = random.chance(0.4);
  const solution = random.integer(0, Math.round(10 + 10 * difficulty));
  return {
    letter: random.pick(["x", "x", "y", "n"]),
    factor: random.integer(1, Math.round(5 + 7 * difficulty)),
    shift: subtracts ? -shift : shift,
    solution: random.chance(0.07 * difficulty) ? -solution : solution,
    order: random.chance(0.7)
      ? "product-first"
      : random.pick(subtracts ? ["total-first"] : ["shift-first", "total-first"]),
  };
}

/** The equation as people write it: `3x + 5 = 26`. */
function written(instance: EquationInstance, random: Random): string {
  const { letter, factor, shift, order } = instance;
  const times = random.chance(0.9) ? "" : random.pick(["*", " * ", " "]);
  const product = factor === 1 ? letter : `${factor}${times}${letter}`;
  const size = Math.abs(shift);
  const side =
    order === "shift-first" ? `${size} + ${product}` : `${product} ${shift < 0 ? "-" : "+"} ${size}`;
  const total = totalOf(instance);
  const equation = order === "total-first" ? `${total} = ${side}` : `${side} = ${total}`;
  return random.chance(0.12) ? equation.replaceAll(" ", "") : equation;
}

/** Works out `left + right` or `left - right` for any signs, by columns of sizes. */
function combine(left: number, operator: "+" | "-", right: number): { lines: string[]; result: number } {
  const result = operator === "+" ? left + right : left - right;
  const size = Math.abs(left);
  if (operator === (left < 0 ? "-" : "+")) {
    const { lines } = addInColumns(size, right, 3);
    return { lines: left < 0 ? ["below zero, both together", ...lines] : lines, result };
  }
  const { lines } = subtractInColumns(Math.max(size, right), Math.min(size, right), 3);
  return { lines: result < 0 ? ["below zero, turn around", ...lines] : lines, result };
}

/** What stands before the division: the canonical equation, then the shift moved to the other side. */
function isolate(instance: EquationInstance): string[] {
  const { letter, factor, shift } = instance;
  const total = totalOf(instance);
  const size = Math.abs(shift);
  const [here, there] = shift < 0 ? (["-", "+"] as const) : (["+", "-"] as const);
  const { lines, result } = combine(total, there, size);
  return [
    `solve ${factor} ${letter} ${here} ${size} = ${total}`,
    `${factor} ${letter} = ${total} ${there} ${size}`,
    ...lines,
    `${factor} ${letter} = ${result}`,
  ];
}

/**
 * The quotient as a ten, where it has one, and a digit: ten times the factor is compared with the product and taken off,
 * so that only a product of the small table is left to be recalled.
 *
 * @param tries digits to try before the right one, each followed by "wait"
 */
function divide(product: number, factor: number, tries: readonly number[]): string[] {
  const ten = factor * 10;
  const hasTen = product >= ten;
  const rest = hasTen ? product - ten : product;
  const digit = rest / factor;
  const wrong = tries.map((value, index) => {
    const compared = value < digit ? `< ${rest}, too small` : `> ${rest}, too big`;
    return `${index === 0 ? "try" : "wait, try"} ${value}: ${factor} * ${value} = ${factor * value} ${compared}`;
  });
  const right = `${factor} * ${digit} = ${rest}`;
  return [
    `${factor} * 10 = ${ten}${hasTen ? `, ${product} - ${ten} = ${rest}` : ` > ${product}`}`,
    ...wrong,
    wrong.length === 0 ? right : `wait, ${right}`,
    ...(hasTen ? [`10 + ${digit} = ${digit + 10}`] : []),
  ];
}

function conclude({ letter, factor, solution }: EquationInstance): string[] {
  const turned = solution < 0 ? [`below zero: ${factor} * ${solution} = ${factor * solution}`] : [];
  return [...turned, `so ${letter} = ${solution}`];
}

function shortcut(instance: EquationInstance): string[] {
  const { factor, solution } = instance;
  return [...isolate(instance), ...divide(factor * Math.abs(solution), factor, []), ...conclude(instance)];
}

/** Tries a digit or two on the way to the quotient. */
function trace(instance: EquationInstance, random: Random): string[] {
  const { factor, solution } = instance;
  const wanted = Math.abs(solution);
  const digit = wanted >= 10 ? wanted - 10 : wanted;
  const others = [digit - 2, digit - 1, digit + 1, digit + 2].filter((value) => value >= 0 && value <= 10);
  const tries = random.chance(0.5) ? [] : random.shuffle(others).slice(0, random.integer(1, 2));
  return [
    ...withSeldomSlip(isolate(instance), random),
    ...divide(factor * wanted, factor, tries),
    ...conclude(instance),
  ];
}

/** Takes `x = 7` or a bare `7`, but no other letter. */
function grade(gold: string, answer: string): Grade {
  const said = /^(?:([a-z]) ?= ?)?(-?\d+)\.?$/i.exec(answer.trim().replace("−", "-"));
  const [letter = "", solution = ""] = gold.split(" = ");
  const correct = said?.[2] === solution && (said[1] ?? letter).toLowerCase() === letter;
  return {
    correct,
    reason: correct ? "equals the reference" : `expected ${gold}, got ${answer.trim() || "nothing"}`,
  };
}

/** Linear equations with one unknown and a whole solution. */
export const equations: Family<EquationInstance> = {
  name: "equations",
  description: "Solve a linear equation with a whole solution: Solve 3x + 5 = 26",
  sample,
  keys: (instance) => {
    const { factor, shift } = instance;
    return [`${factor}x${shift < 0 ? "-" : "+"}${Math.abs(shift)}=${totalOf(instance)}`];
  },
  phrasings: templates<EquationInstance>({
    prefix: "",
    slots: (instance, random) => ({ equation: written(instance, random), letter: instance.letter }),
    trained: [
      "Solve {equation}",
      "Solve {equation} for {letter}.",
      "Solve for {letter}: {equation}",
      "Find {letter} if {equation}.",
      "What is {letter} if {equation}?",
      "If {equation}, what is {letter}?",
      "{equation}. What is {letter}?",
      "Find the value of {letter}: {equation}",
      "What value of {letter} makes {equation} true?",
      "Find {letter} so that {equation}.",
      "Given {equation}, find {letter}.",
      "Solve the equation {equation}.",
      "The equation is {equation}. What is the value of {letter}?",
      "What number is {letter} when {equation}?",
      "{equation}, solve for {letter}.",
      "For which {letter} is {equation}?",
      "Please find the {letter} for which {equation}.",
      "What must {letter} be so that {equation}?",
      "Work out {letter}: {equation}",
      "Tell me what {letter} is when {equation}.",
      "Find the number that {letter} stands for: {equation}",
      "{letter} is a number with {equation}. What is {letter}?",
    ],
    heldOut: [
      "Given that {equation}, what is {letter}?",
      "Find the number {letter} that makes {equation} true.",
      "What is the value of {letter} when {equation}?",
      "Tell me {letter} if {equation}.",
    ],
  }),
  hardness: ({ solution }) => (solution < 0 || solution > 10 ? "medium" : "easy"),
  gold: ({ letter, solution }) => `${letter} = ${solution}`,
  grade,
  shortcut,
  trace,
};
