import type { Grade } from "../problem.ts";

/** Grades a whole number: the answer must be that number and nothing else; a plus sign and a full stop are let pass. */
export function gradeNumber(gold: string, answer: string): Grade {
  const said = answer.trim().replace(/\.$/, "").replace("−", "-");
  const correct = /^[+-]?\d+$/.test(said) && Number(said) === Number(gold);
  return { correct, reason: correct ? "equals the reference" : `expected ${gold}, got ${said || "nothing"}` };
}
