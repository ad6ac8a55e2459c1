import { InputError } from "../../thought/errors.ts";
import { addition } from "./addition.ts";
import { cipher } from "./cipher.ts";
import { countdown } from "./countdown.ts";
import { decimals } from "./decimals.ts";
import { equations } from "./equations.ts";
import { type GymFamily, openFamily } from "./family.ts";
import { letters } from "./letters.ts";
import { multiplicationByDigit, multiplicationTwoDigit } from "./multiplication.ts";
import { subtraction } from "./subtraction.ts";

/** Every family of the gym, in the order in which reports list them. */
export const families: readonly GymFamily[] = [
  openFamily(decimals),
  openFamily(letters),
  openFamily(addition),
  openFamily(subtraction),
  openFamily(multiplicationByDigit),
  openFamily(multiplicationTwoDigit),
  openFamily(equations),
  openFamily(cipher),
  openFamily(countdown),
];

/** The family of that name. Throws an InputError that lists the names when there is none. */
export function findFamily(name: string): GymFamily {
  const found = families.find((family) => family.name === name);
  if (found) return found;
  const known = families.map((family) => family.name).join(", ");
  throw new InputError(`no gym family "${name}"; the families are ${known}`);
}
