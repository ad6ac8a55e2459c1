import type { Random } from "../../thought/random.ts";

/** A column line that ends in a result, such as `ones 7 + 6 + 0 = 13`. */
const columnLine = /^(?:ones|tens|hundreds|thousands) .*= \d+$/;

/**
 * Seldom (in 4 of 100 thoughts) makes one column line come out wrong by one, notices at once and writes it again.
 * Later lines work on the corrected line only.
 */
export function withSeldomSlip(lines: readonly string[], random: Random): string[] {
  const columns = lines.flatMap((line, index) => (columnLine.test(line) ? [index] : []));
  if (columns.length === 0 || !random.chance(0.04)) return [...lines];
  const at = random.pick(columns);
  return lines.flatMap((line, index) =>
    index === at ? [slipped(line, random), "wait, again", line] : [line],
  );
}

/** The line with the last digit of its result off by one. */
function slipped(line: string, random: Random): string {
  const digit = Number(line.at(-1));
  const wrong = digit === 0 ? 1 : digit === 9 || random.chance(0.5) ? digit - 1 : digit + 1;
  return line.slice(0, -1) + wrong;
}
