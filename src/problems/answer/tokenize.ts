import { UnreadableError } from "./limits.ts";

/** One piece of a formula. `value` of a command has no backslash. */
export interface Token {
  kind: "number" | "letter" | "command" | "symbol";
  value: string;
}

const pattern = /\s+|(\d+(?:\.\d*)?|\.\d+)|\\([a-zA-Z]+)|([a-zA-Z])|([-+*/^_(){}[\]|!',=%])/y;

/** Function names that are often written without their backslash. */
const plainCommands = /(?<![a-zA-Z\\])(sqrt|sin|cos|tan|cot|sec|csc|log|ln|exp|pi|theta|infty)(?![a-zA-Z])/g;

/** Splits a normalised formula into tokens. Throws an UnreadableError at a character that no formula has. */
export function tokenize(text: string): Token[] {
  const source = text.replace(plainCommands, "\\$1");
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < source.length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(source);
    if (found === null) throw new UnreadableError(`cannot read "${source.slice(at, at + 10)}"`);
    const [, number, command, letter, symbol] = found;
    if (number !== undefined) tokens.push({ kind: "number", value: number });
    else if (command !== undefined) tokens.push({ kind: "command", value: command });
    else if (letter !== undefined) tokens.push({ kind: "letter", value: letter });
    else if (symbol !== undefined) tokens.push({ kind: "symbol", value: symbol });
  }
  return tokens;
}
