import type { Answer } from "./read-structure.ts";

/** A relation, as read from an answer. */
export type Relation = Extract<Answer, { kind: "relation" }>;

const simple =
  /^(?:\(?\s*(?:[a-zA-Z]|\\[a-zA-Z]+)'?(?:_(?:\{[^{}]*\}|\w))?(?:\s*\([a-zA-Z\d, ]*\))?(?:\s*,\s*[a-zA-Z])*\s*\)?|[A-Z]+|\|[A-Za-z]+\||\\angle\s*[A-Za-z]+|\\frac\{[A-Z]+\}\{[A-Z]+\}|\\text\s*\{[^{}]*\}|\\?[a-zA-Z]+\{[A-Z]+\})$/;

/** A name with the value that it is given. */
export interface Assignment {
  /** Without the arguments of a function and without spaces. */
  name: string;
  value: Answer;
}

/**
 * `x = 5`, `f(x) = 2x`, `(p, q) = (1, 2)`, `x \in S`, `x = 1 + 1 = 2 \approx 2.0`: the value that stands last, before
 * an approximation. Undefined where no side is a plain name, as in `x + y = 0`.
 */
export function assignmentOf({ sides, texts, signs }: Relation): Assignment | undefined {
  if (!signs.every((sign) => /^(?:=|\\approx|\\in|\\equiv)$/.test(sign))) return undefined;
  const approximate = signs.indexOf("\\approx");
  const last = approximate > 0 ? approximate : sides.length - 1;
  const name = texts.slice(0, last).find((text) => simple.test(text));
  const value = sides[last];
  if (name === undefined || value === undefined) return undefined;
  return { name: name.replace(/(?<=[\w}'])\s*\([^)]*\)$/, "").replace(/[\s{}]/g, ""), value };
}

/**
 * The value at the end of a chain of equal expressions, such as `1/2 + 1/2 = 1`, where no side is a plain name; behind
 * an approximation, such as `\sqrt 2 \approx 1.41`, the value before it and the last one. Empty for other relations.
 */
export function chainEnds({ sides, signs }: Relation): readonly Answer[] {
  if (signs.some((sign) => sign !== "=" && sign !== "\\approx")) return [];
  const approximate = signs.indexOf("\\approx");
  return approximate < 0
    ? sides.slice(-1)
    : [...sides.slice(approximate, approximate + 1), ...sides.slice(-1)];
}

/** The relation read from its other end: `5 \le x` for `x \ge 5`. Only signs `<` and `\le` (and those without a side) are left. */
export function ascending({ texts, signs }: Relation): {
  texts: readonly string[];
  signs: readonly string[];
} {
  if (!signs.every((sign) => sign === ">" || sign === "\\ge")) return { texts, signs };
  return {
    texts: [...texts].reverse(),
    signs: [...signs].reverse().map((sign) => (sign === ">" ? "<" : "\\le")),
  };
}

/** The interval of `a < x \le b`, or of `x > a`; undefined for other relations. */
export function intervalOf(relation: Relation): Answer | undefined {
  const { texts, signs } = ascending(relation);
  if (!signs.every((sign) => sign === "<" || sign === "\\le")) return undefined;
  const leaf = (text: string): Answer => ({ kind: "leaf", text });
  const [first = "", second = "", third = ""] = texts;
  if (texts.length === 3 && simple.test(second))
    return {
      kind: "tuple",
      open: signs[0] === "<" ? "(" : "[",
      close: signs[1] === "<" ? ")" : "]",
      parts: [leaf(first), leaf(third)],
    };
  if (texts.length !== 2) return undefined;
  if (simple.test(first))
    return {
      kind: "tuple",
      open: "(",
      close: signs[0] === "<" ? ")" : "]",
      parts: [leaf("-\\infty"), leaf(second)],
    };
  if (!simple.test(second)) return undefined;
  return {
    kind: "tuple",
    open: signs[0] === "<" ? "(" : "[",
    close: ")",
    parts: [leaf(first), leaf("\\infty")],
  };
}
