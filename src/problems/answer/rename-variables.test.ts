import { expect, test } from "vitest";
import { exactForm, subtractForms } from "./exact-form.ts";
import { parseExpression } from "./parse-expression.ts";
import { renameVariables } from "./rename-variables.ts";

/** Whether the second formula is the first one once its variables are renamed. */
function sameRenamed(model: string, formula: string): boolean {
  const wanted = parseExpression(model);
  const renamed = renameVariables(wanted, parseExpression(formula));
  return subtractForms(exactForm(wanted), exactForm(renamed)).top.size === 0;
}

test.each([
  ["x^2+3y", "a^2+3b", true],
  ["x^2+3y", "y^2+3x", true],
  ["x+2y", "a+2a", false],
  ["x+2x", "a+2b", false],
  ["\\sin x+x!", "\\sin t+t!", true],
  ["\\frac{x_1}{x_2}", "\\frac{p}{q}", true],
  ["\\pi r^2", "e r^2", false],
  ["2i", "2x", false],
  ["x", "x+y", false],
])("of %s gives %s its names: %s", (model, formula, same) => {
  expect(sameRenamed(model, formula)).toBe(same);
});
