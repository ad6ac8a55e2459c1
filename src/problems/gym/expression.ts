/** The four operators, written in ASCII. */
export type Operator = "+" | "-" | "*" | "/";

/** An arithmetic expression over whole numbers. */
export type Expression =
  | { kind: "number"; value: number }
  | { kind: "operation"; operator: Operator; left: Expression; right: Expression };

/** An exact fraction in lowest terms, the denominator above zero. */
export interface Fraction {
  numerator: bigint;
  denominator: bigint;
}

/** Why a text is not an expression, in one line. */
export class ExpressionError extends Error {}

const alternatives: Readonly<Record<string, string>> = { "×": "*", "·": "*", "÷": "/", "−": "-", "–": "-" };
const longestText = 200;

function tokensOf(text: string): string[] {
  if (text.length > longestText) throw new ExpressionError(`longer than ${longestText} characters`);
  const plain = text.replace(/[×·÷−–]/g, (sign) => alternatives[sign] ?? sign);
  const tokens = plain.match(/\d+|[-+*/()]|\S/g) ?? [];
  const foreign = tokens.find((token) => !/^(\d+|[-+*/()])$/.test(token));
  if (foreign !== undefined) throw new ExpressionError(`"${foreign}" does not belong in an expression`);
  return tokens;
}

/**
 * Reads an expression of whole numbers, `+ - * /` and parentheses, by recursive descent; `× · ÷ −` are understood too.
 * There is no unary minus. Throws an ExpressionError that says what is wrong.
 */
export function parseExpression(text: string): Expression {
  const tokens = tokensOf(text);
  let at = 0;

  function chain(operators: readonly Operator[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const operator = operators.find((each) => each === tokens[at]);
      if (operator === undefined) return left;
      at++;
      left = { kind: "operation", operator, left, right: operand() };
    }
  }
  const sum = (): Expression => chain(["+", "-"], product);
  const product = (): Expression => chain(["*", "/"], atom);
  function atom(): Expression {
    const token = tokens[at++];
    if (token === undefined) throw new ExpressionError("the expression stops short");
    if (/^\d+$/.test(token)) return { kind: "number", value: Number(token) };
    if (token !== "(") throw new ExpressionError(`a number is missing before "${token}"`);
    const inner = sum();
    if (tokens[at++] !== ")") throw new ExpressionError("a parenthesis is not closed");
    return inner;
  }

  const whole = sum();
  if (at < tokens.length) throw new ExpressionError(`"${tokens[at]}" stands where an operator should`);
  return whole;
}

function reduced(numerator: bigint, denominator: bigint): Fraction {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  const divisor = a === 0n ? 1n : a;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** The exact value. Throws an ExpressionError for a division by zero. */
export function evaluate(expression: Expression): Fraction {
  if (expression.kind === "number") return { numerator: BigInt(expression.value), denominator: 1n };
  const { numerator: a, denominator: b } = evaluate(expression.left);
  const { numerator: c, denominator: d } = evaluate(expression.right);
  switch (expression.operator) {
    case "+":
      return reduced(a * d + c * b, b * d);
    case "-":
      return reduced(a * d - c * b, b * d);
    case "*":
      return reduced(a * c, b * d);
    case "/":
      if (c === 0n) throw new ExpressionError("division by zero");
      return c < 0n ? reduced(-a * d, -b * c) : reduced(a * d, b * c);
  }
}

/** The numbers that stand in the expression, from left to right. */
export function numbersIn(expression: Expression): number[] {
  if (expression.kind === "number") return [expression.value];
  return [...numbersIn(expression.left), ...numbersIn(expression.right)];
}

function needsParentheses(inner: Expression, outer: Operator, side: "left" | "right"): boolean {
  if (inner.kind === "number") return false;
  const weak = inner.operator === "+" || inner.operator === "-";
  if (outer === "*" || outer === "/") return weak || (outer === "/" && side === "right");
  return outer === "-" && side === "right" && weak;
}

/** Writes the expression with no more parentheses than its value needs. */
export function renderExpression(expression: Expression): string {
  if (expression.kind === "number") return String(expression.value);
  const { operator, left, right } = expression;
  const write = (inner: Expression, side: "left" | "right"): string =>
    needsParentheses(inner, operator, side) ? `(${renderExpression(inner)})` : renderExpression(inner);
  return `${write(left, "left")} ${operator} ${write(right, "right")}`;
}
