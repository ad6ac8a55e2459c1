import { InputError } from "../../thought/errors.ts";
import { nearestName } from "../../thought/nearest-name.ts";
import type { Prompts } from "../prompt.ts";

/** The parts of the prompt that each arm is made of, in their order; the form of the reply is common to all. */
const ARMS: Readonly<Record<string, readonly string[]>> = {
  full: ["monologue", "monologue-examples", "monologue-requirements", "monologue-methods"],
  short: ["monologue", "monologue-examples", "monologue-methods"],
  "no-method": ["monologue", "monologue-examples", "monologue-requirements"],
  "no-example": ["monologue", "monologue-requirements", "monologue-methods"],
  "step-by-step": ["monologue", "monologue-step-by-step"],
};

/** The variants of the prompt: the whole one, those that leave one part out, and the base line. */
export const monologueArms: readonly string[] = Object.keys(ARMS);

/** The instructions of an arm. Throws an InputError that names the arms for one that does not exist. */
export function monologueInstructions(arm: string, prompts: Prompts): string {
  const parts = Object.hasOwn(ARMS, arm) ? ARMS[arm] : undefined;
  if (parts !== undefined) return parts.map((part) => prompts(part)).join("\n\n");
  const near = nearestName(arm, monologueArms);
  const hint = near === undefined ? "" : ` Did you mean ${near}?`;
  throw new InputError(`monologue has no arm "${arm}"; there are ${monologueArms.join(", ")}.${hint}`);
}
