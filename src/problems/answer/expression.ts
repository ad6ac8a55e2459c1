import type { Rational } from "./rational.ts";

/** A formula as read, before anything is worked out. */
export type Expression =
  | { kind: "number"; value: Rational }
  /** A variable or constant: `x`, `a_1`, `pi`, `e`, `i`, `oo`, or a number in another base such as `204_5`. */
  | { kind: "name"; name: string }
  | { kind: "sum"; terms: readonly Expression[] }
  | { kind: "product"; factors: readonly Expression[] }
  | { kind: "quotient"; top: Expression; bottom: Expression }
  | { kind: "power"; base: Expression; exponent: Expression }
  /** `sin`, `log` (base, argument), `abs`, `factorial`, `binomial`, or `sum` and `prod` with their bounds in the name. */
  | { kind: "call"; name: string; inputs: readonly Expression[] };
