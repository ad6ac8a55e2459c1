import type { Random } from "../../thought/random.ts";
import type { Grade } from "../problem.ts";
import type { Family } from "./family.ts";
import { templates } from "./templates.ts";

/** Two different decimals and what is asked of them. */
export interface DecimalsInstance {
  left: string;
  right: string;
  relation: "larger" | "smaller";
  /** `pick`: which of the two is it; `yes-no`: is it the left one. */
  form: "pick" | "yes-no";
}

const wordsFor: Readonly<Record<DecimalsInstance["relation"], readonly string[]>> = {
  larger: ["larger", "larger", "bigger", "greater", "higher"],
  smaller: ["smaller", "smaller", "less", "lower"],
};
const places: readonly string[] = ["tens", "ones", "tenths", "hundredths", "thousandths"];

function drawDecimal(random: Random, whole: number, digits: number, first?: string): string {
  if (digits === 0) return String(whole);
  let fraction = first ?? "";
  while (fraction.length < digits) fraction += random.integer(0, 9);
  return `${whole}.${fraction}`;
}

function sample(random: Random, difficulty: number): DecimalsInstance {
  const most = difficulty < 0.3 ? 2 : 3;
  const largestWhole = difficulty < 0.3 ? 9 : 99;
  for (;;) {
    const digits = (): number => (random.chance(0.03) ? 0 : random.integer(1, most));
    const wholeLeft = random.integer(0, largestWhole);
    const wholeRight = random.chance(0.7) ? wholeLeft : random.integer(0, largestWhole);
    // A shared first place makes the comparison go deeper than the first column after the point.
    const shared = random.chance(0.35) ? String(random.integer(0, 9)) : undefined;
    const left = drawDecimal(random, wholeLeft, digits(), shared);
    const right = drawDecimal(random, wholeRight, digits(), shared);
    if (Number(left) === Number(right)) continue;
    return {
      left,
      right,
      relation: random.chance(0.6) ? "larger" : "smaller",
      form: random.chance(0.7) ? "pick" : "yes-no",
    };
  }
}

/** `9.7` as `09.700`: two whole digits and three places. */
function pad(decimal: string): string {
  const [whole = "", fraction = ""] = decimal.split(".");
  return `${whole.padStart(2, "0")}.${fraction.padEnd(3, "0")}`;
}

function isLeft({ left, right, relation }: DecimalsInstance): boolean {
  return relation === "larger" ? Number(left) > Number(right) : Number(left) < Number(right);
}

function gold(instance: DecimalsInstance): string {
  const asked = isLeft(instance);
  if (instance.form === "yes-no") return asked ? "yes" : "no";
  return asked ? instance.left : instance.right;
}

function canonical({ left, right, relation, form }: DecimalsInstance): string {
  return form === "pick" ? `${relation}: ${left} or ${right}` : `is ${left} ${relation} than ${right}`;
}

function shortcut(instance: DecimalsInstance): string[] {
  const { left, right, relation, form } = instance;
  const columns: string[] = [];
  const leftDigits = pad(left).replace(".", "");
  const rightDigits = pad(right).replace(".", "");
  for (const [index, place] of places.entries()) {
    const a = leftDigits.charAt(index);
    const b = rightDigits.charAt(index);
    columns.push(`${place} ${a} ${a === b ? "=" : a < b ? "<" : ">"} ${b}`);
    if (a !== b) break;
  }
  const leftIsSmaller = Number(left) < Number(right);
  const order = `${left} ${leftIsSmaller ? "<" : ">"} ${right}`;
  const [smaller, larger] = leftIsSmaller ? [left, right] : [right, left];
  // The same order of words each time: which of the two was asked for is decided after it, by copying.
  const both = `larger is ${larger}, smaller is ${smaller}`;
  const verdict = form === "pick" ? `so ${relation} is ${gold(instance)}` : `so ${gold(instance)}`;
  return [canonical(instance), `${pad(left)} and ${pad(right)}`, ...columns, order, both, verdict];
}

