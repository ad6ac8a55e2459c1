type Operator = "+" | "-" | "*" | "/";

/** A fraction, not reduced, and how it is made. */
interface Term {
  top: number;
  bottom: number;
  /** Absent for a given number. */
  made?: { left: Term; operator: Operator; right: Term };
}

/**
 * An expression that uses each number once with `+ - * /` and makes the target exactly, fractions on the way allowed;
 * undefined where there is none. Meant for four numbers below 100: all values stay exact.
 */
export function expressionFor(numbers: readonly number[], target: number): string | undefined {
  const found = search(
    numbers.map((number) => ({ top: number, bottom: 1 })),
    target,
  );
  return found && written(found, true);
}

function written({ top, made }: Term, outermost: boolean): string {
  if (made === undefined) return String(top);
  const text = `${written(made.left, false)} ${made.operator} ${written(made.right, false)}`;
  return outermost ? text : `(${text})`;
}

function search(terms: readonly Term[], target: number): Term | undefined {
  const [only] = terms;
  if (only && terms.length === 1) return only.top === target * only.bottom ? only : undefined;
  for (const [i, left] of terms.entries()) {
    for (const [j, right] of terms.entries()) {
      if (i >= j) continue;
      const others = terms.filter((_, index) => index !== i && index !== j);
      for (const joined of joins(left, right)) {
        const found = search([joined, ...others], target);
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

/** What two terms make, in either order. */
function joins(left: Term, right: Term): Term[] {
  const [a, b, c, d] = [left.top, left.bottom, right.top, right.bottom];
  const joined: Term[] = [
    { top: a * d + c * b, bottom: b * d, made: { left, operator: "+", right } },
    { top: a * c, bottom: b * d, made: { left, operator: "*", right } },
    { top: a * d - c * b, bottom: b * d, made: { left, operator: "-", right } },
    { top: c * b - a * d, bottom: b * d, made: { left: right, operator: "-", right: left } },
  ];
  if (c !== 0) joined.push({ top: a * d, bottom: b * c, made: { left, operator: "/", right } });
  if (a !== 0) joined.push({ top: c * b, bottom: d * a, made: { left: right, operator: "/", right: left } });
  return joined;
}
