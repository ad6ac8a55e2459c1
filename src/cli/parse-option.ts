import { InvalidArgumentError } from "commander";
import { type Role, roleSchema } from "../thought/usage.ts";

/** A parser of whole numbers of at least `least`, for commander. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`a whole number from ${least} is needed.`);
    }
    return value;
  };
}

/** A parser of numbers between two bounds, for commander. */
export function numberBetween(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !(value >= least && value <= most)) {
      throw new InvalidArgumentError(
        most === Number.POSITIVE_INFINITY
          ? `a number from ${least} is needed.`
          : `a number from ${least} to ${most} is needed.`,
      );
    }
    return value;
  };
}

/** Collects `--role judge=openai/NAME` options, for commander. */
export function roleModel(
  text: string,
  earlier: Partial<Record<Role, string>> = {},
): Partial<Record<Role, string>> {
  const equals = text.indexOf("=");
  const role = roleSchema.safeParse(text.slice(0, equals));
  const model = text.slice(equals + 1);
  if (equals === -1 || !role.success || model === "") {
    throw new InvalidArgumentError(`ROLE=MODEL is needed, with a role of ${roleSchema.options.join(", ")}.`);
  }
  return { ...earlier, [role.data]: model };
}

/** A parser of `column=NAME,column=NAME` with columns of these names, for commander. */
export function columnNames(columns: readonly string[]): (text: string) => Record<string, string> {
  return (text) => {
    const pairs = text.split(",").map((pair) => pair.split("="));
    for (const [column = "", name = "", ...more] of pairs) {
      if (!columns.includes(column) || name === "" || more.length > 0) {
        throw new InvalidArgumentError(`write column=NAME,column=NAME with columns of ${columns.join(", ")}`);
      }
    }
    return Object.fromEntries(pairs);
  };
}
