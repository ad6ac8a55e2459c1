import type { Expression } from "./expression.ts";

const constants = /^(?:pi|e|i|oo|\d.*)$/;

/** The second expression with its variables named like the first one's, in the order in which they appear. */
export function renameVariables(model: Expression, expression: Expression): Expression {
  const wanted = variablesOf(model);
  const names = new Map(variablesOf(expression).map((name, index) => [name, wanted[index] ?? name]));
  // Two variables must not become one.
  return new Set(names.values()).size === names.size ? rename(expression, names) : expression;
}

function variablesOf(expression: Expression): string[] {
  if (expression.kind === "name") return constants.test(expression.name) ? [] : [expression.name];
  return [...new Set(childrenOf(expression).flatMap(variablesOf))];
}

function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "number":
    case "name":
      return [];
    case "sum":
      return expression.terms;
    case "product":
      return expression.factors;
    case "quotient":
      return [expression.top, expression.bottom];
    case "power":
      return [expression.base, expression.exponent];
    case "call":
      return expression.inputs;
  }
}

function rename(expression: Expression, names: ReadonlyMap<string, string>): Expression {
  const inner = (child: Expression) => rename(child, names);
  switch (expression.kind) {
    case "number":
      return expression;
    case "name":
      return { kind: "name", name: names.get(expression.name) ?? expression.name };
    case "sum":
      return { kind: "sum", terms: expression.terms.map(inner) };
    case "product":
      return { kind: "product", factors: expression.factors.map(inner) };
    case "quotient":
      return { kind: "quotient", top: inner(expression.top), bottom: inner(expression.bottom) };
    case "power":
      return { kind: "power", base: inner(expression.base), exponent: inner(expression.exponent) };
    case "call":
      return { ...expression, inputs: expression.inputs.map(inner) };
  }
}