/** Falls, now and then, for reading the places after the point as whole numbers: 11 > 7, so 9.11 is larger. */
function trace(instance: DecimalsInstance, random: Random): string[] {
  const lines = shortcut(instance);
  const [wholeLeft, fractionLeft] = instance.left.split(".");
  const [wholeRight, fractionRight] = instance.right.split(".");
  if (wholeLeft !== wholeRight || fractionLeft === undefined || fractionRight === undefined) return lines;
  const a = Number(fractionLeft);
  const b = Number(fractionRight);
  if (a === b || !random.chance(0.4)) return lines;
  const larger = a > b ? instance.left : instance.right;
  const hasty = `${a} ${a > b ? ">" : "<"} ${b} so ${larger} is larger`;
  return [...lines.slice(0, 1), hasty, "wait, compare place by place", ...lines.slice(1)];
}

function grade(gold: string, answer: string): Grade {
  const said = answer
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/, "");
  const correct =
    gold === "yes" || gold === "no"
      ? said === gold
      : /^\d+(\.\d+)?$/.test(said) && Number(said) === Number(gold);
  return { correct, reason: correct ? "equals the reference" : `expected ${gold}, got ${said || "nothing"}` };
}

function withoutTrailingZeros(decimal: string): string {
  return String(Number(decimal));
}

const slots = (
  { left, right, relation }: DecimalsInstance,
  random: Random,
): { left: string; right: string; larger: string; sign: string } => ({
  left,
  right,
  larger: random.pick(wordsFor[relation]),
  sign: relation === "larger" ? ">" : "<",
});

/** Which of two decimals is larger or smaller, by comparing place by place from the left. */
export const decimals: Family<DecimalsInstance> = {
  name: "decimals",
  description: "Compare two decimals: Is 9.11 or 9.7 larger?",
  sample,
  keys: ({ left, right }) => [[left, right].map(withoutTrailingZeros).sort().join("|")],
  phrasings: [
    ...templates<DecimalsInstance>({
      prefix: "pick-",
      fits: ({ form }) => form === "pick",
      slots,
      trained: [
        "Is {left} or {right} {larger}?",
        "Which is {larger}, {left} or {right}?",
        "Which number is {larger}: {left} or {right}?",
        "What is the {larger} of {left} and {right}?",
        "Which of {left} and {right} is {larger}?",
        "Between {left} and {right}, which is {larger}?",
        "Compare {left} and {right}. Which one is {larger}?",
        "Tell me the {larger} number: {left} or {right}.",
        "Find the {larger} of {left} and {right}.",
        "{left} or {right}, which is {larger}?",
        "{left} or {right}: which one is {larger}?",
        "Give me the {larger} of these two numbers: {left}, {right}.",
        "Pick the {larger} number from {left} and {right}.",
        "Of the two numbers {left} and {right}, which is {larger}?",
      ],
      heldOut: [
        "The numbers are {left} and {right}. Which is the {larger} one?",
        "Tell me which of these is {larger}: {left} or {right}.",
        "I have {left} and {right}. Which one is {larger}?",
      ],
    }),
    ...templates<DecimalsInstance>({
      prefix: "yes-no-",
      fits: ({ form }) => form === "yes-no",
      slots,
      trained: [
        "Is {left} {larger} than {right}?",
        "Is the number {left} {larger} than {right}?",
        "Is it true that {left} is {larger} than {right}?",
        "Yes or no: is {left} {larger} than {right}?",
        "Is {left} {sign} {right}?",
        "{left} is {larger} than {right}, yes or no?",
      ],
      heldOut: [
        "Is it true: {left} is {larger} than {right}?",
        "Tell me if {left} is {larger} than {right}.",
      ],
    }),
  ],
  gold,
  grade,
  shortcut,
  trace,
};
