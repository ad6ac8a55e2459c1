/** A Python dictionary of numbers, as transformers' trainer prints it. */
const dictionary = /\{'.*'\s*:.*\}/;
const entry = /'([\w/@.-]+)'\s*:\s*'?(-?(?:\d[\d.]*(?:e[+-]?\d+)?|nan|inf))'?/g;

/**
 * The numbers in a line that TRL printed while training, such as `{'loss': '0.69', 'learning_rate': 1e-05}`; undefined for any
 * other line, and for the summary at the end.
 */
export function readLogLine(line: string): ReadonlyMap<string, number> | undefined {
  const [text] = dictionary.exec(line) ?? [];
  if (text === undefined) return undefined;
  const numbers = new Map(
    Array.from(text.matchAll(entry), ([, name = "", value = ""]) => [name, numberOf(value)]),
  );
  return numbers.has("loss") ? numbers : undefined;
}

function numberOf(text: string): number {
  if (text.endsWith("inf")) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(text);
}
