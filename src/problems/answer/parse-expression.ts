import type { Expression } from "./expression.ts";
import { deepestNesting, longestExpression, TooHardError, UnreadableError } from "./limits.ts";
import { format, multiply, parseDecimal, power, rational } from "./rational.ts";
import { type Token, tokenize } from "./tokenize.ts";

const functions = new Set(
  "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh ln log exp".split(" "),
);
const greek = new Set(
  "alpha beta gamma delta epsilon varepsilon zeta eta theta lambda mu nu xi rho sigma tau phi varphi chi psi omega Delta Omega Phi Gamma Sigma ell hbar".split(
    " ",
  ),
);
const closers = new Set([")", "}", "]", "|", ","]);

/**
 * Reads one formula in LaTeX or plain notation. Throws an UnreadableError where it is none that we know, a
 * TooHardError where it is too long or too deep.
 */
export function parseExpression(text: string): Expression {
  if (text.length > longestExpression) throw new TooHardError("an expression is too long to compare");
  const parser = new Parser(tokenize(text));
  return parser.whole();
}

class Parser {
  private at = 0;
  private depth = 0;
  private bars = 0;
  private readonly tokens: Token[];

  constructor(tokens: Token[]) {
    this.tokens = tokens;
  }

  whole(): Expression {
    const read = this.sum();
    if (this.at < this.tokens.length) throw new UnreadableError(`cannot read on at "${this.peek()}"`);
    return read;
  }

  private sum(): Expression {
    if (++this.depth > deepestNesting) throw new TooHardError("an expression is nested too deeply");
    const terms: Expression[] = [];
    for (;;) {
      let sign = 1;
      for (; this.is("+") || this.is("-"); this.at++) if (this.is("-")) sign = -sign;
      const term = this.product();
      terms.push(sign < 0 ? { kind: "product", factors: [integer(-1), term] } : term);
      if (!this.is("+") && !this.is("-")) break;
    }
    this.depth--;
    return terms.length === 1 && terms[0] !== undefined ? terms[0] : { kind: "sum", terms };
  }

  private product(): Expression {
    let read = this.factor();
    for (;;) {
      if (this.is("*") || this.command("cdot") || this.command("times")) {
        this.at++;
        read = { kind: "product", factors: [read, this.signed()] };
      } else if (this.is("/") || this.command("div")) {
        this.at++;
        read = { kind: "quotient", top: read, bottom: this.signed() };
      } else if (this.starts()) read = { kind: "product", factors: [read, this.factor()] };
      else return read;
    }
  }

  private signed(): Expression {
    if (!this.is("-")) return this.factor();
    this.at++;
    return { kind: "product", factors: [integer(-1), this.factor()] };
  }

  private factor(): Expression {
    let read = this.atom();
    for (;;) {
      if (this.is("^")) {
        this.at++;
        if (this.degree()) {
          read = { kind: "call", name: "degree", inputs: [read] };
          continue;
        }
        read = { kind: "power", base: read, exponent: this.exponent() };
      } else if (this.is("!")) {
        this.at++;
        read = { kind: "call", name: "factorial", inputs: [read] };
      } else if (this.command("circ")) {
        this.at++;
        read = { kind: "call", name: "degree", inputs: [read] };
      } else return read;
    }
  }

  private degree(): boolean {
    const braced = this.is("{") && this.tokens[this.at + 1]?.value === "circ";
    if (!braced && !this.command("circ")) return false;
    this.at += braced ? 3 : 1;
    return true;
  }

  private exponent(): Expression {
    if (this.is("{")) return this.group("{", "}");
    if (this.is("-")) return this.signed();
    return this.atom();
  }

  private atom(): Expression {
    const token = this.tokens[this.at];
    if (token === undefined) throw new UnreadableError("the expression ends too early");
    if (token.kind === "number") return this.number(token.value);
    if (token.kind === "letter") {
      this.at++;
      return { kind: "name", name: `${token.value}${this.subscript()}` };
    }
    if (token.kind === "command") return this.commandAtom(token.value);
    if (token.value === "(") return this.group("(", ")");
    if (token.value === "{") return this.group("{", "}");
    if (token.value === "[") return this.group("[", "]");
    if (token.value === "|") return this.absolute();
    throw new UnreadableError(`cannot read "${token.value}" here`);
  }

  private number(digits: string): Expression {
    this.at++;
    const repeating = this.repeating(digits);
    if (repeating !== undefined) return repeating;
    if (!this.is("_")) return { kind: "number", value: parseDecimal(digits) };
    return { kind: "name", name: `${digits}${this.subscript()}` };
  }

  /** 0.1\overline{6} is 1/10 + 6/90. */
  private repeating(digits: string): Expression | undefined {
    if (!this.command("overline") || !/\.|^\d+$/.test(digits)) return undefined;
    const block = this.tokens[this.at + 2];
    if (block?.kind !== "number" || block.value.includes(".") || !digits.includes(".")) return undefined;
    this.at += 4;
    const places = digits.split(".")[1]?.length ?? 0;
    const nines = rational(10n ** BigInt(block.value.length) - 1n);
    const tail = multiply(rational(BigInt(block.value), nines.top), power(rational(10n), -places));
    const head = parseDecimal(digits);
    return {
      kind: "sum",
      terms: [
        { kind: "number", value: head },
        { kind: "number", value: tail },
      ],
    };
  }

