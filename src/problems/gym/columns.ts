/** What a column computation ends with, and the lines that lead there. */
export interface Worked {
  lines: string[];
  result: number;
}

/** From the right. */
const columnNames: readonly string[] = ["ones", "tens", "hundreds", "thousands"];

/** A number in exactly `width` digits, zeros in front. */
export function padded(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

function digitAt(value: number, column: number): number {
  return Math.floor(value / 10 ** column) % 10;
}

function columnsFor(width: number): { name: string; column: number }[] {
  return columnNames.slice(0, width).map((name, column) => ({ name, column }));
}

/**
 * Adds two numbers of at most `width` digits column by column: `ones 7 + 6 + 0 = 13`, where the last number added
 * is the carry and the first digit of the sum is the next carry.
 */
export function addInColumns(left: number, right: number, width: number): Worked {
  const lines = [`${padded(left, width)} + ${padded(right, width)}`];
  let carry = 0;
  for (const { name, column } of columnsFor(width)) {
    const [a, b] = [digitAt(left, column), digitAt(right, column)];
    const sum = a + b + carry;
    lines.push(`${name} ${a} + ${b} + ${carry} = ${padded(sum, 2)}`);
    carry = sum >= 10 ? 1 : 0;
  }
  const result = left + right;
  return { lines: [...lines, `so ${padded(result, width + 1)} = ${result}`], result };
}

/**
 * Subtracts a number from one that is not smaller, column by column: `ones 3 < 8 + 0, 13 - 8 - 0 = 5` borrows (the
 * minuend gets a 1 in front), `tens 9 > 2 + 1, 09 - 2 - 1 = 6` does not.
 */
export function subtractInColumns(left: number, right: number, width: number): Worked {
  const lines = [`${padded(left, width)} - ${padded(right, width)}`];
  let borrow = 0;
  for (const { name, column } of columnsFor(width)) {
    const [a, b] = [digitAt(left, column), digitAt(right, column)];
    const sign = signBetween(a, b + borrow);
    const minuend = sign === "<" ? a + 10 : a;
    const comparison = `${a} ${sign} ${b} + ${borrow}`;
    lines.push(`${name} ${comparison}, ${padded(minuend, 2)} - ${b} - ${borrow} = ${minuend - b - borrow}`);
    borrow = sign === "<" ? 1 : 0;
  }
  const result = left - right;
  return { lines: [...lines, `so ${padded(result, width)} = ${result}`], result };
}

/** Multiplies a number of at most two digits by one digit: `tens 4 * 6 = 24, 24 + 4 = 28`, the 4 being the carry. */
export function multiplyByDigit(left: number, digit: number): Worked {
  const lines = [`${padded(left, 2)} * ${digit}`];
  let carry = 0;
  for (const { name, column } of columnsFor(2)) {
    const a = digitAt(left, column);
    const product = padded(a * digit, 2);
    const sum = padded(a * digit + carry, 2);
    lines.push(`${name} ${a} * ${digit} = ${product}, ${product} + ${carry} = ${sum}`);
    carry = Number(sum.charAt(0));
  }
  const result = left * digit;
  return { lines: [...lines, `so ${padded(result, 3)} = ${result}`], result };
}

/** `<`, `=` or `>`, whichever stands truly between the two numbers. */
function signBetween(left: number, right: number): "<" | "=" | ">" {
  if (left === right) return "=";
  return left < right ? "<" : ">";
}

/** Compares digit by digit from the left and stops where they differ: `thousands 0 = 0`, `hundreds 3 < 5`. */
export function compareInColumns(left: number, right: number, width: number): string[] {
  const lines: string[] = [];
  for (const { name, column } of columnsFor(width).reverse()) {
    const [a, b] = [digitAt(left, column), digitAt(right, column)];
    lines.push(`${name} ${a} ${signBetween(a, b)} ${b}`);
    if (a !== b) break;
  }
  return lines;
}
