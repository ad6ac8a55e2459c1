import { distance } from "fastest-levenshtein";

/**
 * The known name nearest to a misspelt one, for "did you mean" lines; undefined when none is near (more than a third
 * of the letters differ).
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return fewest <= Math.max(1, Math.ceil(name.length / 3)) ? best : undefined;
}