  private commandAtom(name: string): Expression {
    this.at++;
    if (name === "frac" || name === "binom") {
      const top = this.argument();
      const bottom = this.argument();
      return name === "frac"
        ? { kind: "quotient", top, bottom }
        : { kind: "call", name: "binomial", inputs: [top, bottom] };
    }
    if (name === "sqrt") return this.root();
    if (name === "pi") return { kind: "name", name: "pi" };
    if (name === "infty") return { kind: "name", name: "oo" };
    if (functions.has(name)) return this.functionCall(name);
    if (name === "sum" || name === "prod") return this.series(name);
    if (greek.has(name)) return { kind: "name", name: `${name}${this.subscript()}` };
    throw new UnreadableError(`cannot read \\${name}`);
  }

  private root(): Expression {
    const index = this.is("[") ? this.group("[", "]") : integer(2);
    const exponent: Expression = { kind: "quotient", top: integer(1), bottom: index };
    return { kind: "power", base: this.is("(") ? this.group("(", ")") : this.argument(), exponent };
  }

  private functionCall(name: string): Expression {
    const base = name === "log" && this.is("_") ? this.afterSymbol() : undefined;
    const exponent = this.is("^") ? this.afterSymbol() : undefined;
    const input = this.is("(") || this.is("{") ? this.factor() : this.implicitInput();
    if (exponent !== undefined && isMinusOne(exponent))
      // \sin^{-1} is the inverse function, which is not a power.
      return { kind: "call", name: `arc${name}`, inputs: [input] };
    const call: Expression = { kind: "call", name, inputs: base === undefined ? [input] : [base, input] };
    return exponent === undefined ? call : { kind: "power", base: call, exponent };
  }

  private afterSymbol(): Expression {
    this.at++;
    return this.exponent();
  }

  private implicitInput(): Expression {
    const factors = [this.factor()];
    while (this.starts() && !this.is("(") && !functions.has(this.peek())) factors.push(this.factor());
    return factors.length === 1 && factors[0] !== undefined ? factors[0] : { kind: "product", factors };
  }

  /** Bounds stand in the name, as they are compared only as they are written. */
  private series(name: string): Expression {
    const bounds: string[] = [];
    while (this.is("_") || this.is("^")) {
      const mark = this.peek();
      this.at++;
      bounds.push(`${mark}${this.raw()}`);
    }
    const factors = [this.factor()];
    while (this.starts()) factors.push(this.factor());
    return { kind: "call", name: `${name}${bounds.sort().join("")}`, inputs: [{ kind: "product", factors }] };
  }

  private subscript(): string {
    if (!this.is("_")) return "";
    this.at++;
    return `_${this.raw()}`;
  }

  /** The text of one token, or of a group in braces without them. */
  private raw(): string {
    if (!this.is("{")) return this.tokens[this.at++]?.value ?? "";
    let depth = 0;
    let text = "";
    for (; this.at < this.tokens.length; this.at++) {
      const value = this.peek();
      if (value === "{") depth++;
      if (value === "}") depth--;
      if (depth === 0) break;
      if (!(value === "{" && depth === 1)) text += value;
    }
    this.at++;
    return text;
  }

  /** Unlike an exponent, an argument without braces is one digit: \frac34 is three quarters. */
  private argument(): Expression {
    const token = this.tokens[this.at];
    if (this.is("{")) return this.group("{", "}");
    if (token?.kind !== "number" || token.value.length === 1 || token.value.includes(".")) return this.atom();
    this.tokens[this.at] = { kind: "number", value: token.value.slice(1) };
    return { kind: "number", value: parseDecimal(token.value.charAt(0)) };
  }

  private absolute(): Expression {
    this.at++;
    this.bars++;
    const inside = this.sum();
    this.bars--;
    if (!this.is("|")) throw new UnreadableError("a bar is not closed");
    this.at++;
    return { kind: "call", name: "abs", inputs: [inside] };
  }

  private group(open: string, close: string): Expression {
    if (!this.is(open)) throw new UnreadableError(`"${open}" is missing`);
    this.at++;
    const bars = this.bars;
    this.bars = 0;
    const inside = this.sum();
    this.bars = bars;
    if (!this.is(close)) throw new UnreadableError(`"${close}" is missing`);
    this.at++;
    return inside;
  }

  private starts(): boolean {
    const token = this.tokens[this.at];
    if (token === undefined) return false;
    if (token.kind === "symbol")
      return !closers.has(token.value) ? "({[".includes(token.value) : token.value === "|" && this.bars === 0;
    return !["cdot", "times", "div", "circ"].includes(token.value);
  }

  private is(symbol: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === "symbol" && token.value === symbol;
  }

  private command(name: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === "command" && token.value === name;
  }

  private peek(): string {
    return this.tokens[this.at]?.value ?? "";
  }
}

function isMinusOne(expression: Expression): boolean {
  if (expression.kind !== "product") return false;
  const values = expression.factors.map((factor) => (factor.kind === "number" ? format(factor.value) : ""));
  return values.join("·") === "-1·1";
}

function integer(value: number): Expression {
  return { kind: "number", value: rational(BigInt(value)) };
}
