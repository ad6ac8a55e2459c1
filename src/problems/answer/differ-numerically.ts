import type { Expression } from "./expression.ts";
import { numericValue } from "./numeric-value.ts";

const points = 3;

/** True only where two expressions have clearly different values at some point; variables take positive values. */
export function differNumerically(a: Expression, b: Expression): boolean {
  for (let point = 1; point <= points; point++) {
    const variable = (name: string) => 0.3 + ((hash(name) * point * 0.6180339887) % 1) * 1.9;
    const left = numericValue(a, variable);
    const right = numericValue(b, variable);
    const size = Math.max(1, Math.hypot(left.re, left.im), Math.hypot(right.re, right.im));
    if (Math.hypot(left.re - right.re, left.im - right.im) > 1e-6 * size) return true;
  }
  return false;
}

function hash(name: string): number {
  let value = 7;
  for (const letter of name) value = (value * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return value;
}
